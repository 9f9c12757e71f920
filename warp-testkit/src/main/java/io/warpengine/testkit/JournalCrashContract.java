package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.SimDisk.Call;
import io.warpengine.testkit.SimDisk.Crash;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every journal that survives its process keeps when the power is cut, the process is killed,
 * or the disk fails or is full. It holds the tests of {@link JournalContract} too: extend this one
 * alone.
 */
public abstract class JournalCrashContract extends JournalContract {

  /** For subclasses. */
  protected JournalCrashContract() {}

  /**
   * Writes a checkpoint now.
   *
   * @param journal an open journal from {@link #newJournal}
   */
  protected void checkpoint(Journal journal) {
    throw new UnsupportedOperationException("CHECKPOINTS are not supported.");
  }

  /**
   * Number of seeds of each random test in an ordinary build.
   *
   * @return 150 unless overridden
   */
  protected int seeds() {
    return 150;
  }

  @Test
  void acknowledgedFramesSurvivePowerCutsAndKillsWholeAndInOrder() {
    Seeds.forEach(
        seeds(),
        seed -> {
          Generator choice = new Generator(seed);
          JournalRun run = newRun(seed);
          for (int generation = 0; generation < 4; generation++) {
            write(run, choice, choice.below(40));
            end(run, choice);
          }
          closeQuietly(run.journal());
        });
  }

  /** Ends a generation by a power cut, a kill or a close, and opens what is left. */
  private static void end(JournalRun run, Generator choice) {
    switch (choice.below(4)) {
      case 0 -> {
        SimDisk left = run.disk().kill();
        closeQuietly(run.journal());
        run.reopen(left, Durability.OS);
      }
      case 1 -> {
        run.close();
        run.reopen(run.disk(), Durability.SYNC);
      }
      default -> {
        SimDisk left = run.disk().crash(Crash.choose(choice.number()), choice.number());
        closeQuietly(run.journal());
        run.reopen(left, Durability.SYNC);
      }
    }
  }

  private void write(JournalRun run, Generator choice, int frames) {
    List<Durability> modes = List.copyOf(run.journal().durabilities());
    for (int i = 0; i < frames; i++) {
      run.stage();
      if (choice.chance(0.3)) {
        run.await(choice.choose(modes));
      }
      if (choice.chance(0.02) && capabilities().contains(Capability.CHECKPOINTS)) {
        checkpoint(run.journal());
      }
    }
  }

  @Test
  void framesHandedToTheOperatingSystemSurviveAKill() {
    Seeds.forEach(
        seeds() / 3,
        seed -> {
          Generator choice = new Generator(seed);
          JournalRun run = newRun(seed);
          for (int generation = 0; generation < 3; generation++) {
            write(run, choice, choice.below(60));
            SimDisk left = run.disk().kill();
            closeQuietly(run.journal());
            run.reopen(left, Durability.OS);
          }
          closeQuietly(run.journal());
        });
  }

  @Test
  void powerCutAtEveryCallLosesNothingAcknowledged() {
    for (Crash mode : Crash.values()) {
      boolean struck = true;
      for (int call = 1; struck; call++) {
        SimDisk disk = new SimDisk().cutAt(call);
        struck = cutAndReopen(disk, mode, call, "call " + call + " " + mode);
      }
    }
  }

  /** Runs a fixed script until the power is cut, then cuts it again during recovery. */
  private boolean cutAndReopen(SimDisk disk, Crash mode, int call, String what) {
    JournalRun run;
    try {
      run = new JournalRun(this::newJournal, disk, 9);
    } catch (RuntimeException e) {
      assertThat(disk.isCut()).as("%s: %s", what, e).isTrue();
      opensAgain(disk.crash(mode, call), what);
      return true;
    }
    try {
      for (int i = 0; i < 12; i++) {
        run.stage();
        if (i % 4 == 3) {
          run.await(Durability.SYNC);
        }
      }
      run.close();
    } catch (RuntimeException e) {
      assertThat(disk.isCut()).as("%s: %s", what, e).isTrue();
    }
    boolean struck = disk.isCut();
    SimDisk left = disk.crash(mode, call);
    closeQuietly(run.journal());
    SimDisk again = left.kill().cutAt(1 + call % 7);
    try {
      Journal second = newJournal(again);
      second.recover(false, new JournalHistory(), List.of(new JournalHistory()));
      closeQuietly(second);
    } catch (RuntimeException e) {
      assertThat(again.isCut()).as("%s, recovery: %s", what, e).isTrue();
    }
    run.reopen(again.crash(mode, call + 1L), Durability.SYNC);
    run.stage();
    run.await(Durability.SYNC);
    SimDisk last = run.disk().crash(Crash.DROP, 0);
    closeQuietly(run.journal());
    run.reopen(last, Durability.SYNC);
    run.close();
    return struck;
  }

  private void opensAgain(SimDisk disk, String what) {
    JournalRun run = new JournalRun(this::newJournal, disk, 1);
    run.check(Durability.NONE);
    run.stage();
    run.await(Durability.SYNC);
    run.close();
    assertThat(disk.isCut()).as(what).isFalse();
  }

