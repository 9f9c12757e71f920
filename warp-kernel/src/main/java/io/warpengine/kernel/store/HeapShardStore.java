package io.warpengine.kernel.store;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.StoredRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of one shard on the heap: a {@link HashIndex} that owns them and an {@link
 * OrderedIndex} that orders their hashes.
 */
final class HeapShardStore extends StoreCounts implements ShardStore {

  private final HashIndex index = new HashIndex();
  private final OrderedIndex order = new OrderedIndex(index);

  @Override
  public @Nullable StoredRecord find(int hash, Bytes key) {
    return index.find(hash, key);
  }

  @Override
  public @Nullable StoredRecord put(StoredRecord record) {
    int slot = index.slotOf(record);
    if (slot >= 0) {
      StoredRecord old = index.replace(slot, record);
      valueBytes += record.valueSize() - old.valueSize();
      return old;
    }
    index.reserve();
    order.insert(record, index.clashed());
    index.insert(record);
    count(record);
    return null;
  }

  @Override
  public @Nullable StoredRecord remove(int hash, Bytes key) {
    int slot = index.slotOf(hash, key);
    if (slot < 0) {
      return null;
    }
    StoredRecord old = index.at(slot);
    order.remove(old);
    index.delete(slot);
    size--;
    keyBytes -= old.keySize();
    valueBytes -= old.valueSize();
    return old;
  }

  @Override
  public void load(StoredRecord record) {
    int slot = index.slotOf(record);
    if (slot < 0) {
      index.reserve();
      index.insert(record);
    } else if (index.at(slot).sequence() < record.sequence()) {
      index.replace(slot, record);
    }
  }

  @Override
  public void loaded() {
    StoredRecord[] records =
        index.dropTombstones(clashing -> {
          order.putAside(clashing);
          count(clashing);
        });
    for (StoredRecord record : records) {
      count(record);
    }
    order.build(records);
  }

  private void count(StoredRecord record) {
    size++;
    keyBytes += record.keySize();
    valueBytes += record.valueSize();
  }

  @Override
  public int scan(
      Bytes from, boolean inclusive, Optional<Bytes> to, boolean backwards, StoredRecord[] target) {
    return backwards
        ? order.scanDown(from, inclusive, to, target)
        : order.scanUp(from, inclusive, to, target);
  }

  @Override
  public long count(Bytes from, Optional<Bytes> to) {
    return order.count(from, to);
  }

  @Override
  public @Nullable StoredRecord pick(Bytes from, Optional<Bytes> to, long number) {
    return order.pick(from, to, number);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long keyBytes() {
    return keyBytes;
  }

  @Override
  public long valueBytes() {
    return valueBytes;
  }
}
