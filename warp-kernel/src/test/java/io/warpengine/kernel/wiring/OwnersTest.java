package io.warpengine.kernel.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.MissingPlugins;
import io.warpengine.api.Position;
import io.warpengine.api.Problem;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.disk.RealDisk;
import io.warpengine.kernel.manifest.ManifestFile;
import io.warpengine.kernel.store.HeapStorage;
import io.warpengine.spi.store.CacheTier;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.Storage;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.MemoryCheckpoint;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns which part of existing data, and what is done when an owner is not there. */
final class OwnersTest {

  static class Links implements Checkpointable {
    @Inject
    Links() {}

    @Override
    public String owner() {
      return "links";
    }

    @Override
    public int formatVersion() {
      return 1;
    }

    @Override
    public void write(Position position, CheckpointSink sink) {}

    @Override
    public void restore(int formatVersion, CheckpointSource source) {}
  }

  static final class NewerLinks extends Links {
    @Inject
    NewerLinks() {}

    @Override
    public int formatVersion() {
      return 2;
    }
  }

  static final class Tiered implements Storage {
    private final HeapStorage heap = new HeapStorage();

    @Inject
    Tiered() {}

    @Override
    public ShardStore newShard(int shard) {
      return heap.newShard(shard);
    }

    @Override
    public int formatVersion() {
      return 1;
    }
  }

  static final class Memo implements CacheTier {
    @Inject
    Memo() {}

    @Override
    public @Nullable StoredRecord get(int hash, Bytes key, long sequence) {
      return null;
    }

    @Override
    public void offer(StoredRecord record) {}
  }

  static final class MemoLinks extends Links {
    @Inject
    MemoLinks(Memo memo) {}
  }

  @TempDir Path folder;

  @Test
  void ownersAreRecordedAndAJarMayBeAdded() {
    new Compose().directory(folder).open().close();
    assertThat(owners()).hasToString("{storage=heap@1}");
    full().open().close();
    assertThat(owners())
        .hasToString("{checkpoint.links=gamma@1, journal=alpha@1, storage=beta/tiered@1}");
    full().open().close();
  }

  @Test
  void aMissingOwnerIsRefusedByNameForEachOfItsParts() {
    full().open().close();
    WarpException refusal = refusal(new Compose().directory(folder));
    assertThat(refusal.code()).isEqualTo(CoreError.OWNER_MISSING);
    assertThat(refusal.problems())
        .extracting(Problem::what)
        .containsExactly(
            "The checkpoint.links of this data belongs to the plugin [gamma], which is not there.",
            "The journal of this data belongs to the plugin [alpha], which is not there.",
            "The storage of this data belongs to the plugin [beta], which is not there.");
    assertThat(refusal.problems().getFirst().help()).startsWith("Add the jar [plugin-gamma], or");
    assertThat(owners()).hasSize(3);
    full().open().close();
  }

  @Test
  void aMissingOwnerMayBePassedOverReadOnly() {
    full().open().close();
    try (WarpDatabase database =
        new Compose().directory(folder).missing(MissingPlugins.READ_ONLY).open()) {
      assertThat(database.readOnly()).isTrue();
      assertThatThrownBy(() -> database.put(Bytes.utf8("a"), Bytes.utf8("b")))
          .isInstanceOf(WarpException.class)
          .hasMessageContaining("which is not there");
    }
    assertThat(owners()).hasSize(3);
  }

  @Test
  void aMissingOwnerMayBeIgnoredAndIsNotForgotten() {
    full().open().close();
    try (WarpDatabase database =
        new Compose().directory(folder).missing(MissingPlugins.IGNORE).open()) {
      database.put(Bytes.utf8("a"), Bytes.utf8("b"));
      assertThat(database.readOnly()).isFalse();
    }
    assertThat(owners())
        .hasToString("{checkpoint.links=gamma@1, journal=alpha@1, storage=beta/tiered@1}");
  }

  @Test
  void thePartOfAnIgnoredOwnerIsCarriedIntoLaterCheckpoints() {
    full().open().close();
    FakeJournal.EVENTS.clear();
    Compose withoutGamma =
        new Compose()
            .directory(folder)
            .missing(MissingPlugins.IGNORE)
            .plugin("alpha", binder -> binder.journal("alpha", FakeJournal.class))
            .plugin("beta", binder -> binder.storage("tiered", Tiered.class));
    withoutGamma.open().close();
    assertThat(FakeJournal.EVENTS).contains("recover journal [shards, links]");
    FakeJournal.EVENTS.clear();
    withoutGamma.missing(MissingPlugins.READ_ONLY).open().close();
    assertThat(FakeJournal.EVENTS).contains("recover journal [shards]");
  }

  @Test
  void thePartOfAnOwnerThatIsNotMadeIsCarriedToo() {
    Compose compose =
        new Compose()
            .directory(folder)
            .plugin("alpha", binder -> binder.journal("alpha", FakeJournal.class))
            .plugin(
                "gamma",
                binder -> {
                  binder.cache("memo", Memo.class);
                  binder.checkpointable(MemoLinks.class);
                });
    compose.set("warp.cache", "memo").open().close();
    assertThat(owners()).containsEntry("checkpoint.links", "gamma@1");
    FakeJournal.EVENTS.clear();
    compose.set("warp.cache", "none").open().close();
    assertThat(FakeJournal.EVENTS).contains("recover journal [shards, links]");
    assertThat(owners()).containsEntry("checkpoint.links", "gamma@1");
  }

