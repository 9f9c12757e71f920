package io.warpengine.wal.internal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal.Waiter;
import io.warpengine.testkit.Seeds;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever waits comes back, whatever becomes of the log, and is told once. */
@Timeout(120)
final class WaitingTest {

  private static final int THREADS = 8;
  private static final int WRITES = 150;
  private static final Durability[] ALL = {
    Durability.MEMORY, Durability.OS, Durability.INTERVAL, Durability.SYNC
  };

  /** What becomes of the log while many wait. */
  private enum Fate {
    STAYS,
    FORCE_FAILS,
    WRITE_FAILS,
    FORCE_THROWS_ERROR,
    WRITE_THROWS_ERROR,
    CLOSES
  }

  private static class Told implements Waiter {

    final AtomicInteger times = new AtomicInteger();
    final AtomicBoolean enough = new AtomicBoolean(true);
    private final Durability asked;

    Told(Durability asked) {
      this.asked = asked;
    }

    @Override
    public void reached(Durability durability) {
      if (durability.compareTo(asked) < 0) {
        enough.set(false);
      }
      times.incrementAndGet();
    }

    @Override
    public void failed(WarpException failure) {
      times.incrementAndGet();
    }
  }

  /** An error that cannot even be logged. */
  private static final class UnspeakableError extends Error {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new StackOverflowError("planted");
    }
  }

  private static final class Writers {

    final WalJournal journal;
    final Queue<Told> waiters = new ConcurrentLinkedQueue<>();
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    final CountDownLatch halfway = new CountDownLatch(THREADS * WRITES / 2);

    Writers(WalJournal journal) {
      this.journal = journal;
    }

    List<Thread> start(long seed) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = new SplittableRandom(seed * THREADS + i);
        int shard = i;
        Thread.Builder builder = i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
        threads.add(builder.start(() -> run(shard, random)));
      }
      return threads;
    }

    private void run(int shard, SplittableRandom random) {
      int done = 0;
      try {
        for (; done < WRITES; done++) {
          boolean interrupted = random.nextInt(5) == 0;
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
          long lsn;
          try {
            lsn = journal.stage(shard, Logs.record(done + 1, 100));
          } catch (OutOfMemoryError own) {
            // The caller made room for its own frame: nothing is staged, and the error is its own.
            failures.add(own);
            return;
          }
          Durability durability = ALL[random.nextInt(ALL.length)];
          if (random.nextInt(3) == 0) {
            Told told = new Told(durability);
            waiters.add(told);
            journal.whenReached(lsn, durability, told);
          } else {
            assertThat(journal.await(lsn, durability)).isGreaterThanOrEqualTo(durability);
          }
          if (interrupted && !Thread.interrupted()) {
            throw new AssertionError("an interrupt was lost");
          }
          halfway.countDown();
        }
      } catch (WarpException e) {
        failures.add(e);
      } catch (Throwable e) {
        failures.add(new AssertionError("not told by a WarpException", e));
      } finally {
        for (; done < WRITES; done++) {
          halfway.countDown();
        }
      }
    }
  }

  private static void arm(SimDisk disk, Fate fate) {
    AtomicInteger calls = new AtomicInteger();
    switch (fate) {
      case STAYS, CLOSES -> {}
      case FORCE_FAILS -> disk.fail(Call.FORCE, 10, Long.MAX_VALUE);
      case WRITE_FAILS -> disk.fail(Call.WRITE, 10, Long.MAX_VALUE);
      case FORCE_THROWS_ERROR, WRITE_THROWS_ERROR ->
          disk.before(
              fate == Fate.FORCE_THROWS_ERROR ? Call.FORCE : Call.WRITE,
              () -> {
                if (calls.incrementAndGet() >= 10) {
                  throw new OutOfMemoryError("planted");
                }
              });
    }
  }

  private static void run(Fate fate, long seed) throws InterruptedException {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    arm(disk, fate);
    Writers writers = new Writers(journal);
    List<Thread> threads = writers.start(seed);
    writers.halfway.await();
    if (fate == Fate.CLOSES) {
      journal.close();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (fate == Fate.STAYS) {
      assertThat(writers.failures).isEmpty();
    } else if (fate != Fate.CLOSES) {
      assertThat(writers.failures).as("%s, seed %d", fate, seed).isNotEmpty();
    }
    assertThat(writers.failures)
        .allMatch(
            failure -> failure instanceof WarpException || failure instanceof OutOfMemoryError,
            "told why");
    try {
      journal.close();
    } catch (WarpException e) {
      assertThat(e.code()).isEqualTo(CoreError.OUTCOME_UNKNOWN);
    }
    assertThat(writers.waiters)
        .as("waiters are told once, %s, seed %d", fate, seed)
        .allMatch(told -> told.times.get() == 1)
        .as("waiters are told at least what they asked for, %s, seed %d", fate, seed)
        .allMatch(told -> told.enough.get());
  }

  @Test
  void everybodyComesBackFromALogThatStays() {
    Seeds.forEach(8, seed -> run(Fate.STAYS, seed));
  }

  @Test
  void everybodyComesBackFromALogWhoseForceFails() {
    Seeds.forEach(8, seed -> run(Fate.FORCE_FAILS, seed));
  }

  @Test
  void everybodyComesBackFromALogWhoseWriteFails() {
    Seeds.forEach(8, seed -> run(Fate.WRITE_FAILS, seed));
  }

  @Test
  void everybodyComesBackFromAForceThatThrowsAnError() {
    Seeds.forEach(8, seed -> run(Fate.FORCE_THROWS_ERROR, seed));
  }

  @Test
  void everybodyComesBackFromAWriteThatThrowsAnError() {
    Seeds.forEach(8, seed -> run(Fate.WRITE_THROWS_ERROR, seed));
  }

  @Test
  void everybodyComesBackFromALogThatIsClosedMeanwhile() {
    Seeds.forEach(16, seed -> run(Fate.CLOSES, seed));
  }

  @Test
  void anErrorInTheLogsOwnThreadFailsTheLog() throws Exception {
    for (Call call : new Call[] {Call.WRITE, Call.FORCE}) {
      SimDisk disk = new SimDisk();
      WalJournal journal = Logs.open(disk, new Recorded());
      disk.before(
          call,
          () -> {
            if (Thread.currentThread().getName().equals("warp-wal-0")) {
              throw new OutOfMemoryError("planted");
            }
          });
      long lsn = journal.stage(0, Logs.record(1, 10));
      CountDownLatch told = new CountDownLatch(1);
      AtomicReference<WarpException> failure = new AtomicReference<>();
      journal.whenReached(
          lsn,
          Durability.SYNC,
          new Waiter() {
            @Override
            public void reached(Durability durability) {
              told.countDown();
            }

            @Override
            public void failed(WarpException cause) {
              failure.set(cause);
              told.countDown();
            }
          });
      told.await();
      assertThat(failure.get()).isNotNull();
      assertThat(failure.get().code()).isEqualTo(CoreError.OUTCOME_UNKNOWN);
      assertThat(journal.refusal()).contains("failed for good");
      assertThatThrownBy(() -> journal.stage(0, Logs.record(2, 10)))
          .isInstanceOfSatisfying(
              WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.READ_ONLY));
      assertThatThrownBy(journal::close)
          .isInstanceOfSatisfying(
              WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.OUTCOME_UNKNOWN));
    }
  }

  @Test
  void aWaiterThatThrowsAnErrorKeepsNobodyElseFromBeingTold() throws Exception {
    WalJournal journal = Logs.open(new SimDisk(), new Recorded());
    CountDownLatch told = new CountDownLatch(100);
    for (int i = 1; i <= 200; i++) {
      long lsn = journal.stage(0, Logs.record(i, 10));
      boolean throwing = i % 2 == 0;
      journal.whenReached(
          lsn,
          ALL[1 + i % 3],
          new Waiter() {
            @Override
            public void reached(Durability durability) {
              if (throwing) {
                throw new StackOverflowError("planted");
              }
              told.countDown();
            }

            @Override
            public void failed(WarpException cause) {}
          });
    }
    told.await();
    assertThat(journal.refusal()).isEmpty();
    journal.close();
  }

  @Test
  void whoWasToldIsNotToldAgainWhenTellingAnotherEndsTheLog() throws Exception {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    Phaser force = new Phaser(1);
    disk.before(Call.FORCE, () -> force.awaitAdvance(0));
    long lsn = journal.stage(0, Logs.record(1, 10));
    Told before = new Told(Durability.SYNC);
    Told after = new Told(Durability.SYNC);
    Told throwing =
        new Told(Durability.SYNC) {
          @Override
          public void reached(Durability durability) {
            super.reached(durability);
            throw new UnspeakableError();
          }
        };
    for (Told told : List.of(before, throwing, after)) {
      journal.whenReached(lsn, Durability.SYNC, told);
    }
    force.arrive();
    until(() -> after.times.get() > 0);
    assertThat(journal.refusal()).contains("failed for good");
    journal.close();
    for (Told told : List.of(before, throwing, after)) {
      assertThat(told.times).hasValue(1);
    }
  }

  @Test
  void anInterruptThatAWaiterLeavesDoesNotStayWithTheLogsThread() {
    WalJournal journal = Logs.open(new SimDisk(), new Recorded());
    AtomicReference<Thread> thread = new AtomicReference<>();
    long lsn = journal.stage(0, Logs.record(1, 10));
    journal.whenReached(
        lsn,
        Durability.SYNC,
        new Told(Durability.SYNC) {
          @Override
          public void reached(Durability durability) {
            Thread.currentThread().interrupt();
            thread.set(Thread.currentThread());
          }
        });
    until(() -> thread.get() != null && !thread.get().isInterrupted());
    journal.close();
  }

  @Test
  void theThreadOfALogThatFailedSleeps() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    disk.fail(Call.WRITE, 1, Long.MAX_VALUE);
    long lsn = journal.stage(0, Logs.record(1, 10));
    assertThatThrownBy(() -> journal.await(lsn, Durability.OS)).isInstanceOf(WarpException.class);
    StreamThread thread = requireNonNull(journal.log()).stream().thread();
    until(thread::isAsleep);
    assertThatThrownBy(journal::close).isInstanceOf(WarpException.class);
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as("the time is up").isFalse();
      Thread.onSpinWait();
    }
  }

  @Test
  void whoIsToldMayWaitForASyncItself() throws Exception {
    WalJournal journal = Logs.open(new SimDisk(), new Recorded());
    CountDownLatch done = new CountDownLatch(1);
    long lsn = journal.stage(0, Logs.record(1, 10));
    journal.whenReached(
        lsn,
        Durability.OS,
        new Waiter() {
          @Override
          public void reached(Durability durability) {
            long next = journal.stage(0, Logs.record(2, 10));
            journal.await(next, Durability.SYNC);
            done.countDown();
          }

          @Override
          public void failed(WarpException cause) {}
        });
    done.await();
    journal.close();
  }

  @Test
  void syncsGoOnUnderASteadyStreamOfWaiters() throws Exception {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    CountDownLatch synced = new CountDownLatch(3);
    AtomicInteger sequence = new AtomicInteger(1);
    CountDownLatch ended = new CountDownLatch(1);
    new Waiter() {
      private long durable = journal.durable().lsn(0);

      void write() {
        long lsn = journal.stage(0, Logs.record(sequence.getAndIncrement(), 10));
        journal.whenReached(lsn, Durability.INTERVAL, this);
      }

      @Override
      public void reached(Durability durability) {
        if (journal.durable().lsn(0) > durable) {
          durable = journal.durable().lsn(0);
          synced.countDown();
        }
        if (synced.getCount() > 0) {
          write();
        } else {
          ended.countDown();
        }
      }

      @Override
      public void failed(WarpException cause) {}
    }.write();
    ended.await();
    journal.close();
  }
}
