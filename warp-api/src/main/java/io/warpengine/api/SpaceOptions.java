package io.warpengine.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds in a space for writes that say nothing else; kept with the database.
 *
 * @param timeToLive after which a record that is put is gone; empty means never
 * @param durability what the acknowledgement of a write waits for; empty means the database's
 *     default
 */
public record SpaceOptions(Optional<Duration> timeToLive, Optional<Durability> durability) {

  /** Records stay, the database's durability. */
  public static final SpaceOptions DEFAULT = new SpaceOptions(Optional.empty(), Optional.empty());

  /**
   * These options with another expiry.
   *
   * @param other positive, in steps of one millisecond
   * @return new options
   */
  public SpaceOptions withTimeToLive(Duration other) {
    return new SpaceOptions(Optional.of(other), durability);
  }

  /**
   * These options with another durability.
   *
   * @param other what acknowledgements wait for
   * @return new options
   */
  public SpaceOptions withDurability(Durability other) {
    return new SpaceOptions(timeToLive, Optional.of(other));
  }
}
