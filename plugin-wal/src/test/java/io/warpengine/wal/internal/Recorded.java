package io.warpengine.wal.internal;

import io.warpengine.api.Bytes;
import io.warpengine.spi.journal.Journal.Replay;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a replay gave, by shard and in order. */
final class Recorded implements Replay {

  private final Map<Integer, List<String>> shards = new TreeMap<>();

  static String text(int shard, StoredRecord record) {
    byte[] data = new byte[record.dataSize()];
    record.copyTo(0, data, 0, data.length);
    return text(
        shard, record.sequence(), data, record.keySize(), record.expires(), record.isTombstone());
  }

  private static String text(
      int shard, long sequence, byte[] data, int keySize, boolean expires, boolean tombstone) {
    return shard
        + "#"
        + sequence
        + " "
        + keySize
        + "/"
        + data.length
        + " "
        + Bytes.copyOf(data).hashCode()
        + (expires ? " expires" : "")
        + (tombstone ? " tombstone" : "");
  }

  @Override
  public void record(
      int shard, long sequence, byte[] data, int keySize, boolean expires, boolean tombstone) {
    String text = text(shard, sequence, data, keySize, expires, tombstone);
    synchronized (this) {
      shards.computeIfAbsent(shard, number -> new ArrayList<>()).add(text);
    }
  }

  synchronized Map<Integer, List<String>> shards() {
    return new TreeMap<>(shards);
  }

  synchronized List<String> all() {
    return shards.values().stream().flatMap(List::stream).toList();
  }
}
