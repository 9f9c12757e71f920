package io.warpengine.kernel.store;

/**
 * The totals of a store, kept apart from what is written for other shards: the fields around them,
 * laid out superclass first, fill the cache lines on both sides.
 */
@SuppressWarnings("unused")
abstract class StoreCounts extends StoreTotals {
  private long after0;
  private long after1;
  private long after2;
  private long after3;
  private long after4;
  private long after5;
  private long after6;
  private long after7;
}

/** The totals. */
abstract class StoreTotals extends StorePadding {
  long size;
  long keyBytes;
  long valueBytes;
}

/** Fills the cache line before. */
@SuppressWarnings("unused")
abstract class StorePadding {
  private long before0;
  private long before1;
  private long before2;
  private long before3;
  private long before4;
  private long before5;
  private long before6;
  private long before7;
}
