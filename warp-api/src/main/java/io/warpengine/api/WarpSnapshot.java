package io.warpengine.api;

import java.time.Instant;

/**
 * The database as it was at one moment, over all shards. Safe for use by any number of threads.
 *
 * <p>Of a batch or a transaction it sees everything or nothing. Its clock stands still: a record
 * that had not expired at that moment is there as long as the snapshot is open. Taking one holds
 * all shards for some microseconds; after that no writer waits for it, and what writers replace is
 * kept as long as an open snapshot may read it. That is bounded by {@code warp.snapshot.max-bytes},
 * and by {@code warp.snapshot.max-age} once anything is kept: past them the oldest snapshot ends,
 * and its methods throw {@link WarpException} with {@code SNAPSHOT_EXPIRED}.
 */
public interface WarpSnapshot extends WarpReader, AutoCloseable {

  /**
   * The same moment of another space.
   *
   * @param name the space's name; empty for the default space
   * @return reads that space, as long as this snapshot is open
   * @throws WarpException SPACE_MISSING if there is no such space now
   */
  WarpReader space(String name);

  /**
   * The end of what it sees.
   *
   * @return every write up to here is seen, no later one; {@link Position#START} without a journal
   */
  Position position();

  /**
   * When it was taken.
   *
   * @return the database's time
   */
  Instant takenAt();

  /** Gives up what is kept for it. Has no effect the second time. */
  @Override
  void close();
}
