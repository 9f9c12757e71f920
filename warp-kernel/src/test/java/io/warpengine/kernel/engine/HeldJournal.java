package io.warpengine.kernel.engine;

import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A journal in memory that a test can hold: what is staged is durable at once, or only when the
 * test says so. It remembers every frame and every wait, and replays its frames.
 */
final class HeldJournal implements Journal {

  static final int FRAME = 10;

  /** One record of a frame. */
  record Staged(long lsn, int shard, StoredRecord record) {}

  private record Waiting(long lsn, Durability durability, Waiter waiter) {}

  final List<Staged> staged = new ArrayList<>();
  final List<Position> awaited = new ArrayList<>();
  final List<List<Staged>> replayed = new ArrayList<>();
  List<Checkpointable> owners = List.of();
  String refusal = "";
  boolean held;
  boolean deaf;
  private final List<Waiting> waiting = new ArrayList<>();
  private long end;
  private long durable;

  @Override
  public Set<Durability> durabilities() {
    return Set.of(Durability.MEMORY, Durability.OS, Durability.SYNC);
  }

  @Override
  public Durability defaultDurability() {
    return Durability.OS;
  }

  @Override
  public void recover(boolean readOnly, Replay replay, List<Checkpointable> recovered) {
    owners = recovered;
    for (List<Staged> frames : replayed) {
      for (Staged one : frames) {
        StoredRecord record = one.record;
        byte[] data = new byte[record.dataSize()];
        record.copyTo(0, data, 0, data.length);
        replay.record(
            one.shard,
            record.sequence(),
            data,
            record.keySize(),
            record.expires(),
            record.isTombstone());
      }
    }
  }

  @Override
  public synchronized long stage(int shard, StoredRecord record) {
    checkRefusal();
    end += FRAME;
    staged.add(new Staged(end, shard, record));
    return advance();
  }

  @Override
  public synchronized long stage(int[] shards, StoredRecord[] records, int count) {
    checkRefusal();
    end += FRAME;
    for (int i = 0; i < count; i++) {
      staged.add(new Staged(end, shards[i], records[i]));
    }
    return advance();
  }

  private long advance() {
    if (!held) {
      durable = end;
    }
    return end;
  }

  private void checkRefusal() {
    if (!refusal.isEmpty()) {
      throw new WarpException(CoreError.READ_ONLY, refusal, "");
    }
  }

  @Override
  public synchronized Durability await(long lsn, Durability durability) {
    awaited.add(Position.of(lsn));
    return durability == Durability.OS ? Durability.SYNC : durability;
  }

  @Override
  public void whenReached(long lsn, Durability durability, Waiter waiter) {
    if (deaf) {
      throw new WarpException(CoreError.CLOSED, "Nobody waits here.", "");
    }
    synchronized (this) {
      if (lsn > durable) {
        waiting.add(new Waiting(lsn, durability, waiter));
        return;
      }
    }
    waiter.reached(durability);
  }

  /** Lets everything staged become durable. */
  void release() {
    List<Waiting> reached;
    synchronized (this) {
      durable = end;
      reached = List.copyOf(waiting);
      waiting.clear();
    }
    reached.forEach(one -> one.waiter.reached(one.durability));
  }

  /** Fails whoever waits. */
  void fail() {
    List<Waiting> failed;
    synchronized (this) {
      failed = List.copyOf(waiting);
      waiting.clear();
    }
    failed.forEach(
        one -> one.waiter.failed(new WarpException(CoreError.OUTCOME_UNKNOWN, "Failed.", "")));
  }

  synchronized int waiters() {
    return waiting.size();
  }

  /** What one frame holds. */
  synchronized List<StoredRecord> frame(long lsn) {
    return staged.stream().filter(one -> one.lsn == lsn).map(Staged::record).toList();
  }

  /** Gives what another journal staged to the next recovery. */
  HeldJournal replaying(Staged... frames) {
    replayed.add(Arrays.asList(frames));
    return this;
  }

  @Override
  public synchronized Position staged() {
    return Position.of(end);
  }

  @Override
  public synchronized Position durable() {
    return Position.of(durable);
  }

  @Override
  public String refusal() {
    return refusal;
  }

  @Override
  public void close() {
    release();
  }
}
