package io.warpengine.testkit;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpDatabase;
import java.util.EnumSet;
import java.util.Set;

class WarpCrashContractTest extends WarpCrashContract {

  @Override
  protected WarpDatabase open(SimDisk disk, ManualClock clock) {
    return new ReferenceDatabase(disk, clock, false, EnumSet.noneOf(ReferenceDatabase.Bug.class));
  }

  @Override
  protected boolean hasSpaces() {
    return false;
  }

  @Override
  protected Set<Durability> durabilities() {
    return EnumSet.of(Durability.MEMORY, Durability.OS, Durability.SYNC);
  }
}
