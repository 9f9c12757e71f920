package io.warpengine.composition;

import io.warpengine.api.Durability;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpBuilder;
import io.warpengine.api.WarpDatabase;
import io.warpengine.testkit.ManualClock;
import io.warpengine.testkit.WarpDatabaseContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** The kernel alone in a directory: nothing survives, and it says so. */
final class UnjournalledDatabaseTest extends WarpDatabaseContract {

  @TempDir private Path directory;

  @Override
  protected WarpDatabase open(Map<String, String> settings, ManualClock clock, boolean readOnly) {
    WarpBuilder builder = Warp.builder().clock(clock).readOnly(readOnly);
    settings.forEach(builder::set);
    return builder.plugins().directory(directory.resolve("data")).open();
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.OPENS_READ_ONLY, Capability.HAS_SPACES);
  }

  @Override
  protected Set<Durability> durabilities() {
    return Set.of(Durability.NONE);
  }
}