  @Test
  void aPluginThatCannotStartOwnsNothingAndMayBeTakenAway() {
    Compose compose =
        new Compose()
            .directory(folder)
            .plugin("alpha", binder -> binder.journal("alpha", FakeJournal.class));
    compose.open().close();
    WarpException failure =
        refusal(
            new Compose()
                .directory(folder)
                .plugin("alpha", binder -> binder.journal("alpha", FakeJournal.class))
                .plugin(
                    "gamma",
                    binder -> {
                      binder.checkpointable(Links.class);
                      binder.component(Parts.Broken.class);
                    }));
    assertThat(failure.code()).isEqualTo(CoreError.PLUGIN_START_FAILED);
    assertThat(owners()).hasToString("{journal=alpha@1, storage=heap@1}");
    compose.open().close();
  }

  @Test
  void anAbsentOwnerWritesWhatItWasGivenByteForByte() {
    byte[] large = new byte[200_000];
    new java.util.Random(7).nextBytes(large);
    Map<String, byte[]> files =
        Map.of("empty", new byte[0], "chunk", Arrays.copyOf(large, 1 << 16), "large", large);
    AbsentOwner owner = new AbsentOwner("links", 5);
    assertThat(owner.owner()).isEqualTo("links");
    assertThat(owner.formatVersion()).isEqualTo(5);
    owner.restore(3, MemoryCheckpoint.part(files, ""));
    assertThat(owner.formatVersion()).isEqualTo(3);
    MemoryCheckpoint written = MemoryCheckpoint.of(owner, Position.START);
    assertThat(written.files()).containsExactly("chunk", "empty", "large");
    files.forEach((name, content) -> assertThat(written.content(name)).isEqualTo(content));
  }

  @Test
  void aChosenPortThatIsNotTheDatasIsRefusedWithTheKeyToSet() {
    full().open().close();
    WarpException refusal = refusal(full().set("warp.journal", "none"));
    assertThat(refusal.code()).isEqualTo(CoreError.OWNER_MISSING);
    assertThat(refusal.problems())
        .extracting(Problem::what, Problem::help)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "The journal of this data is [alpha], and [none] was chosen.",
                "Set [warp.journal] to [alpha]."));
  }

  @Test
  void anotherJournalNeverTakesThePlaceOfTheOneThatHasTheData() {
    full().open().close();
    WarpException refusal =
        refusal(
            new Compose()
                .directory(folder)
                .missing(MissingPlugins.IGNORE)
                .plugin("delta", binder -> binder.journal("delta", FakeJournal.class)));
    assertThat(refusal.code()).isEqualTo(CoreError.OWNER_MISSING);
    assertThat(refusal).hasMessageContaining("belongs to [alpha]; [delta] cannot take its place.");
  }

  @Test
  void aFormatNewerThanThePluginKnowsIsRefused() {
    new Compose()
        .directory(folder)
        .plugin(
            "alpha",
            binder -> {
              binder.journal("alpha", FakeJournal.Newer.class);
              binder.checkpointable(NewerLinks.class);
            })
        .open()
        .close();
    WarpException journal =
        refusal(
            new Compose()
                .directory(folder)
                .plugin(
                    "alpha",
                    binder -> {
                      binder.journal("alpha", FakeJournal.class);
                      binder.checkpointable(NewerLinks.class);
                    }));
    assertThat(journal.code()).isEqualTo(CoreError.FORMAT_TOO_NEW);
    assertThat(journal)
        .hasMessageContaining(
            "The journal in ["
                + folder
                + "] has format [2]; this release of [alpha] knows formats up to [1].");
    WarpException links =
        refusal(
            new Compose()
                .directory(folder)
                .plugin(
                    "alpha",
                    binder -> {
                      binder.journal("alpha", FakeJournal.Newer.class);
                      binder.checkpointable(Links.class);
                    }));
    assertThat(links).hasMessageContaining("The checkpoint.links in");
  }

  @Test
  void twoPluginsCannotOwnTheSamePartOfCheckpoints() {
    WarpException refusal =
        refusal(
            new Compose()
                .directory(folder)
                .plugin("alpha", binder -> binder.checkpointable(Links.class))
                .plugin("beta", binder -> binder.checkpointable(NewerLinks.class)));
    assertThat(refusal.code()).isEqualTo(CoreError.PLUGIN_DUPLICATE);
  }

  private Compose full() {
    return new Compose()
        .directory(folder)
        .plugin("alpha", binder -> binder.journal("alpha", FakeJournal.class))
        .plugin("beta", binder -> binder.storage("tiered", Tiered.class))
        .plugin("gamma", binder -> binder.checkpointable(Links.class));
  }

  private static WarpException refusal(Compose compose) {
    return catchThrowableOfType(WarpException.class, () -> compose.open().close());
  }

  private Map<String, String> owners() {
    return manifest(folder).header().owners();
  }

  private static ManifestFile manifest(Path directory) {
    return ManifestFile.read(RealDisk.at(directory)).orElseThrow();
  }
}
