package io.warpengine.testkit;

import io.warpengine.spi.disk.Disk;
import java.util.EnumSet;
import java.util.Set;

class SimDiskContractTest extends DiskContract {

  @Override
  protected Disk newDisk() {
    return new SimDisk();
  }

  @Override
  protected Disk newDisk(long bytes) {
    return new SimDisk().capacity(bytes);
  }

  @Override
  protected Disk afterPowerCut(Disk before) {
    return ((SimDisk) before).crash(SimDisk.Crash.DROP, 0);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }
}
