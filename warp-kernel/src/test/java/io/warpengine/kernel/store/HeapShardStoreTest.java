package io.warpengine.kernel.store;

import io.warpengine.spi.store.Storage;
import io.warpengine.testkit.ShardStoreContract;

final class HeapShardStoreTest extends ShardStoreContract {

  @Override
  protected Storage newStorage() {
    return new HeapStorage();
  }
}
