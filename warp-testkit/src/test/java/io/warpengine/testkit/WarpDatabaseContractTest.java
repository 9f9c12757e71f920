package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpDatabase;
import io.warpengine.testkit.ReferenceDatabase.Bug;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarpDatabaseContractTest extends WarpDatabaseContract {

  private final SimDisk disk = new SimDisk();

  @Override
  protected WarpDatabase open(Map<String, String> settings, ManualClock clock, boolean readOnly) {
    return new ReferenceDatabase(disk, clock, readOnly, EnumSet.noneOf(Bug.class));
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.HAS_SPACES));
  }

  @Override
  protected Set<Durability> durabilities() {
    return EnumSet.of(Durability.MEMORY, Durability.OS, Durability.SYNC);
  }

  /** The contract over whatever is planted. */
  static final class Planted extends WarpDatabaseContract {
    static Bug bug = Bug.EXPIRES_LATE;
    private final SimDisk disk = new SimDisk();

    @Override
    Duration patience() {
      return Duration.ofSeconds(1);
    }

    @Override
    protected WarpDatabase open(Map<String, String> settings, ManualClock clock, boolean readOnly) {
      return new ReferenceDatabase(disk, clock, readOnly, EnumSet.of(bug));
    }

    @Override
    protected Set<Capability> capabilities() {
      return EnumSet.complementOf(EnumSet.of(Capability.HAS_SPACES));
    }

    @Override
    protected Set<Durability> durabilities() {
      return EnumSet.of(Durability.MEMORY, Durability.OS, Durability.SYNC);
    }
  }

  /** The crash contract over whatever is planted. */
  static final class PlantedCrash extends WarpCrashContract {
    @Override
    protected WarpDatabase open(SimDisk disk, ManualClock clock) {
      return new ReferenceDatabase(disk, clock, false, EnumSet.of(Planted.bug));
    }

    @Override
    protected Set<Durability> durabilities() {
      return EnumSet.of(Durability.MEMORY, Durability.OS, Durability.SYNC);
    }
  }

  @Test
  void everyPlantedBugIsCaught() {
    String crashes = "crashesLeaveAStateThatHoldsAllThatWasAcknowledged";
    Map<Bug, String> catches = new EnumMap<>(Bug.class);
    catches.put(Bug.ACKNOWLEDGES_EARLY, crashes);
    catches.put(Bug.SPLITS_BATCHES, crashes);
    catches.put(Bug.DELETES_NOTHING_LOUDLY, "deletingNothingWritesNothing");
    catches.put(Bug.EXPIRES_LATE, "recordExpiresAtItsMoment");
    catches.put(Bug.BRINGS_BACK_EXPIRED, "clockSetBackLosesNothingAndBringsNothingBack");
    catches.put(Bug.INCREMENT_FORGETS_EXPIRY, "overwriteSetsTheExpiryAnewAndIncrementKeepsIt");
    catches.put(Bug.SCANS_EXPIRED, "recordExpiresAtItsMoment");
    catches.put(Bug.SNAPSHOTS_MOVE_ON, "snapshotSeesTheMomentItWasTaken");
    catches.put(Bug.CLOSED_SNAPSHOTS_READ, "closedSnapshotIsRefused");
    catches.put(Bug.READS_NOT_COMPARED, "changeOfWhatWasReadMakesTheBodyRunAgain");
    catches.put(Bug.RANGES_NOT_COMPARED, "changeInAScannedRangeMakesTheBodyRunAgain");
    catches.put(Bug.ROLLS_NOTHING_BACK, "whatTheBodyThrowsRollsBackAndIsThrownOn");
    catches.put(Bug.PARTS_STAY, "whatAPartThrowsUndoesThePartOnly");
    catches.put(Bug.SCANS_THE_END, "everyScanEqualsTheModel");
    catches.put(Bug.RESUMES_AT_THE_TOKEN, "resumedScanGoesOnWhereTheTokenWasTaken");
    catches.put(Bug.TAKES_ANY_TOKEN, "strangeTokenIsRefused");
    catches.put(Bug.WRITES_REFUSED_PUTS, "putIfAbsentStoresOnlyWhereNothingIs");
    catches.put(Bug.READS_AFTER_CLOSE, "closedDatabaseRefusesEverything");
    catches.put(Bug.SKIPS_SEQUENCES, "sequencesCountTheWritesOfAShardWithoutGaps");
    catches.put(Bug.WRITES_WHEN_READ_ONLY, "readOnlyDatabaseReadsAndRefusesWrites");
    catches.put(Bug.DELETES_THE_END, "deleteOfARangeRemovesItsFirstKeyAndNotItsEnd");
    catches.put(Bug.COUNTS_WRONG, "smallRangesAreMeasuredExactly");
    catches.put(Bug.SAMPLES_THE_FIRST, "everyRecordIsEquallyLikelyToBeChosen");
    catches.put(Bug.WATCHES_EVERY_KEY, "watchTellsEveryWriteOfItsKeysAndNoOther");
    catches.put(Bug.WATCHES_NO_DELETES, "copyKeptByAWatchEqualsTheDatabase");
    catches.put(Bug.WATCHES_WITHOUT_GAPS, "listenerThatStallsGetsAGapAndHoldsNobodyUp");
    catches.put(Bug.WATCHES_AFTER_A_FAILURE, "listenerThatThrowsEndsItsOwnWatch");
    catches.put(Bug.WATCHES_AFTER_CLOSE, "closedWatchTellsNothingMore");
    catches.put(Bug.ENDS_WATCHES_IN_SILENCE, "closeOfTheDatabaseEndsItsWatches");
    assertThat(catches).hasSize(Bug.values().length);
    catches.forEach((bug, test) -> {
      Planted.bug = bug;
      Class<?> contract = test.equals(crashes) ? PlantedCrash.class : Planted.class;
      PlantedBugs.assertCaught(contract, test, bug.name());
    });
  }
}
