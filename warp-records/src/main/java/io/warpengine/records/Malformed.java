package io.warpengine.records;

/**
 * What a reader or writer of bytes found wrong, in words that complete a sentence; the codec that
 * called it says where.
 */
final class Malformed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String what;

  Malformed(String what) {
    super(what, null, false, false);
    this.what = what;
  }

  /** The words of a failure, which are ours or those of the one who threw it. */
  static String words(Throwable failure) {
    if (failure instanceof Malformed malformed) {
      return malformed.what;
    }
    if (failure instanceof NullPointerException) {
      return "holds null";
    }
    return failure instanceof IndexOutOfBoundsException
        ? "ends too early"
        : "failed with [" + failure.getClass().getName() + "]";
  }
}
