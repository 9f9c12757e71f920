package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.Seeds;
import io.warpengine.testkit.SimDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ConcurrencyTest {

  private static final int SHARDS = 6;

  /** Shards with locks and sequences, as an engine has them. */
  private static final class Shards {

    private final ReentrantLock[] locks = new ReentrantLock[SHARDS];
    private final List<List<String>> written = new ArrayList<>();

    Shards() {
      for (int i = 0; i < SHARDS; i++) {
        locks[i] = new ReentrantLock();
        written.add(new ArrayList<>());
      }
    }

    long put(Journal journal, int shard, int valueBytes) {
      locks[shard].lock();
      try {
        StoredRecord record = Logs.record(written.get(shard).size() + 1L, valueBytes);
        long lsn = journal.stage(shard, record);
        written.get(shard).add(Recorded.text(shard, record));
        return lsn;
      } finally {
        locks[shard].unlock();
      }
    }

    long putBoth(Journal journal, int shard, int other) {
      locks[Math.min(shard, other)].lock();
      locks[Math.max(shard, other)].lock();
      try {
        StoredRecord one = Logs.record(written.get(shard).size() + 1L, 50);
        StoredRecord two = Logs.record(written.get(other).size() + 1L, 60);
        long lsn = journal.stage(new int[] {shard, other}, new StoredRecord[] {one, two}, 2);
        written.get(shard).add(Recorded.text(shard, one));
        written.get(other).add(Recorded.text(other, two));
        return lsn;
      } finally {
        locks[shard].unlock();
        locks[other].unlock();
      }
    }

    Map<Integer, List<String>> asMap() {
      Map<Integer, List<String>> map = new TreeMap<>();
      for (int i = 0; i < SHARDS; i++) {
        map.put(i, written.get(i));
      }
      return map;
    }
  }

  @Test
  void manyThreadsKeepTheOrderOfEachShardThroughWrapRotationAndLargeFrames() {
    Seeds.forEach(
        6,
        seed -> {
          SimDisk disk = new SimDisk();
          WalJournal journal = Logs.open(disk, new Recorded());
          Shards shards = new Shards();
          int threads = 4;
          CountDownLatch acknowledged = new CountDownLatch(threads * 400);
          AtomicReference<Throwable> failure = new AtomicReference<>();
          List<Thread> running = new ArrayList<>();
          for (int t = 0; t < threads; t++) {
            SplittableRandom random = new SplittableRandom(seed * 100 + t);
            running.add(
                Thread.ofPlatform()
                    .start(() -> {
                      try {
                        for (int i = 0; i < 400; i++) {
                          write(journal, shards, random, acknowledged);
                        }
                      } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                      }
                    }));
          }
          for (Thread thread : running) {
            thread.join();
          }
          assertThat(failure.get()).isNull();
          assertThat(acknowledged.await(60, TimeUnit.SECONDS)).isTrue();
          journal.close();
          assertThat(Logs.read(disk).shards()).isEqualTo(shards.asMap());
        });
  }

  private static void write(
      Journal journal, Shards shards, SplittableRandom random, CountDownLatch acknowledged) {
    int shard = random.nextInt(SHARDS);
    int valueBytes = random.nextInt(100) == 0 ? 20_000 + random.nextInt(90_000) : 100;
    long lsn =
        random.nextInt(4) == 0
            ? shards.putBoth(journal, shard, (shard + 1) % SHARDS)
            : shards.put(journal, shard, valueBytes);
    Durability durability = Durability.values()[1 + random.nextInt(4)];
    if (random.nextBoolean()) {
      journal.await(lsn, durability);
      acknowledged.countDown();
    } else {
      journal.whenReached(
          lsn,
          durability,
          new Journal.Waiter() {
            @Override
            public void reached(Durability reached) {
              acknowledged.countDown();
            }

            @Override
            public void failed(WarpException cause) {}
          });
    }
  }

  @Test
  void whatIsStagedInMemoryModeIsWrittenWithoutAnybodyWaiting() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    long lsn = journal.stage(0, Logs.record(1, 10));
    journal.await(lsn, Durability.MEMORY);
    JournalFacade log = new JournalFacade(Logs.SMALL, journal);
    while (log.status().written() < lsn) {
      Thread.onSpinWait();
    }
    assertThat(Logs.read(disk.kill()).all()).hasSize(1);
    journal.close();
  }

  @Test
  void anIntervalSyncsWithoutAnybodyWaiting() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    long lsn = journal.stage(0, Logs.record(1, 10));
    journal.await(lsn, Durability.INTERVAL);
    while (journal.durable().lsn(0) < lsn) {
      Thread.onSpinWait();
    }
    journal.close();
  }

  @Test
  void anIdleLogSealsHowFarItIsDurable() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    long lsn = journal.stage(0, Logs.record(1, 10));
    journal.await(lsn, Durability.SYNC);
    while (journal.durable().lsn(0) == lsn) {
      Thread.onSpinWait();
    }
    SimDisk left = disk.crash(SimDisk.Crash.DROP, 1);
    journal.close();
    String path = SegmentFiles.segmentPath(1);
    byte[] bytes = left.content(path);
    bytes[4096 + 40] ^= 1;
    left.plant(path, bytes);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Logs.read(left))
        .isInstanceOf(WarpException.class);
  }
}
