package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;

/** Ends an attempt of a transaction: a key is not as the transaction has read it. */
final class Conflict extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Bytes key;

  Conflict(Bytes key) {
    super("A transaction met a conflicting write and runs again.", null, false, false);
    this.key = key;
  }

  /** The key, or the beginning of the range. */
  Bytes key() {
    return key;
  }
}
