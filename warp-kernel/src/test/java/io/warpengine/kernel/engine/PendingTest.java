package io.warpengine.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes in flight come back exactly once, whoever tells first, and nobody waits for himself. */
@Timeout(60)
final class PendingTest {

  private static final Durability[] ALL = {Durability.MEMORY, Durability.OS, Durability.SYNC};

  private static final StoredRecord RECORD =
      StoredRecord.of(Bytes.utf8("a"), Bytes.utf8("1"), 0, 1, 0);

  private static Pending<Durability> pending(
      HeldJournal journal, long lsn, Durability asked, InFlight inFlight, long bytes) {
    inFlight.take(bytes);
    Pending<Durability> pending =
        new Pending<>(journal, lsn, asked, inFlight, bytes, reached -> reached);
    pending.start();
    return pending;
  }

  /** Lets the journal tell until the others are done. */
  private static Thread telling(HeldJournal journal, AtomicBoolean done) {
    return Thread.ofPlatform()
        .start(() -> {
          while (!done.get()) {
            journal.release();
            Thread.yield();
          }
          journal.release();
        });
  }

  @Test
  void aThreadThatHelpsItselfLeavesTheBytesToTheJournal() {
    HeldJournal journal = new HeldJournal();
    journal.held = true;
    InFlight inFlight = new InFlight(1_000);
    Pending<Durability> pending = pending(journal, 10, Durability.OS, inFlight, 7);
    assertThat(pending.join()).isEqualTo(Durability.SYNC);
    assertThat(inFlight.bytes()).isEqualTo(7);
    journal.release();
    assertThat(inFlight.bytes()).isZero();
    assertThat(pending.join()).isEqualTo(Durability.SYNC);
  }

  @Test
  void bytesComeBackAfterManyThreadsMixJoinsGetsAndChains() throws Exception {
    HeldJournal journal = new HeldJournal();
    journal.held = true;
    InFlight inFlight = new InFlight(500);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger told = new AtomicInteger();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    Thread teller = telling(journal, done);
    List<Thread> threads = new ArrayList<>();
    int writes = 2_000;
    for (int i = 0; i < 4; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread.Builder builder = i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
      threads.add(
          builder.start(() -> {
            try {
              write(journal, inFlight, random, writes, told);
            } catch (Throwable e) {
              failures.add(e);
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    done.set(true);
    teller.join();
    assertThat(failures).isEmpty();
    assertThat(told.get()).isEqualTo(4 * writes);
    assertThat(inFlight.bytes()).isZero();
  }

  private static void write(
      HeldJournal journal,
      InFlight inFlight,
      SplittableRandom random,
      int writes,
      AtomicInteger told)
      throws Exception {
    List<CompletableFuture<Durability>> stages = new ArrayList<>();
    for (int i = 0; i < writes; i++) {
      Durability asked = ALL[random.nextInt(ALL.length)];
      long bytes = 1 + random.nextInt(300);
      Pending<Durability> first =
          pending(journal, journal.stage(0, RECORD), asked, inFlight, bytes);
      switch (random.nextInt(4)) {
        case 0 -> first.join();
        case 1 -> first.get();
        case 2 -> {}
        default ->
            stages.add(
                first.thenCompose(
                    reached -> pending(journal, journal.stage(0, RECORD), asked, inFlight, bytes)));
      }
      stages.add(
          first.whenComplete((reached, failure) -> {
            if (failure == null) {
              told.incrementAndGet();
            }
          }));
    }
    stages.forEach(CompletableFuture::join);
  }

  @Test
  void threadsThatWriteWithinCallbacksDoNotWaitForEachOther() throws Exception {
    HeldJournal journal = new HeldJournal();
    journal.held = true;
    InFlight inFlight = new InFlight(1);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger left = new AtomicInteger(4_000);
    CompletableFuture<Void> all = new CompletableFuture<>();
    List<Thread> tellers = List.of(telling(journal, done), telling(journal, done));
    for (int i = 0; i < 4; i++) {
      chain(journal, inFlight, left, all);
    }
    all.join();
    done.set(true);
    for (Thread teller : tellers) {
      teller.join();
    }
    journal.release();
    assertThat(inFlight.bytes()).isZero();
  }

  private static void chain(
      HeldJournal journal, InFlight inFlight, AtomicInteger left, CompletableFuture<Void> all) {
    long lsn = journal.stage(0, RECORD);
    pending(journal, lsn, Durability.OS, inFlight, 100)
        .thenRun(() -> {
          if (left.decrementAndGet() > 0) {
            chain(journal, inFlight, left, all);
          } else {
            all.complete(null);
          }
        });
  }
}
