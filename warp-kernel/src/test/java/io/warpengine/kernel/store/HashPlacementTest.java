package io.warpengine.kernel.store;

import io.warpengine.spi.store.PlacementPolicy;
import io.warpengine.testkit.PlacementContract;

final class HashPlacementTest extends PlacementContract {

  @Override
  protected PlacementPolicy newPolicy() {
    return new HashPlacement();
  }

  @Override
  protected double spread() {
    return 0;
  }
}
