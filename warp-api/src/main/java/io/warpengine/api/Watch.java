package io.warpengine.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A registration that tells a listener of every write to keys with a prefix, until it is closed.
 *
 * <p>The events of one key come in the order of its writes, each once; those of different keys in
 * no particular order, and the writes of a batch one by one. A record that expires is told as a
 * delete, when it is removed. What has happened and was not told when the database closes is not
 * told any more.
 *
 * <p>Nobody waits for a listener, neither writers nor other watches nor the close of the database.
 * What waits for it is bounded: if it falls behind, what waits is dropped, and an {@link Event.Gap}
 * comes in its place. A listener that throws ends its own watch.
 */
public interface Watch extends AutoCloseable {

  /**
   * Whether events may still come.
   *
   * @return false once it is closed or has ended
   */
  boolean isOpen();

  /**
   * Ends it: when this returns no call of the listener runs, and none will begin. Waits for one
   * that runs, unless that one is the caller; an interrupt ends the wait, and the thread's flag
   * stays set. Has no effect the second time.
   */
  @Override
  void close();

  /** Receives events, one at a time, on a thread of the engine. */
  @FunctionalInterface
  interface Listener {

    /**
     * One event. It may use the database, and close the watch.
     *
     * @param event what happened
     */
    void onEvent(Event event);

    /**
     * The watch has ended and nobody closed it. Nothing comes after this.
     *
     * @param reason CLOSED if the database was closed; SPACE_DROPPED if the space was dropped;
     *     WATCH_FAILED with the cause if the listener threw
     */
    default void onEnd(WarpException reason) {}
  }

  /** What a listener is told. */
  sealed interface Event {

    /**
     * A record was stored.
     *
     * @param key its key
     * @param value its value
     * @param sequence the number of the write in its shard; of the writes of one key a later one
     *     has a higher number
     * @param position the end of its frame in the journal
     * @param expiresAt when the record will be gone; empty if never
     */
    record Put(
        Bytes key, Bytes value, long sequence, Position position, Optional<Instant> expiresAt)
        implements Event {}

    /**
     * A record was removed.
     *
     * @param key its key
     * @param sequence the number of the write in its shard
     * @param position the end of its frame in the journal
     */
    record Delete(Bytes key, long sequence, Position position) implements Event {}

    /**
     * Writes are missing. Whoever needs the present state reads it now, with a scan; what is
     * written from now on is told, perhaps together with some writes that the scan shows already.
     *
     * @param after no write up to here is missing because of this gap; of later ones, up to now,
     *     any may be
     */
    record Gap(Position after) implements Event {}
  }

  /**
   * What to be told.
   *
   * @param from tells what was written after this position; if that is not kept any more, a gap is
   *     told first. A position of {@link WarpDatabase#flush()} or of a snapshot leaves nothing out;
   *     one of an event leaves out what was written before it and not told yet, since events come
   *     in order for each key only. Empty means what is written from now on. Without a journal
   *     positions say nothing: then there is a gap unless nothing was ever written
   * @param live false tells of a write when it is durable, so that no crash takes back what was
   *     told; true as soon as it is in memory
   * @param capacity the most writes that wait for the listener, whatever their keys, 1 or more
   */
  record Options(Optional<Position> from, boolean live, int capacity) {

    /** From now on, what is durable, at most 65,536 writes waiting. */
    public static final Options DEFAULT = new Options(Optional.empty(), false, 1 << 16);

    /**
     * Checks the capacity.
     *
     * @throws IllegalArgumentException if the capacity is below 1
     */
    public Options {
      if (capacity < 1) {
        throw new IllegalArgumentException(
            "The capacity [" + capacity + "] of a watch must be 1 or more.");
      }
    }

    /**
     * The same from a position on.
     *
     * @param position the end of what is known
     * @return new options
     */
    public Options from(Position position) {
      return new Options(Optional.of(position), live, capacity);
    }

    /**
     * The same without waiting until what is told is durable.
     *
     * @return new options
     */
    public Options asTheyHappen() {
      return new Options(from, true, capacity);
    }

    /**
     * The same with another bound.
     *
     * @param most 1 or more
     * @return new options
     */
    public Options capacity(int most) {
      return new Options(from, live, most);
    }
  }
}
