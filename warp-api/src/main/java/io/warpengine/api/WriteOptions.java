package io.warpengine.api;

import java.time.Duration;
import java.util.Optional;

/**
 * How a write is to be done.
 *
 * @param durability what its acknowledgement waits for; empty means the default of the space, or
 *     else of the database
 * @param timeToLive after which the record is gone; empty means the default of the space, or else
 *     never. An overwrite sets it anew
 */
public record WriteOptions(Optional<Durability> durability, Optional<Duration> timeToLive) {

  /** Durability and expiry of the space. */
  public static final WriteOptions DEFAULT = new WriteOptions(Optional.empty(), Optional.empty());

  /**
   * Options that wait for a durability.
   *
   * @param durability what the acknowledgement waits for
   * @return options without expiry
   */
  public static WriteOptions durability(Durability durability) {
    return new WriteOptions(Optional.of(durability), Optional.empty());
  }

  /**
   * Options that let the record expire.
   *
   * @param timeToLive positive, in steps of one millisecond
   * @return options with the database's durability
   */
  public static WriteOptions timeToLive(Duration timeToLive) {
    return new WriteOptions(Optional.empty(), Optional.of(timeToLive));
  }

  /**
   * These options with another durability.
   *
   * @param other what the acknowledgement waits for
   * @return new options
   */
  public WriteOptions withDurability(Durability other) {
    return new WriteOptions(Optional.of(other), timeToLive);
  }

  /**
   * These options with another expiry.
   *
   * @param other positive, in steps of one millisecond
   * @return new options
   */
  public WriteOptions withTimeToLive(Duration other) {
    return new WriteOptions(durability, Optional.of(other));
  }
}
