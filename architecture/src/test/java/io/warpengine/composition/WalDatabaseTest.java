package io.warpengine.composition;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpBuilder;
import io.warpengine.api.WarpDatabase;
import io.warpengine.kernel.SimulatedDatabases;
import io.warpengine.testkit.ManualClock;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.WarpDatabaseContract;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Kernel and log, on a simulated disk. */
final class WalDatabaseTest extends WarpDatabaseContract {

  private final SimDisk disk = new SimDisk();

  @Override
  protected WarpDatabase open(Map<String, String> settings, ManualClock clock, boolean readOnly) {
    WarpBuilder builder = SimulatedDatabases.on(disk).clock(clock).readOnly(readOnly);
    settings.forEach(builder::set);
    return builder.plugins("wal").set("warp.wal.segment-bytes", "256KiB").open();
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  protected Set<Durability> durabilities() {
    return EnumSet.complementOf(EnumSet.of(Durability.NONE));
  }
}
