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

  private final List<Write> writes;
  private final Optional<String> space;

  /** An empty batch. */
  public WriteBatch() {
    this(new ArrayList<>(), Optional.empty());
  }

  private WriteBatch(List<Write> writes, Optional<String> space) {
    this.writes = writes;
    this.space = space;
  }

  /**
   * This batch, seen so that what is added goes to another space.
   *
   * @param name the space's name; empty for the default space. It is made if it is not there when
   *     the batch is applied
   * @return a view: what is added to it is added to this batch
   */
  public WriteBatch space(String name) {
    return new WriteBatch(writes, Optional.of(name));
  }

  /**
   * One write of a batch.
   *
   * @param space the name of the space it goes to; empty means the one that the batch is applied to
   * @param key what is written
   * @param value the new value; empty means the key is deleted
   * @param timeToLive after which a put record is gone; empty means never
   * @param expiresAt when a put record is gone, in steps of one millisecond; wins over {@code
   *     timeToLive}
   */
  public record Write(
      Optional<String> space,
      Bytes key,
      Optional<Bytes> value,
      Optional<Duration> timeToLive,
      Optional<Instant> expiresAt) {

    /**
     * A write to the space that the batch is applied to, without a fixed time of expiry.
     *
     * @param key what is written
     * @param value the new value; empty means the key is deleted
     * @param timeToLive after which a put record is gone; empty means never
     */
    public Write(Bytes key, Optional<Bytes> value, Optional<Duration> timeToLive) {
      this(Optional.empty(), key, value, timeToLive, Optional.empty());
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
    return add(key, Optional.of(value), Optional.empty(), Optional.empty());
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
    return add(key, Optional.of(value), Optional.of(timeToLive), Optional.empty());
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
    return add(key, Optional.of(value), Optional.empty(), Optional.of(expiresAt));
  }

  /**
   * Adds a delete.
   *
   * @param key the key
   * @return this batch
   */
  public WriteBatch delete(Bytes key) {
    return add(key, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private WriteBatch add(
      Bytes key,
      Optional<Bytes> value,
      Optional<Duration> timeToLive,
      Optional<Instant> expiresAt) {
    writes.add(new Write(space, key, value, timeToLive, expiresAt));
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
