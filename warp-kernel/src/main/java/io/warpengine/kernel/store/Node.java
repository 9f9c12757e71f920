package io.warpengine.kernel.store;

import io.warpengine.spi.store.StoredRecord;
import java.util.Arrays;

/**
 * What leaves and inner nodes of the {@link OrderedIndex} share: a sorted run of keys, of which
 * each is known by a window of eight bytes. The window begins after the bytes that all keys of the
 * node have in common, and is kept with its sign bit flipped, so that signed comparison is the
 * unsigned order of the bytes. Keys are filled up with zeros past their end; keys with equal
 * windows are told apart elsewhere.
 */
abstract sealed class Node permits Leaf, Inner {

  private static final long[] NOTHING = {};

  /** The common bytes, eight to a word, big-endian, the last one filled up with zeros. */
  long[] common = NOTHING;

  int commonSize;
  long[] windows;
  int size;

  Node(int capacity) {
    windows = new long[capacity];
  }

  /** The window of a key that begins with the common bytes. */
  final long windowOf(StoredRecord key) {
    return key.keyPrefix(commonSize) ^ Long.MIN_VALUE;
  }

  /**
   * Where a key lies.
   *
   * @return negative if before every key that begins with the common bytes, 0 if it begins with
   *     them itself, positive if after
   */
  final int side(StoredRecord key) {
    for (int word = 0, from = 0; from < commonSize; word++, from += 8) {
      int compared = Long.compareUnsigned(masked(key, word), common[word]);
      if (compared != 0) {
        return compared;
      }
    }
    return key.keySize() < commonSize ? -1 : 0;
  }

  /** Number of bytes with which both the key and the common bytes begin. */
  final int shared(StoredRecord key) {
    int most = Math.min(commonSize, key.keySize());
    for (int word = 0, from = 0; from < most; word++, from += 8) {
      long difference = masked(key, word) ^ common[word];
      if (difference != 0) {
        return Math.min(most, from + (Long.numberOfLeadingZeros(difference) >>> 3));
      }
    }
    return most;
  }

  private long masked(StoredRecord key, int word) {
    long bytes = key.keyPrefix(word * 8);
    int left = commonSize - word * 8;
    return left >= 8 ? bytes : bytes & (-1L << (64 - 8 * left));
  }

  /** The first index whose window is not below the given one. */
  final int lowerBound(long window) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (windows[middle] < window) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first index after {@code from} whose window is above the given one. */
  final int endOfTies(int from, long window) {
    int end = from;
    while (end < size && windows[end] == window) {
      end++;
    }
    return end;
  }

  /** Makes the common bytes of one key's first bytes. */
  final void commonFrom(StoredRecord key, int bytes) {
    commonSize = bytes;
    if (bytes == 0) {
      common = NOTHING;
      return;
    }
    long[] words = new long[(bytes + 7) >>> 3];
    common = words;
    for (int word = 0; word < words.length; word++) {
      words[word] = masked(key, word);
    }
  }

  /** Shortens the common bytes; what they lose goes into the windows. */
  final void shrinkCommon(int bytes) {
    int lost = commonSize - bytes;
    if (lost == 0) {
      return;
    }
    long ahead = commonWord(bytes);
    for (int i = 0; i < size; i++) {
      windows[i] =
          lost >= 8
              ? ahead ^ Long.MIN_VALUE
              : (ahead | (windows[i] ^ Long.MIN_VALUE) >>> (8 * lost)) ^ Long.MIN_VALUE;
    }
    commonSize = bytes;
    int words = (bytes + 7) >>> 3;
    common = words == 0 ? NOTHING : Arrays.copyOf(common, words);
    if ((bytes & 7) != 0) {
      common[words - 1] &= -1L << (64 - 8 * (bytes & 7));
    }
  }

  /** Eight common bytes from an index on, filled up with zeros. */
  private long commonWord(int from) {
    int word = from >>> 3;
    int shift = 8 * (from & 7);
    long bytes = word < common.length ? common[word] << shift : 0;
    return shift == 0 || word + 1 >= common.length
        ? bytes
        : bytes | common[word + 1] >>> (64 - shift);
  }

  /** The capacity after the present one. */
  static int grown(int capacity, int largest) {
    return Math.min(largest, capacity < 16 ? capacity * 2 : capacity + 16);
  }
}
