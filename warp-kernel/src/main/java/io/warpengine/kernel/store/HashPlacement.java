package io.warpengine.kernel.store;

import io.warpengine.spi.store.PlacementPolicy;
import io.warpengine.spi.store.SlotTable;

/**
 * Places slots in turn: slot {@code s} belongs to shard {@code s mod n}. The slot itself is a hash
 * of the key, so every shard gets the same share of keys to within one slot.
 */
public final class HashPlacement implements PlacementPolicy {

  /** The policy. */
  public HashPlacement() {}

  @Override
  public SlotTable place(int shards) {
    short[] owners = new short[SlotTable.SLOTS];
    for (int slot = 0; slot < owners.length; slot++) {
      owners[slot] = (short) (slot % shards);
    }
    return new SlotTable(owners, shards);
  }
}
