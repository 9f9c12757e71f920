package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.journal.Journal;
import io.warpengine.testkit.ReferenceJournal.Bug;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JournalContractTest extends JournalCrashContract {

  @Override
  protected Journal newJournal(Disk disk) {
    return new ReferenceJournal(disk, EnumSet.noneOf(Bug.class));
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  protected void checkpoint(Journal journal) {
    ((ReferenceJournal) journal).checkpoint();
  }

  /** The contract over whatever is planted. */
  static final class Planted extends JournalCrashContract {
    static Bug bug = Bug.SKIPS_FORCE;

    @Override
    protected Journal newJournal(Disk disk) {
      return new ReferenceJournal(disk, EnumSet.of(bug));
    }

    @Override
    protected Set<Capability> capabilities() {
      return EnumSet.allOf(Capability.class);
    }

    @Override
    protected void checkpoint(Journal journal) {
      ((ReferenceJournal) journal).checkpoint();
    }
  }

  @Test
  void everyPlantedBugIsCaught() {
    String crashes = "acknowledgedFramesSurvivePowerCutsAndKillsWholeAndInOrder";
    Map<Bug, String> catches = new EnumMap<>(Bug.class);
    catches.put(Bug.SKIPS_FORCE, "powerCutAtEveryCallLosesNothingAcknowledged");
    catches.put(Bug.SKIPS_DIRECTORY_FORCE, "powerCutAtEveryCallLosesNothingAcknowledged");
    catches.put(Bug.SKIPS_CHECKSUM, crashes);
    catches.put(Bug.SPLITS_BATCHES, crashes);
    catches.put(Bug.RETRIES_FORCE, "failedForceMakesTheOutcomeUnknownAndIsNeverRetried");
    catches.put(Bug.KEEPS_TORN_TAIL, crashes);
    catches.put(Bug.CALLS_WAITER_TWICE, "waiterIsCalledOnceForEachFrame");
    catches.put(Bug.TAKES_ANY_DURABILITY, "unsupportedDurabilityIsRefused");
    catches.put(Bug.STAGES_BEYOND_COUNT, "recordsComeBackAsTheyWere");
    catches.put(Bug.CLOSES_WITHOUT_FORCE, "closeMakesEverythingDurableAndTheSecondHasNoEffect");
    catches.put(Bug.REPLAYS_BACKWARDS, "recordsComeBackAsTheyWere");
    catches.put(Bug.FORGETS_EXPIRY, "recordsComeBackAsTheyWere");
    catches.put(Bug.STAYS_IN_MEMORY, "framesHandedToTheOperatingSystemSurviveAKill");
    catches.put(Bug.CHECKPOINT_NOT_FORCED, "ownersAreRestoredFromTheCheckpointBeforeReplay");
    catches.put(Bug.WRITES_WHEN_READ_ONLY, "readOnlyRecoveryChangesNoFileAndRefusesWrites");
    catches.put(Bug.BEGINS_LSN_ANEW, "positionsGrowWithWhatIsStagedAndSynced");
    catches.put(Bug.ACCEPTS_WHEN_FAILED, "failedForceMakesTheOutcomeUnknownAndIsNeverRetried");
    catches.put(Bug.CLEARS_INTERRUPT, "interruptNeitherEndsAWaitNorIsForgotten");
    assertThat(catches).hasSize(Bug.values().length);
    catches.forEach((bug, test) -> {
      Planted.bug = bug;
      PlantedBugs.assertCaught(Planted.class, test, bug.name());
    });
  }
}
