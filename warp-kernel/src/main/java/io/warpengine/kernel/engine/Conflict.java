package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;

/**
 * Ends an attempt of a transaction: a key is not as the transaction has read it. Transactions can
 * be nested, so it says whose reads it is about.
 */
final class Conflict extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ReadSet reads;
  private final transient Bytes key;

  Conflict(ReadSet reads, Bytes key) {
    super("A transaction met a conflicting write and runs again.", null, false, false);
    this.reads = reads;
    this.key = key;
  }

  /** Whether it is about these reads. */
  boolean isOf(ReadSet others) {
    return reads.equals(others);
  }

  /** The key, or one in the range. */
  Bytes key() {
    return key;
  }
}
