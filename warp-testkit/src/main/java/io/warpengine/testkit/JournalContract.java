package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.SimDisk.Crash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Journal} keeps, on a disk that loses what was not synced. A journal that is
 * DURABLE extends {@link JournalCrashContract}. Extend it and give a journal whose files are small
 * (segments of some 64 KiB), so that few frames already use several.
 */
@Timeout(300)
public abstract class JournalContract {

  /** What a journal may or may not do. */
  public enum Capability {
    /** What it acknowledges survives the process; without it the only durability is NONE. */
    DURABLE,
    /** It can be told to write a checkpoint: {@link JournalCrashContract#checkpoint}. */
    CHECKPOINTS
  }

  /** For subclasses. */
  protected JournalContract() {}

  /**
   * Makes a journal over what is on a disk, without recovering it.
   *
   * @param disk the disk, empty or as an earlier journal left it
   * @return the journal
   */
  protected abstract Journal newJournal(Disk disk);

  /**
   * What the journal can do.
   *
   * @return the capabilities
   */
  protected abstract Set<Capability> capabilities();

  boolean isDurable() {
    return capabilities().contains(Capability.DURABLE);
  }

  JournalRun newRun(long seed) {
    return new JournalRun(this::newJournal, new SimDisk(), seed);
  }

  Durability strongest(Journal journal) {
    return journal.durabilities().stream().max(Durability::compareTo).orElseThrow();
  }

  static void closeQuietly(Journal journal) {
    try {
      journal.close();
    } catch (RuntimeException expected) {
      // The disk is gone: only the journal's threads matter now.
    }
  }

  @Test
  void durabilitiesSayWhatIsPossible() {
    JournalRun run = newRun(1);
    Journal journal = run.journal();
    assertThat(journal.durabilities()).contains(journal.defaultDurability());
    if (isDurable()) {
      assertThat(journal.durabilities()).contains(Durability.SYNC);
    } else {
      assertThat(journal.durabilities()).containsExactly(Durability.NONE);
    }
    run.close();
  }

  @Test
  void unsupportedDurabilityIsRefused() {
    JournalRun run = newRun(1);
    long lsn = run.stage();
    for (Durability durability : Durability.values()) {
      if (!run.journal().durabilities().contains(durability)) {
        List<String> calls = new ArrayList<>();
        Contracts.fails(
            CoreError.DURABILITY_UNSUPPORTED, () -> run.journal().await(lsn, durability));
        Contracts.fails(
            CoreError.DURABILITY_UNSUPPORTED,
            () -> run.journal().whenReached(lsn, durability, new Listener(calls)));
        assertThat(calls).isEmpty();
      }
    }
    run.close();
  }

  @Test
  void emptyJournalGivesNothingBack() {
    JournalRun run = newRun(1);
    assertThat(run.journal().refusal()).isEmpty();
    run.close();
    run.reopen(run.disk(), Durability.NONE);
    run.close();
  }

  @Test
  void awaitReachesAtLeastWhatIsAsked() {
    JournalRun run = newRun(2);
    for (Durability durability : run.journal().durabilities()) {
      run.stage();
      run.await(durability);
      run.await(durability);
    }
    run.close();
  }

  @Test
  void waiterIsCalledOnceForEachFrame() throws Exception {
    JournalRun run = newRun(3);
    for (Durability durability : run.journal().durabilities()) {
      BlockingQueue<String> calls = new ArrayBlockingQueue<>(200);
      for (int i = 0; i < 50; i++) {
        run.journal().whenReached(run.stage(), durability, new Listener(calls));
      }
      for (int i = 0; i < 50; i++) {
        String call = calls.poll(30, TimeUnit.SECONDS);
        assertThat(call).as("call %s", i).startsWith("reached ");
        Durability reached = Durability.valueOf(String.valueOf(call).substring(8));
        assertThat(reached).isGreaterThanOrEqualTo(durability);
      }
      run.await(strongest(run.journal()));
      assertThat(calls).as("calls beyond one per frame").isEmpty();
    }
    run.close();
  }

  /** Writes down how it was called. */
  record Listener(Collection<String> calls) implements Journal.Waiter {
    @Override
    public void reached(Durability durability) {
      calls.add("reached " + durability);
    }

    @Override
    public void failed(WarpException failure) {
      calls.add("failed " + failure.code().name());
    }
  }

  @Test
  void positionsGrowWithWhatIsStagedAndSynced() {
    if (!isDurable()) {
      return;
    }
    JournalRun run = newRun(4);
    Journal journal = run.journal();
    Position before = journal.staged();
    for (int i = 0; i < 20; i++) {
      run.stage();
      Position staged = journal.staged();
      assertThat(staged.includes(before)).isTrue();
      assertThat(before.includes(staged)).as("staging moves the position").isFalse();
      assertThat(staged.includes(journal.durable())).isTrue();
      before = staged;
    }
    run.await(Durability.SYNC);
    assertThat(journal.durable().includes(before)).isTrue();
    run.close();
    run.reopen(run.disk(), Durability.MEMORY);
    assertThat(run.journal().staged().includes(before)).as("history goes on").isTrue();
    run.close();
  }

