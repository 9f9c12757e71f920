package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A small database in the engine's place: shards with locks and sequences, and a journal's LSN. */
final class TailModel implements MutationTail.Records {

  /** The number of a space that was dropped. */
  static final int UNNAMED = 8;

  final List<NavigableMap<Bytes, StoredRecord>> shards = new ArrayList<>();
  final ReentrantLock[] locks;
  final long[] sequences;
  final AtomicLong staged = new AtomicLong();
  volatile long durable;

  TailModel(int count) {
    locks = new ReentrantLock[count];
    sequences = new long[count];
    for (int i = 0; i < count; i++) {
      shards.add(new TreeMap<>());
      locks[i] = new ReentrantLock();
    }
  }

  int shardOf(int key) {
    return key % locks.length;
  }

  static Bytes key(int key) {
    return Bytes.utf8("key-" + key);
  }

  /** With the shard locked: a record with a value that names its sequence, or a tombstone. */
  StoredRecord make(int key, boolean delete) {
    long sequence = ++sequences[shardOf(key)];
    return delete
        ? StoredRecord.tombstone(key(key), key, sequence)
        : StoredRecord.of(key(key), Bytes.utf8("value-" + sequence), key, sequence, 0);
  }

  void apply(int shard, StoredRecord record) {
    if (record.isTombstone()) {
      shards.get(shard).remove(record.key());
    } else {
      shards.get(shard).put(record.key(), record);
    }
  }

  void write(MutationTail tail, int key, boolean delete) {
    int shard = shardOf(key);
    locks[shard].lock();
    try {
      StoredRecord record = make(key, delete);
      tail.append(staged.addAndGet(10), shard, record);
      apply(shard, record);
    } finally {
      locks[shard].unlock();
    }
  }

  void writeBatch(MutationTail tail, int[] keys, boolean delete) {
    boolean[] held = new boolean[locks.length];
    for (int key : keys) {
      held[shardOf(key)] = true;
    }
    for (int shard = 0; shard < held.length; shard++) {
      if (held[shard]) {
        locks[shard].lock();
      }
    }
    try {
      StoredRecord[] records = new StoredRecord[keys.length + 3];
      int[] owners = new int[keys.length + 3];
      for (int i = 0; i < keys.length; i++) {
        owners[i] = shardOf(keys[i]);
        records[i] = make(keys[i], delete);
      }
      tail.append(staged.addAndGet(10), owners, records, keys.length);
      for (int i = 0; i < keys.length; i++) {
        apply(owners[i], records[i]);
      }
    } finally {
      for (int shard = 0; shard < held.length; shard++) {
        if (held[shard]) {
          locks[shard].unlock();
        }
      }
    }
  }

  @Override
  public MutationTail.Run read(int shard, Optional<Bytes> after, int max) {
    locks[shard].lock();
    try {
      List<StoredRecord> run = new ArrayList<>();
      NavigableMap<Bytes, StoredRecord> from =
          after.isPresent() ? shards.get(shard).tailMap(after.get(), false) : shards.get(shard);
      for (StoredRecord record : from.values()) {
        if (run.size() == max) {
          break;
        }
        run.add(record);
      }
      return new MutationTail.Run(run, sequences[shard]);
    } finally {
      locks[shard].unlock();
    }
  }

  @Override
  public String spaceName(int space) {
    return space == UNNAMED ? "" : "seven";
  }

  @Override
  public long staged() {
    return staged.get();
  }

  @Override
  public MutationTail.Moment standstill(Runnable action) {
    for (ReentrantLock lock : locks) {
      lock.lock();
    }
    try {
      action.run();
      return new MutationTail.Moment(sequences.clone(), staged.get());
    } finally {
      for (ReentrantLock lock : locks) {
        lock.unlock();
      }
    }
  }

  TreeMap<Bytes, Bytes> content() {
    TreeMap<Bytes, Bytes> all = new TreeMap<>();
    shards.forEach(shard -> shard.forEach((key, record) -> all.put(key, record.value())));
    return all;
  }
}
