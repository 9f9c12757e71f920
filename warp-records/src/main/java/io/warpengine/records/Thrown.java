package io.warpengine.records;

/** What a method handle throws, which declares everything. */
final class Thrown {

  private Thrown() {}

  /** Returns a runtime exception to be thrown; an error is thrown at once. */
  static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown);
  }
}
