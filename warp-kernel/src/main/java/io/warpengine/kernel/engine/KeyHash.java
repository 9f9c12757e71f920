package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.SpaceKeys;

/**
 * The seeded 64-bit hash of stored keys, and the hash that decides a key's slot.
 *
 * <p>The function is rapidhash (Nicolas De Carli, 2024), which is wyhash (Wang Yi, 2019) with other
 * constants: keys are read in words of eight bytes, two of which are mixed by one 64 x 64 -&gt; 128
 * bit multiplication whose halves are folded. Up to 16 bytes cost two multiplications. The hash is
 * part of the data's format through the slots: it never changes.
 */
public final class KeyHash {

  private static final long SECRET_0 = 0x2d358dccaa6c78a5L;
  private static final long SECRET_1 = 0x8bb84b93962eacc9L;
  private static final long SECRET_2 = 0x4b33a62ed433d4a3L;
  private static final long BRACES = 0x7b7b7b7b7b7b7b7bL;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final long seed;

  /**
   * A hash function.
   *
   * @param seed the database's seed, any number
   */
  public KeyHash(long seed) {
    this.seed = seed ^ mix(seed ^ SECRET_0, SECRET_1);
  }

  /**
   * The hash of a key.
   *
   * @param key the whole key
   * @return 64 bits
   */
  public long of(Bytes key) {
    int size = key.size();
    long state = seed ^ size;
    long first;
    long second;
    if (size <= 16) {
      if (size >= 8) {
        first = key.longAt(0);
        second = key.longAt(size - 8);
      } else if (size >= 4) {
        first = key.intAt(0) & 0xffff_ffffL;
        second = key.intAt(size - 4) & 0xffff_ffffL;
      } else if (size > 0) {
        first = (key.at(0) & 0xffL) << 45 | (key.at(size - 1) & 0xffL);
        second = key.at(size >> 1) & 0xffL;
      } else {
        first = 0;
        second = 0;
      }
    } else {
      state = longer(key, size, state);
      first = key.longAt(size - 16);
      second = key.longAt(size - 8);
    }
    first ^= SECRET_1;
    second ^= state;
    long low = first * second;
    long high = Math.unsignedMultiplyHigh(first, second);
    return mix(low ^ SECRET_0 ^ size, high ^ SECRET_1);
  }

  /**
   * The hash that decides the slot: that of the key's tag, the bytes between the first opening
   * brace and the next closing one, so that keys with the same tag share a slot; of the whole key
   * if there is no tag or an empty one. What marks the key's space is no part of a tag, so keys
   * with the same tag share a slot across spaces.
   *
   * @param key the stored key
   * @param hash its hash
   * @return 64 bits, for {@link io.warpengine.spi.store.SlotTable#slotOf}
   */
  public long ofSlot(Bytes key, long hash) {
    int open = openingBrace(key, SpaceKeys.keyAt(key));
    return open < 0 ? hash : ofTag(key, open, hash);
  }

  private long ofTag(Bytes key, int open, long hash) {
    for (int i = open + 1; i < key.size(); i++) {
      if (key.at(i) == '}') {
        return i == open + 1 ? hash : of(key.slice(open + 1, i));
      }
    }
    return hash;
  }

  /** Eight bytes at a time; a zero byte of the difference to eight braces is a brace. */
  private static int openingBrace(Bytes key, int from) {
    int size = key.size();
    int i = from;
    for (; i + 8 <= size; i += 8) {
      long difference = key.longAt(i) ^ BRACES;
      long zeros = (difference - LOW_BITS) & ~difference & HIGH_BITS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < size; i++) {
      if (key.at(i) == '{') {
        return i;
      }
    }
    return -1;
  }

  private static long longer(Bytes key, int size, long start) {
    long state = start;
    int i = 0;
    if (size > 48) {
      long second = start;
      long third = start;
      for (; i + 48 < size; i += 48) {
        state = mix(key.longAt(i) ^ SECRET_0, key.longAt(i + 8) ^ state);
        second = mix(key.longAt(i + 16) ^ SECRET_1, key.longAt(i + 24) ^ second);
        third = mix(key.longAt(i + 32) ^ SECRET_2, key.longAt(i + 40) ^ third);
      }
      state ^= second ^ third;
    }
    for (; i + 16 < size; i += 16) {
      state = mix(key.longAt(i) ^ SECRET_2, key.longAt(i + 8) ^ state ^ SECRET_1);
    }
    return state;
  }

  private static long mix(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }
}
