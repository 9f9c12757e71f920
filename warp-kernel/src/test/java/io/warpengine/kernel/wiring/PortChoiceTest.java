package io.warpengine.kernel.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.CacheTier;
import io.warpengine.spi.store.StoredRecord;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PortChoiceTest {

  static class Cache implements CacheTier {
    @Inject
    Cache() {}

    @Override
    public @Nullable StoredRecord get(int hash, Bytes key, long sequence) {
      return null;
    }

    @Override
    public void offer(StoredRecord record) {}
  }

  static final class DiskCache extends Cache {
    @Inject
    DiskCache(Disk disk) {}
  }

  @TempDir Path folder;

  @Test
  void twoOffersWithoutAKeyStopAndNameBothAndTheKey() {
    Compose two =
        new Compose()
            .plugin("alpha", binder -> binder.cache("quick", Cache.class))
            .plugin("beta", binder -> binder.cache("quiet", Cache.class));
    assertThat(two.plan().problems())
        .containsExactly(
            new Problem(
                CoreError.PORT_AMBIGUOUS,
                "warp.cache",
                "Several plugins offer a cache: [quick (alpha), quiet (beta)].",
                "Set the key [warp.cache] to one of the names."));
    assertThat(two.set("warp.cache", "quiet").plan().ports())
        .containsEntry("cache", "quiet (beta)");
    assertThat(two.set("warp.cache", "none").plan().ports())
        .containsEntry("cache", "none (kernel)");
    assertThat(two.set("warp.cache", "quick").plan().problems()).isEmpty();
  }

  @Test
  void theSameNameTwiceCannotBeToldApartByAKey() {
    assertThat(
            new Compose()
                .plugin("alpha", binder -> binder.cache("quick", Cache.class))
                .plugin("beta", binder -> binder.cache("quick", Cache.class))
                .set("warp.cache", "quick")
                .plan()
                .problems())
        .extracting(Problem::help)
        .containsExactly("Remove one of the plugins: the name [quick] does not tell them apart.");
  }

  @Test
  void aKeyThatNamesNoOfferListsThem() {
    Compose compose =
        new Compose()
            .plugin("alpha", binder -> binder.cache("quick", Cache.class))
            .set("warp.cache", "quikc");
    assertThat(compose.plan().problems())
        .containsExactly(
            new Problem(
                CoreError.PORT_UNKNOWN,
                "builder",
                "No loaded plugin offers the cache [quikc].",
                "Did you mean [quick]? There is [quick, none]."));
  }

  @Test
  void whatNeedsADiskIsNoCandidateInMemory() {
    Compose compose =
        new Compose().plugin("alpha", binder -> binder.cache("quick", DiskCache.class));
    assertThat(compose.plan().ports()).containsEntry("cache", "none (kernel)");
    assertThat(compose.directory(folder).plan().ports()).containsEntry("cache", "quick (alpha)");
  }
}
