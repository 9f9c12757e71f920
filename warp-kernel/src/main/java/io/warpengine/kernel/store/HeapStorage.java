package io.warpengine.kernel.store;

import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.Storage;

/** The storage port on the heap: every record stays in memory as one object and one array. */
public final class HeapStorage implements Storage {

  /** The storage. */
  public HeapStorage() {}

  @Override
  public ShardStore newShard(int shard) {
    return new HeapShardStore();
  }

  @Override
  public int formatVersion() {
    return 1;
  }
}
