package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.StoredRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that hands everything on to another; tests override where something is to happen. */
abstract class ForwardingStore implements ShardStore {

  private final ShardStore store;

  ForwardingStore(ShardStore store) {
    this.store = store;
  }

  @Override
  public @Nullable StoredRecord find(int hash, Bytes key) {
    return store.find(hash, key);
  }

  @Override
  public @Nullable StoredRecord put(StoredRecord record) {
    return store.put(record);
  }

  @Override
  public @Nullable StoredRecord remove(int hash, Bytes key) {
    return store.remove(hash, key);
  }

  @Override
  public void load(StoredRecord record) {
    store.load(record);
  }

  @Override
  public void loaded() {
    store.loaded();
  }

  @Override
  public int scan(
      Bytes from, boolean inclusive, Optional<Bytes> to, boolean backwards, StoredRecord[] target) {
    return store.scan(from, inclusive, to, backwards, target);
  }

  @Override
  public long size() {
    return store.size();
  }

  @Override
  public long keyBytes() {
    return store.keyBytes();
  }

  @Override
  public long valueBytes() {
    return store.valueBytes();
  }
}