  @Test
  void failedForceMakesTheOutcomeUnknownAndIsNeverRetried() {
    Seeds.forEach(
        20,
        seed -> {
          JournalRun run = newRun(seed);
          write(run, new Generator(seed), 10);
          run.stage();
          run.await(Durability.SYNC);
          run.disk().fail(Call.FORCE, 1, Long.MAX_VALUE);
          run.stage();
          Contracts.fails(CoreError.OUTCOME_UNKNOWN, () -> run.await(Durability.SYNC));
          run.disk().heal();
          assertThat(run.journal().refusal()).isNotBlank();
          Contracts.fails(CoreError.READ_ONLY, run::stage);
          Contracts.fails(CoreError.OUTCOME_UNKNOWN, () -> run.await(Durability.SYNC));
          closeQuietly(run.journal());
          run.reopen(run.disk().crash(Crash.choose(seed), seed), Durability.SYNC);
          closeQuietly(run.journal());
        });
  }

  @Test
  void failedForceFailsTheWaiters() throws Exception {
    JournalRun run = newRun(8);
    run.stage();
    run.await(Durability.SYNC);
    run.disk().fail(Call.FORCE, 1, Long.MAX_VALUE);
    BlockingQueue<String> calls = new ArrayBlockingQueue<>(10);
    run.journal().whenReached(run.stage(), Durability.SYNC, new Listener(calls));
    assertThat(calls.poll(30, TimeUnit.SECONDS)).isEqualTo("failed OUTCOME_UNKNOWN");
    closeQuietly(run.journal());
    assertThat(calls).isEmpty();
  }

  @Test
  void failedWriteLosesNothingAcknowledged() {
    Seeds.forEach(
        20,
        seed -> {
          JournalRun run = newRun(seed);
          run.stage();
          run.await(Durability.SYNC);
          run.disk().fail(Call.WRITE, 1 + seed % 4, Long.MAX_VALUE);
          untilRefused(run);
          closeQuietly(run.journal());
          run.reopen(run.disk().crash(Crash.choose(seed), seed), Durability.SYNC);
          closeQuietly(run.journal());
        });
  }

  @Test
  void fullDiskLosesNothingAcknowledged() {
    Seeds.forEach(
        20,
        seed -> {
          JournalRun run = newRun(seed);
          run.stage();
          run.await(Durability.SYNC);
          run.disk().capacity(Long.MAX_VALUE - run.disk().usableBytes() + seed * 3_000);
          untilRefused(run);
          assertThat(run.journal().refusal()).isNotBlank();
          SimDisk left = run.disk().crash(Crash.choose(seed), seed);
          closeQuietly(run.journal());
          run.reopen(left, Durability.SYNC);
          run.stage();
          run.await(Durability.SYNC);
          closeQuietly(run.journal());
        });
  }

  private static void untilRefused(JournalRun run) {
    boolean refused = false;
    for (int i = 0; i < 20_000 && !refused; i++) {
      try {
        run.stage();
        run.await(Durability.SYNC);
      } catch (WarpException e) {
        assertThat(e.code().name())
            .as(e.getMessage())
            .isIn("OUTCOME_UNKNOWN", "READ_ONLY", "DISK_FULL");
        refused = !run.journal().refusal().isEmpty();
      }
    }
    assertThat(refused).as("writes are refused in the end").isTrue();
  }

  @Test
  void ownersAreRestoredFromTheCheckpointBeforeReplay() {
    if (!capabilities().contains(Capability.CHECKPOINTS)) {
      return;
    }
    Seeds.forEach(
        20,
        seed -> {
          JournalRun run = newRun(seed);
          write(run, new Generator(seed), 30);
          checkpoint(run.journal());
          write(run, new Generator(seed), (int) (seed % 4) * 10);
          if (seed % 2 == 0) {
            run.close();
            run.reopen(run.disk(), Durability.MEMORY);
          } else {
            SimDisk left = run.disk().crash(Crash.DROP, seed);
            closeQuietly(run.journal());
            run.reopen(left, Durability.SYNC);
          }
          assertThat(run.history().restored()).isEqualTo(1);
          run.close();
        });
  }

  @Test
  void checkpointThatFailsLeavesTheJournalAsItWas() {
    if (!capabilities().contains(Capability.CHECKPOINTS)) {
      return;
    }
    SimDisk disk = new SimDisk();
    Journal journal = newJournal(disk);
    JournalHistory history = new JournalHistory();
    journal.recover(false, history, List.of(history, new FailingOwner()));
    StoredRecord record = StoredRecord.of(Bytes.utf8("k"), Bytes.utf8("v"), 0, 1, 0);
    journal.await(journal.stage(0, record), Durability.SYNC);
    history.apply(0, record);
    try {
      checkpoint(journal);
    } catch (RuntimeException expected) {
      // Whether the failure reaches the caller is the journal's choice.
    }
    SimDisk left = disk.crash(Crash.DROP, 0);
    closeQuietly(journal);
    JournalHistory again = new JournalHistory();
    Journal reopened = newJournal(left);
    reopened.recover(false, again, List.of(again));
    assertThat(again.records(0)).hasSize(1);
    reopened.close();
  }

  /** An owner whose checkpoints fail half-way. */
  private static final class FailingOwner implements Checkpointable {
    @Override
    public String owner() {
      return "failing";
    }

    @Override
    public int formatVersion() {
      return 1;
    }

    @Override
    public void write(Position position, CheckpointSink sink) {
      try (CheckpointSink.Output output = sink.file("half")) {
        output.write(new byte[100], 0, 100);
      }
      throw new IllegalStateException("This owner cannot write.");
    }

    @Override
    public void restore(int formatVersion, CheckpointSource source) {
      throw new IllegalStateException("This owner never wrote.");
    }
  }
}
