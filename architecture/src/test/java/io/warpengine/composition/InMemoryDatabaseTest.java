package io.warpengine.composition;

import io.warpengine.api.Durability;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpBuilder;
import io.warpengine.api.WarpDatabase;
import io.warpengine.testkit.ManualClock;
import io.warpengine.testkit.WarpDatabaseContract;
import java.util.Map;
import java.util.Set;

/** A database in memory, with all plugins that are on the class path. */
final class InMemoryDatabaseTest extends WarpDatabaseContract {

  @Override
  protected WarpDatabase open(Map<String, String> settings, ManualClock clock, boolean readOnly) {
    WarpBuilder builder = Warp.builder().clock(clock).readOnly(readOnly);
    settings.forEach(builder::set);
    return builder.open();
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.HAS_SPACES);
  }

  @Override
  protected Set<Durability> durabilities() {
    return Set.of(Durability.NONE);
  }
}
