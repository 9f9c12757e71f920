package io.warpengine.api;

import java.util.Iterator;

/**
 * A walk through keys in order. Each key is returned at most once; a key that is there during the
 * whole walk is returned; one that is written, deleted or expires meanwhile may or may not be. For
 * one thread at a time.
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
