package io.warpengine.testkit;

import io.warpengine.api.Position;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything that was ever written to each shard, as an owner of checkpoints and as the receiver of
 * replay: what a journal gives back can be compared with what it was given, record by record.
 */
final class JournalHistory implements Checkpointable, Journal.Replay {

  static final int SHARDS = 4;

  private final List<SortedMap<Long, StoredRecord>> shards = new ArrayList<>();
  private final List<ReentrantLock> locks = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final long[] replayed = new long[SHARDS];
  private int restored;
  private boolean replaying;

  JournalHistory() {
    for (int shard = 0; shard < SHARDS; shard++) {
      shards.add(new TreeMap<>());
      locks.add(new ReentrantLock());
    }
  }

  ReentrantLock lock(int shard) {
    return locks.get(shard);
  }

  /** Applies a record; the caller holds the shard's lock. */
  void apply(int shard, StoredRecord record) {
    shards.get(shard).put(record.sequence(), record);
  }

  long nextSequence(int shard) {
    SortedMap<Long, StoredRecord> records = shards.get(shard);
    return records.isEmpty() ? 1 : records.lastKey() + 1;
  }

  SortedMap<Long, StoredRecord> records(int shard) {
    return shards.get(shard);
  }

  /** What the journal did wrong while it gave the records back. */
  List<String> faults() {
    return faults;
  }

  int restored() {
    return restored;
  }

  @Override
  public void record(
      int shard, long sequence, byte[] data, int keySize, boolean expires, boolean tombstone) {
    lock(shard).lock();
    try {
      replaying = true;
      if (sequence <= replayed[shard]) {
        fault("shard " + shard + " replayed " + sequence + " after " + replayed[shard]);
      }
      replayed[shard] = sequence;
      apply(shard, StoredRecord.ofData(data, keySize, expires, tombstone, 0, sequence));
    } finally {
      lock(shard).unlock();
    }
  }

  private synchronized void fault(String what) {
    faults.add(what);
  }

  @Override
  public String owner() {
    return "history";
  }

  @Override
  public int formatVersion() {
    return 1;
  }

  @Override
  public void write(Position position, CheckpointSink sink) {
    for (int shard = 0; shard < SHARDS; shard++) {
      byte[] bytes;
      lock(shard).lock();
      try {
        bytes = encode(shards.get(shard).values());
      } finally {
        lock(shard).unlock();
      }
      try (CheckpointSink.Output output = sink.file("shard-" + shard)) {
        int half = bytes.length / 2;
        output.write(bytes, 0, half);
        output.write(bytes, half, bytes.length - half);
      }
    }
  }

  @Override
  public void restore(int formatVersion, CheckpointSource source) {
    restored++;
    if (replaying || restored > 1) {
      fault("restored after replay began, or twice");
    }
    for (String name : source.files()) {
      int shard = Integer.parseInt(name.substring("shard-".length()));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[1000];
      try (CheckpointSource.Input input = source.open(name)) {
        for (int n = input.read(buffer, 0, 1000); n > 0; n = input.read(buffer, 0, 1000)) {
          bytes.write(buffer, 0, n);
        }
      }
      for (StoredRecord record : decode(bytes.toByteArray())) {
        apply(shard, record);
      }
    }
  }

  private static byte[] encode(Iterable<StoredRecord> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      for (StoredRecord record : records) {
        byte[] data = new byte[record.dataSize()];
        record.copyTo(0, data, 0, data.length);
        out.writeLong(record.sequence());
        out.writeInt(record.keySize());
        out.writeBoolean(record.expires());
        out.writeBoolean(record.isTombstone());
        out.writeInt(data.length);
        out.write(data);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<StoredRecord> decode(byte[] bytes) {
    List<StoredRecord> records = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      while (in.available() > 0) {
        long sequence = in.readLong();
        int keySize = in.readInt();
        boolean expires = in.readBoolean();
        boolean tombstone = in.readBoolean();
        byte[] data = in.readNBytes(in.readInt());
        records.add(StoredRecord.ofData(data, keySize, expires, tombstone, 0, sequence));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }
}
