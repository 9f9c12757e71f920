package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The life of one journal over several restarts, with a memory of every frame that was staged: a
 * model with pending operations. What was acknowledged must come back; what was not may, whole or
 * not at all; what is once lost stays lost.
 */
final class JournalRun {

  /** One staged frame. */
  private static final class Frame {
    final List<Integer> shards = new ArrayList<>();
    final List<StoredRecord> records = new ArrayList<>();
    long lsn;
    Durability acknowledged = Durability.NONE;
  }

  private final Function<SimDisk, Journal> factory;
  private final Generator data;
  private final List<Frame> frames = new ArrayList<>();
  private SimDisk disk;
  private JournalHistory history = new JournalHistory();
  private Journal journal;

  JournalRun(Function<SimDisk, Journal> factory, SimDisk disk, long seed) {
    this.factory = factory;
    this.disk = disk;
    this.data = new Generator(seed);
    this.journal = factory.apply(disk);
    journal.recover(false, history, List.of(history));
  }

  Journal journal() {
    return journal;
  }

  SimDisk disk() {
    return disk;
  }

  JournalHistory history() {
    return history;
  }

  /**
   * Stages a frame of one record, or now and then of several over several shards. If it is refused
   * nothing is staged; after any other exception nobody knows.
   */
  long stage() {
    return data.chance(0.25) ? stageBatch(2 + data.below(6)) : stage(data.value(data.below(300)));
  }

  long stage(Bytes value) {
    Frame frame = new Frame();
    int shard = data.below(JournalHistory.SHARDS);
    add(frame, shard, value);
    frames.add(frame);
    history.lock(shard).lock();
    try {
      frame.lsn = journal.stage(shard, frame.records.getFirst());
      history.apply(shard, frame.records.getFirst());
    } catch (WarpException e) {
      frames.removeLast();
      throw e;
    } finally {
      history.lock(shard).unlock();
    }
    return frame.lsn;
  }

  long stageBatch(int size) {
    Frame frame = new Frame();
    for (int i = 0; i < size; i++) {
      add(frame, data.below(JournalHistory.SHARDS), data.value(data.below(200)));
    }
    int[] shards = frame.shards.stream().mapToInt(shard -> shard).toArray();
    // Longer than the count on purpose: what is beyond it must not be staged.
    StoredRecord[] records = frame.records.toArray(new StoredRecord[size + 1]);
    frames.add(frame);
    lockAll();
    try {
      frame.lsn = journal.stage(shards, records, size);
      for (int i = 0; i < size; i++) {
        history.apply(shards[i], records[i]);
      }
    } catch (WarpException e) {
      frames.removeLast();
      throw e;
    } finally {
      unlockAll();
    }
    return frame.lsn;
  }

  private void add(Frame frame, int shard, Bytes value) {
    long ahead = frame.shards.stream().filter(other -> other == shard).count();
    long sequence = history.nextSequence(shard) + ahead;
    Bytes key = data.key();
    StoredRecord record =
        data.chance(0.2)
            ? StoredRecord.tombstone(key, 0, sequence)
            : StoredRecord.of(key, value, 0, sequence, data.chance(0.2) ? 1L << 50 : 0);
    frame.shards.add(shard);
    frame.records.add(record);
  }

  private void lockAll() {
    for (int shard = 0; shard < JournalHistory.SHARDS; shard++) {
      history.lock(shard).lock();
    }
  }

  private void unlockAll() {
    for (int shard = 0; shard < JournalHistory.SHARDS; shard++) {
      history.lock(shard).unlock();
    }
  }

  /** Waits for the newest frame, which acknowledges all before it in a journal of one stream. */
  void await(Durability durability) {
    Frame last = frames.getLast();
    Durability reached = journal.await(last.lsn, durability);
    assertThat(reached).isGreaterThanOrEqualTo(durability);
    last.acknowledged = reached;
    if (journal.staged().streams() == 1) {
      for (Frame frame : frames) {
        if (frame.acknowledged.compareTo(reached) < 0) {
          frame.acknowledged = reached;
        }
      }
    }
  }

  void close() {
    journal.close();
    frames.forEach(frame -> frame.acknowledged = Durability.SYNC);
  }

  /**
   * Opens another disk, what is left of this one, and checks what it gives back.
   *
   * @param left the disk to open
   * @param mustSurvive frames that reached this durability must be there, and what is there has
   *     reached it from now on
   */
  void reopen(SimDisk left, Durability mustSurvive) {
    disk = left;
    history = new JournalHistory();
    journal = factory.apply(left);
    journal.recover(false, history, List.of(history));
    check(mustSurvive);
  }

  void check(Durability mustSurvive) {
    assertThat(history.faults()).isEmpty();
    boolean oneStream = journal.staged().streams() == 1;
    List<Frame> kept = new ArrayList<>();
    boolean ended = false;
    boolean[] shardEnded = new boolean[JournalHistory.SHARDS];
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      long there = countRecovered(frame);
      String what = "frame " + i + " of " + frames.size() + " at LSN " + frame.lsn;
      assertThat(there).as("records of %s", what).isIn(0L, (long) frame.records.size());
      boolean present = there > 0;
      if (frame.acknowledged.compareTo(mustSurvive) >= 0) {
        assertThat(present).as("acknowledged %s", what).isTrue();
      }
      boolean afterHole = oneStream ? ended : frame.shards.stream().anyMatch(s -> shardEnded[s]);
      assertThat(present && afterHole).as("%s comes after a hole", what).isFalse();
      if (present) {
        kept.add(frame);
      } else {
        ended = true;
        frame.shards.forEach(shard -> shardEnded[shard] = true);
      }
    }
    assertNothingElse(kept);
    for (Frame frame : kept) {
      if (frame.acknowledged.compareTo(mustSurvive) < 0) {
        frame.acknowledged = mustSurvive;
      }
    }
    frames.clear();
    frames.addAll(kept);
  }

  private long countRecovered(Frame frame) {
    long count = 0;
    for (int i = 0; i < frame.records.size(); i++) {
      StoredRecord expected = frame.records.get(i);
      StoredRecord actual = history.records(frame.shards.get(i)).get(expected.sequence());
      if (actual != null && isSame(actual, expected)) {
        count++;
      }
    }
    return count;
  }

  private static boolean isSame(StoredRecord one, StoredRecord other) {
    return one.compareKey(other) == 0
        && one.value().equals(other.value())
        && one.isTombstone() == other.isTombstone()
        && one.expiresAtMillis() == other.expiresAtMillis();
  }

  private void assertNothingElse(List<Frame> kept) {
    long expected = kept.stream().mapToLong(frame -> frame.records.size()).sum();
    long actual = 0;
    for (int shard = 0; shard < JournalHistory.SHARDS; shard++) {
      actual += history.records(shard).size();
    }
    assertThat(actual)
        .as("records given back, and none that was never written")
        .isEqualTo(expected);
  }
}
