package io.warpengine.kernel.control;

/**
 * Estimates how often each key was accessed recently: a count-min sketch of 4-bit counters that
 * forgets by halves.
 *
 * <p>Each key has four counters in one block of 64 bytes, one in each quarter of the block, chosen
 * by its hash; an access raises all four, the estimate is the smallest of them. A collision can
 * therefore raise an estimate but never lower it. After ten times as many accesses as there are
 * words in the table every counter is halved, so that what was popular once fades.
 *
 * <p>Sources: Cormode and Muthukrishnan, An Improved Data Stream Summary: The Count-Min Sketch and
 * its Applications (2005); Einziger, Friedman and Manes, TinyLFU: A Highly Efficient Cache
 * Admission Policy (2017), for the counters of four bits and the halving; the blocks follow the
 * sketch of the Caffeine cache.
 *
 * <p>One thread writes. Others may read at any time; what they read may miss the newest accesses.
 */
public final class FrequencySketch {

  /** Words of the table that {@link #FrequencySketch()} makes. */
  private static final int STANDARD_WORDS = 1 << 17;

  private static final int WORDS_PER_BLOCK = 8;
  private static final int SAMPLES_PER_WORD = 10;
  private static final long LOW_BITS = 0x1111_1111_1111_1111L;
  private static final long HALVES = 0x7777_7777_7777_7777L;

  private final long[] table;
  private final int blockMask;
  private final int sampleLimit;
  private int samples;

  /** A sketch of one megabyte, accurate for some hundred thousand keys at a time. */
  public FrequencySketch() {
    this(STANDARD_WORDS);
  }

  /**
   * A sketch.
   *
   * @param keys how many keys it is to tell apart at a time, up to 2^27; eight bytes each
   */
  public FrequencySketch(int keys) {
    int words = Math.clamp(keys, WORDS_PER_BLOCK, 1 << 27);
    words = Integer.highestOneBit(words - 1) << 1;
    this.table = new long[words];
    this.blockMask = words / WORDS_PER_BLOCK - 1;
    this.sampleLimit = SAMPLES_PER_WORD * words;
  }

  /**
   * About how often a key was accessed.
   *
   * @param hash the 64-bit hash of the key
   * @return 0 to 15
   */
  public int frequency(long hash) {
    long mixed = mix(hash);
    int block = block(mixed);
    int smallest = 15;
    for (int quarter = 0; quarter < 4; quarter++) {
      int choice = (int) (mixed >>> (quarter << 3));
      int count = (int) (table[word(block, quarter, choice)] >>> shift(choice)) & 15;
      smallest = Math.min(smallest, count);
    }
    return smallest;
  }

  /**
   * Counts one access. For one thread at a time.
   *
   * @param hash the 64-bit hash of the key
   */
  public void increment(long hash) {
    long mixed = mix(hash);
    int block = block(mixed);
    boolean raised = false;
    for (int quarter = 0; quarter < 4; quarter++) {
      int choice = (int) (mixed >>> (quarter << 3));
      raised |= raise(word(block, quarter, choice), shift(choice));
    }
    if (raised && ++samples >= sampleLimit) {
      age();
    }
  }

  private boolean raise(int word, int shift) {
    long full = 15L << shift;
    if ((table[word] & full) == full) {
      return false;
    }
    table[word] += 1L << shift;
    return true;
  }

  private void age() {
    long odd = 0;
    for (int i = 0; i < table.length; i++) {
      odd += Long.bitCount(table[i] & LOW_BITS);
      table[i] = (table[i] >>> 1) & HALVES;
    }
    samples = (int) Math.max(0, (samples - (odd >>> 2)) >>> 1);
  }

  /** The upper half of the mixed hash chooses the block, the lower half the four counters. */
  private int block(long mixed) {
    return ((int) (mixed >>> 32) & blockMask) * WORDS_PER_BLOCK;
  }

  private static int word(int block, int quarter, int choice) {
    return block + (quarter << 1) + (choice & 1);
  }

  private static int shift(int choice) {
    return ((choice >>> 1) & 15) << 2;
  }

  private static long mix(long hash) {
    long mixed = (hash ^ (hash >>> 32)) * 0x9e37_79b9_7f4a_7c15L;
    return mixed ^ (mixed >>> 29);
  }
}
