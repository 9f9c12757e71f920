package io.warpengine.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** The records of a run: the same keys and values for every engine and in every process. */
final class Work {

  static final int KEY_BYTES = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int VALUES = 1024;

  private final byte[][] values = new byte[VALUES][];

  Work(int valueBytes) {
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < VALUES; i++) {
      values[i] = new byte[valueBytes];
      random.nextBytes(values[i]);
    }
  }

  /**
   * A key in an array of its own, as a program has it that just read a request. Different numbers
   * have different keys, and neighbours in number are not neighbours in order.
   */
  byte[] key(int index) {
    byte[] key = new byte[KEY_BYTES];
    LONG.set(key, 0, mix(index));
    LONG.set(key, 8, mix(~(long) index));
    return key;
  }

  /** A value, random bytes that do not compress, out of 1,024. */
  byte[] value(int index) {
    return values[index & VALUES - 1];
  }

  /** The balance of an account: the first eight bytes of its value. */
  static long balance(byte[] value) {
    return (long) LONG.get(value, 0);
  }

  /** A value with another balance. */
  static byte[] withBalance(byte[] value, long balance) {
    byte[] changed = value.clone();
    LONG.set(changed, 0, balance);
    return changed;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a bijection of 64 bits. */
  static long mix(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
