package io.warpengine.api;

import java.util.Iterator;

/**
 * A walk through keys in order, as they were when it began. For one thread at a time. It may throw
 * {@link WarpException} with {@code CLOSED}, and with {@code SNAPSHOT_EXPIRED} if it is open for
 * too long, see {@link WarpSnapshot}; the token goes on from there.
 */
public interface ScanCursor extends Iterator<Entry>, AutoCloseable {

  /**
   * Marks the place after the entry that {@link #next()} returned last. A later scan of the same
   * keys goes on from there, also after the database was closed and opened again.
   *
   * @return a token for {@link Scan#resume(Bytes)}; {@link Bytes#EMPTY} if nothing was returned yet
   */
  Bytes token();

  /** Ends the walk; {@link #hasNext()} is false from then on. Has no effect the second time. */
  @Override
  void close();
}
