package io.warpengine.composition;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpDatabase;
import io.warpengine.kernel.SimulatedDatabases;
import io.warpengine.testkit.ManualClock;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.WarpCrashContract;
import java.util.EnumSet;
import java.util.Set;

/** Kernel and log through power cuts, kills and failures of a simulated disk. */
final class WalCrashTest extends WarpCrashContract {

  @Override
  protected WarpDatabase open(SimDisk disk, ManualClock clock) {
    return SimulatedDatabases.on(disk)
        .clock(clock)
        .plugins("wal")
        .set("warp.shards", "4")
        .set("warp.wal.segment-bytes", "64KiB")
        .set("warp.wal.buffer-bytes", "64KiB")
        .set("warp.wal.checkpoint-log-bytes", "64KiB")
        .open();
  }

  @Override
  protected int seeds() {
    return 2_000;
  }

  @Override
  protected Set<Durability> durabilities() {
    return EnumSet.complementOf(EnumSet.of(Durability.NONE));
  }
}
