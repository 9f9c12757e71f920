package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded keys, values and choices. Keys come in the shapes that break indexes: one byte, long ones
 * with a common beginning, one the prefix of another, 0x00 and 0xff at the end, 0xff at the
 * beginning, numbers as text, and {@code {tag}} keys; they repeat, since they come from a small
 * universe. For one thread.
 */
public final class Generator {

  private static final int UNIVERSE = 64;

  private final SplittableRandom random;
  private final int universe;

  /**
   * A generator with a universe of about 500 keys.
   *
   * @param seed the same seed gives the same data
   */
  public Generator(long seed) {
    this(seed, UNIVERSE);
  }

  /**
   * A generator with a universe of its own size.
   *
   * @param seed the same seed gives the same data
   * @param universe number of keys of each shape, 1 or more
   */
  public Generator(long seed, int universe) {
    this.random = new SplittableRandom(seed);
    this.universe = universe;
  }

  /**
   * A number.
   *
   * @param bound 1 or more
   * @return 0 to {@code bound - 1}
   */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /**
   * Whether something with a probability happens.
   *
   * @param probability 0 to 1
   * @return true if it does
   */
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /**
   * One of several.
   *
   * @param choices at least one
   * @param <T> their type
   * @return one of them
   */
  public <T> T choose(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /**
   * Any 64-bit number.
   *
   * @return the number
   */
  public long number() {
    return random.nextLong();
  }

  /**
   * A key of 1 byte to 300 bytes.
   *
   * @return the key
   */
  public Bytes key() {
    int number = random.nextInt(universe);
    return switch (random.nextInt(9)) {
      case 0 -> Bytes.copyOf(new byte[] {(byte) (number * 37)});
      case 1 -> Bytes.utf8("k" + number);
      case 2 -> Bytes.utf8("shared/prefix/of/some/length/" + number);
      case 3 -> Bytes.utf8("a".repeat(1 + number % 40));
      case 4 -> ending("z", number, 0x00);
      case 5 -> ending("z", number, 0xff);
      case 6 -> Bytes.utf8("{tag" + number % 4 + "}:" + number);
      case 7 -> marked(number);
      default -> Bytes.utf8("long".repeat(70) + number);
    };
  }

  /** Begins with 0xff, like the keys of named spaces as they are stored. */
  private static Bytes marked(int number) {
    byte[] key = new byte[1 + number % 7];
    key[0] = (byte) 0xff;
    for (int i = 1; i < key.length; i++) {
      key[i] = (byte) (number % 3 == 0 ? 0xff : i < 4 ? 0 : number);
    }
    return Bytes.wrap(key, 0, key.length);
  }

  private static Bytes ending(String start, int number, int filler) {
    byte[] head = start.getBytes(StandardCharsets.UTF_8);
    byte[] key = java.util.Arrays.copyOf(head, head.length + 1 + number % 12);
    java.util.Arrays.fill(key, head.length, key.length, (byte) filler);
    key[key.length - 1] = (byte) (number % 3 == 0 ? filler : number);
    return Bytes.wrap(key, 0, key.length);
  }

  /**
   * A value: most are short, some empty, few are up to 20 KiB.
   *
   * @return the value
   */
  public Bytes value() {
    int size =
        switch (random.nextInt(16)) {
          case 0 -> 0;
          case 1 -> random.nextInt(20_000);
          default -> random.nextInt(120);
        };
    return value(size);
  }

  /**
   * A value of a given size.
   *
   * @param size its size in bytes
   * @return the value, partly compressible
   */
  public Bytes value(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i % 16 < 8 ? i : random.nextInt());
    }
    return Bytes.wrap(bytes, 0, size);
  }

  /**
   * A record or, one in five, a tombstone.
   *
   * @param sequence its sequence
   * @return the record, with a hash that many keys share
   */
  public StoredRecord record(long sequence) {
    Bytes key = key();
    if (chance(0.2)) {
      return StoredRecord.tombstone(key, hash(key), sequence);
    }
    long expiry = chance(0.2) ? 1 + random.nextLong(Long.MAX_VALUE - 1) : 0;
    return StoredRecord.of(key, value(), hash(key), sequence, expiry);
  }

  /**
   * A hash for tests of stores: poor on purpose, so that different keys collide.
   *
   * @param key a key
   * @return a hash, the same for the same key
   */
  public static int hash(Bytes key) {
    int hash = key.hashCode();
    return hash % 3 == 0 ? hash & 0xf000_000f : hash * 0x9e37_79b1;
  }
}
