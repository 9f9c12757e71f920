package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.Storage;
import io.warpengine.spi.store.StoredRecord;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The simplest storage that keeps the contract. */
final class ReferenceStorage implements Storage {

  @Override
  public ShardStore newShard(int shard) {
    return new Store();
  }

  @Override
  public int formatVersion() {
    return 1;
  }

  static class Store implements ShardStore {

    final ConcurrentSkipListMap<Bytes, StoredRecord> records = new ConcurrentSkipListMap<>();

    @Override
    public @Nullable StoredRecord find(int hash, Bytes key) {
      return records.get(key);
    }

    @Override
    public @Nullable StoredRecord put(StoredRecord record) {
      return records.put(record.key(), record);
    }

    @Override
    public @Nullable StoredRecord remove(int hash, Bytes key) {
      return records.remove(key);
    }

    @Override
    public void load(StoredRecord record) {
      records.merge(
          record.key(), record, (old, other) -> old.sequence() > other.sequence() ? old : other);
    }

    @Override
    public void loaded() {
      records.values().removeIf(StoredRecord::isTombstone);
    }

    @Override
    public int scan(
        Bytes from,
        boolean inclusive,
        Optional<Bytes> to,
        boolean backwards,
        StoredRecord[] target) {
      NavigableMap<Bytes, StoredRecord> run = backwards ? records.descendingMap() : records;
      if (!from.isEmpty()) {
        run = run.tailMap(from, inclusive);
      }
      int count = 0;
      for (StoredRecord record : run.values()) {
        boolean beyond = to.isPresent() && isBeyond(record, to.get(), backwards);
        if (count == target.length || beyond) {
          break;
        }
        target[count++] = record;
      }
      return count;
    }

    private static boolean isBeyond(StoredRecord record, Bytes to, boolean backwards) {
      int order = record.compareKey(to);
      return backwards ? order < 0 : order >= 0;
    }

    @Override
    public long size() {
      return records.size();
    }

    @Override
    public long keyBytes() {
      return sum(records.values(), true);
    }

    @Override
    public long valueBytes() {
      return sum(records.values(), false);
    }

    private static long sum(Collection<StoredRecord> records, boolean keys) {
      return records.stream().mapToLong(r -> keys ? r.keySize() : r.valueSize()).sum();
    }
  }
}
