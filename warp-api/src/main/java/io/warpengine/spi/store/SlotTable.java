package io.warpengine.spi.store;

import java.util.Arrays;

/** Which shard owns each slot. Immutable: a change is a new table. */
public final class SlotTable {

  /** Number of slots, a power of two. */
  public static final int SLOTS = 16_384;

  private final short[] owners;
  private final int shards;

  /**
   * A table.
   *
   * @param owners the owner of each slot, {@link #SLOTS} elements, each from 0 to {@code shards -
   *     1}; copied
   * @param shards number of shards, 1 to 4,096
   * @throws IllegalArgumentException if a number is out of range
   */
  public SlotTable(short[] owners, int shards) {
    if (owners.length != SLOTS || shards < 1 || shards > 4_096) {
      throw new IllegalArgumentException(
          "A table of [" + owners.length + "] slots for [" + shards + "] shards is not possible.");
    }
    for (short owner : owners) {
      if (owner < 0 || owner >= shards) {
        throw new IllegalArgumentException(
            "The owner [" + owner + "] is not one of [" + shards + "] shards.");
      }
    }
    this.owners = owners.clone();
    this.shards = shards;
  }

  /**
   * The slot of a hash.
   *
   * @param hash the 64-bit hash of the key, or of its tag
   * @return 0 to {@code SLOTS - 1}, from the upper bits of the hash
   */
  public static int slotOf(long hash) {
    return (int) (hash >>> 50);
  }

  /**
   * The owner of a slot.
   *
   * @param slot from 0 to {@code SLOTS - 1}
   * @return its shard
   */
  public int owner(int slot) {
    return owners[slot];
  }

  /**
   * Number of shards.
   *
   * @return 1 to 4,096
   */
  public int shards() {
    return shards;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotTable table
        && shards == table.shards
        && Arrays.equals(owners, table.owners);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(owners);
  }

  @Override
  public String toString() {
    return "SlotTable[" + shards + " shards]";
  }
}
