package io.warpengine.api;

/**
 * How a read is to be done.
 *
 * @param context names a session, so that what follows what within it can be learned; 0 means none
 */
public record ReadOptions(long context) {

  /** No session. */
  public static final ReadOptions DEFAULT = new ReadOptions(0);
}
