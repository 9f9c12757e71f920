package io.warpengine.spi.store;

/** The routing port: decides which shard owns which slot of a new database. */
public interface PlacementPolicy {

  /**
   * Places every slot.
   *
   * @param shards number of shards
   * @return the table; the same for the same arguments
   */
  SlotTable place(int shards);
}