  @Test
  void withoutDurabilityThereAreNoPositions() {
    if (isDurable()) {
      return;
    }
    JournalRun run = newRun(4);
    assertThat(run.stage()).isZero();
    assertThat(run.journal().staged()).isEqualTo(Position.START);
    assertThat(run.journal().durable()).isEqualTo(Position.START);
    run.close();
    assertThat(run.disk().mutations()).as("files changed").isZero();
  }

  @Test
  void closeMakesEverythingDurableAndTheSecondHasNoEffect() {
    if (!isDurable()) {
      return;
    }
    JournalRun run = newRun(5);
    for (int i = 0; i < 40; i++) {
      run.stage();
    }
    run.close();
    run.journal().close();
    run.reopen(run.disk().crash(Crash.DROP, 0), Durability.MEMORY);
    run.close();
  }

  @Test
  void recordsComeBackAsTheyWere() {
    if (!isDurable()) {
      return;
    }
    JournalRun run = newRun(6);
    run.stage(Bytes.EMPTY);
    run.stage(new Generator(1).value(300_000));
    run.stageBatch(500);
    run.await(Durability.SYNC);
    for (int generation = 0; generation < 3; generation++) {
      for (int i = 0; i < 200; i++) {
        run.stage();
      }
      run.close();
      run.reopen(run.disk(), Durability.MEMORY);
    }
    run.close();
  }

  @Test
  void interruptNeitherEndsAWaitNorIsForgotten() {
    JournalRun run = newRun(7);
    try {
      run.stage();
      Thread.currentThread().interrupt();
      run.await(strongest(run.journal()));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      run.stage();
      run.await(strongest(run.journal()));
    } finally {
      Thread.interrupted();
    }
    run.close();
  }

  @Test
  void threadsThatWriteAtOnceAllComeBack() throws Exception {
    if (!isDurable()) {
      return;
    }
    SimDisk disk = new SimDisk();
    Journal journal = newJournal(disk);
    JournalHistory history = new JournalHistory();
    journal.recover(false, history, List.of(history));
    try (ExecutorService pool = Executors.newFixedThreadPool(JournalHistory.SHARDS)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int t = 0; t < JournalHistory.SHARDS; t++) {
        int shard = t;
        writers.add(pool.submit(() -> writeMany(journal, history, shard)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    SimDisk left = disk.crash(Crash.DROP, 0);
    closeQuietly(journal);
    JournalHistory again = new JournalHistory();
    Journal reopened = newJournal(left);
    reopened.recover(false, again, List.of(again));
    assertThat(again.faults()).isEmpty();
    for (int shard = 0; shard < JournalHistory.SHARDS; shard++) {
      assertThat(again.records(shard).keySet()).isEqualTo(history.records(shard).keySet());
    }
    reopened.close();
  }

  private static void writeMany(Journal journal, JournalHistory history, int shard) {
    Generator data = new Generator(shard);
    for (int i = 1; i <= Seeds.times(200); i++) {
      StoredRecord record = StoredRecord.of(data.key(), data.value(), 0, i, 0);
      long lsn;
      history.lock(shard).lock();
      try {
        lsn = journal.stage(shard, record);
        history.apply(shard, record);
      } finally {
        history.lock(shard).unlock();
      }
      journal.await(lsn, Durability.SYNC);
    }
  }

  @Test
  void readOnlyRecoveryChangesNoFileAndRefusesWrites() {
    if (!isDurable()) {
      return;
    }
    JournalRun run = newRun(10);
    for (int i = 0; i < 30; i++) {
      run.stage();
    }
    run.await(Durability.SYNC);
    SimDisk left = run.disk().kill();
    closeQuietly(run.journal());
    JournalHistory history = new JournalHistory();
    Journal reader = newJournal(left);
    long before = left.mutations();
    reader.recover(true, history, List.of(history));
    assertThat(reader.refusal()).isNotBlank();
    StoredRecord record = StoredRecord.of(Bytes.utf8("k"), Bytes.EMPTY, 0, 1_000, 0);
    Contracts.fails(CoreError.READ_ONLY, () -> reader.stage(0, record));
    reader.close();
    assertThat(left.mutations()).as("files changed").isEqualTo(before);
    for (int shard = 0; shard < JournalHistory.SHARDS; shard++) {
      assertThat(history.records(shard).keySet()).isEqualTo(run.history().records(shard).keySet());
    }
  }
}
