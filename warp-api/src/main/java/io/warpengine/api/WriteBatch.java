package io.warpengine.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Writes that happen together or not at all, in memory and after a crash, across shards. Later
 * writes of the same key win. Not safe for use by several threads at once.
 *
 * <p>Nobody else writes to the keys of a batch between its parts. Reads take no locks: whoever
 * reads several keys, or scans, while a batch is being applied may see some of its writes before
 * the others.
 */
public final class WriteBatch {

  private final List<Write> writes = new ArrayList<>();

  /** An empty batch. */
  public WriteBatch() {}

  /**
   * One write of a batch.
   *
   * @param key what is written
   * @param value the new value; empty means the key is deleted
   * @param timeToLive after which a put record is gone; empty means never
   * @param expiresAt when a put record is gone, in steps of one millisecond; wins over {@code
   *     timeToLive}
   */
  public record Write(
      Bytes key,
      Optional<Bytes> value,
      Optional<Duration> timeToLive,
      Optional<Instant> expiresAt) {

    /**
     * A write without a fixed time of expiry.
     *
     * @param key what is written
     * @param value the new value; empty means the key is deleted
     * @param timeToLive after which a put record is gone; empty means never
     */
    public Write(Bytes key, Optional<Bytes> value, Optional<Duration> timeToLive) {
      this(key, value, timeToLive, Optional.empty());
    }
  }

  /**
   * Adds a put.
   *
   * @param key the key
   * @param value the value
   * @return this batch
   */
  public WriteBatch put(Bytes key, Bytes value) {
    writes.add(new Write(key, Optional.of(value), Optional.empty()));
    return this;
  }

  /**
   * Adds a put of a record that expires.
   *
   * @param key the key
   * @param value the value
   * @param timeToLive positive, in steps of one millisecond
   * @return this batch
   */
  public WriteBatch put(Bytes key, Bytes value, Duration timeToLive) {
    writes.add(new Write(key, Optional.of(value), Optional.of(timeToLive)));
    return this;
  }

  /**
   * Adds a put of a record that expires at a fixed time, as copies of records do.
   *
   * @param key the key
   * @param value the value
   * @param expiresAt when it is gone, in steps of one millisecond; at once if that is past
   * @return this batch
   */
  public WriteBatch putUntil(Bytes key, Bytes value, Instant expiresAt) {
    writes.add(new Write(key, Optional.of(value), Optional.empty(), Optional.of(expiresAt)));
    return this;
  }

  /**
   * Adds a delete.
   *
   * @param key the key
   * @return this batch
   */
  public WriteBatch delete(Bytes key) {
    writes.add(new Write(key, Optional.empty(), Optional.empty()));
    return this;
  }

  /**
   * Number of writes.
   *
   * @return 0 or more
   */
  public int size() {
    return writes.size();
  }

  /**
   * The writes in the order in which they were added.
   *
   * @return a view that cannot be changed
   */
  public List<Write> writes() {
    return Collections.unmodifiableList(writes);
  }
}
