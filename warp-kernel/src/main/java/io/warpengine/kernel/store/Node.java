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
  private long[] common = NOTHING;

  /** The first word of them, beside what is looked at anyway. */
  private long head;

  int commonSize;
  long[] windows;
  int size;

  Node(int capacity) {
    windows = new long[capacity];
  }

  /** Number of keys in it and below. */
  abstract int count();

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
      int compared = Long.compareUnsigned(masked(key, word), word(word));
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
      long difference = masked(key, word) ^ word(word);
      if (difference != 0) {
        return Math.min(most, from + (Long.numberOfLeadingZeros(difference) >>> 3));
      }
    }
    return most;
  }

  private long word(int word) {
    return word == 0 ? head : common[word];
  }

  private long masked(StoredRecord key, int word) {
    long bytes = key.keyPrefix(word * 8);
    int left = commonSize - word * 8;
    return left >= 8 ? bytes : bytes & (-1L << (64 - 8 * left));
  }

  /** The first of so many indexes whose window is not below the given one. */
  final int lowerBound(long window, int count) {
    int low = 0;
    int left = count;
    while (left > 1) {
      int half = left >>> 1;
      low = windows[low + half - 1] < window ? low + half : low;
      left -= half;
    }
    return left == 1 && windows[low] < window ? low + 1 : low;
  }

  /** Makes the common bytes of one key's first bytes. */
  final void commonFrom(StoredRecord key, int bytes) {
    long[] words = bytes == 0 ? NOTHING : new long[(bytes + 7) >>> 3];
    commonSize = bytes;
    for (int word = 0; word < words.length; word++) {
      words[word] = masked(key, word);
    }
    setCommon(words, bytes);
  }

  /** Takes the common bytes of another node. */
  final void commonFrom(Node other) {
    setCommon(other.common, other.commonSize);
  }

  /** Number of bytes with which the common bytes of both nodes begin. */
  final int sharedCommon(Node other) {
    int most = Math.min(commonSize, other.commonSize);
    for (int word = 0; word * 8 < most; word++) {
      long difference = common[word] ^ other.common[word];
      if (difference != 0) {
        return Math.min(most, word * 8 + (Long.numberOfLeadingZeros(difference) >>> 3));
      }
    }
    return most;
  }

  private void setCommon(long[] words, int bytes) {
    common = words;
    commonSize = bytes;
    head = bytes == 0 ? 0 : words[0];
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
    int count = (bytes + 7) >>> 3;
    long[] words = count == 0 ? NOTHING : Arrays.copyOf(common, count);
    if ((bytes & 7) != 0) {
      words[count - 1] &= -1L << (64 - 8 * (bytes & 7));
    }
    setCommon(words, bytes);
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
    return Math.min(largest, capacity < 16 ? capacity * 2 : capacity + Math.max(16, capacity / 4));
  }
}
