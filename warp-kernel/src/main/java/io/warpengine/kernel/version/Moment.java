package io.warpengine.kernel.version;

import io.warpengine.api.Position;
import io.warpengine.spi.store.SlotTable;

/**
 * One moment of all shards: the number of the last write of each. Taken with all shards locked, so
 * that of a batch it has everything or nothing.
 */
public final class Moment {

  private final long[] sequences;
  private final SlotTable slots;
  private final Position position;
  private final long millis;
  private final long nanos;
  private volatile boolean expired;

  /**
   * A moment.
   *
   * @param sequences the number of the last write of each shard; given away
   * @param slots which shard owned each slot
   * @param position the end of what was staged
   * @param millis the time by which records expire, in milliseconds since 1970
   * @param nanos the time by which its age counts, in nanoseconds of the clock
   */
  public Moment(long[] sequences, SlotTable slots, Position position, long millis, long nanos) {
    this.sequences = sequences;
    this.slots = slots;
    this.position = position;
    this.millis = millis;
    this.nanos = nanos;
  }

  /** The number of the last write of a shard. */
  public long sequence(int shard) {
    return sequences[shard];
  }

  /** The shard that owned a slot. */
  public int owner(int slot) {
    return slots.owner(slot);
  }

  /** The end of what was staged. */
  public Position position() {
    return position;
  }

  /** The time by which records expire, in milliseconds since 1970. */
  public long millis() {
    return millis;
  }

  /** Whether versions that it needs may be gone. */
  public boolean isExpired() {
    return expired;
  }

  long nanos() {
    return nanos;
  }

  void expire() {
    expired = true;
  }
}
