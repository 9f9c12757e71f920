package io.warpengine.spi.store;

import io.warpengine.api.Bytes;

/**
 * The keys under which records are stored: a user's key together with its space.
 *
 * <p>A key of the default space is stored as it is, unless its first byte is 0xff: then one more
 * 0xff is put before it. A key of a named space is stored as 0xff, the number of the space as four
 * bytes, highest first, and the key. Numbers are 0 to 2^31 - 1, so the byte after the mark tells a
 * space (0x00 to 0x7f) from a key of the default space (0xff), and the order of keys within each
 * space is kept: a named space is one run of stored keys, the default space is all before {@code
 * ff} and all from {@code ff ff} on.
 */
public final class SpaceKeys {

  /** The default space, whose keys carry no number. */
  public static final int DEFAULT = -1;

  /** The space in which the engine keeps what it knows of all others. */
  public static final int CATALOG = 0;

  /** The largest key of a user, in bytes. */
  public static final int MAX_KEY_BYTES = 1 << 16;

  /** Before all marked keys and after all others. */
  public static final Bytes FIRST_MARKED = Bytes.copyOf(new byte[] {-1});

  /** What a space adds to a key at most, in bytes. */
  static final int PREFIX_BYTES = 5;

  private static final byte MARK = (byte) 0xff;

  private SpaceKeys() {}

  /**
   * The stored key of a user's key.
   *
   * @param space the number of the space, or {@link #DEFAULT}
   * @param key 1 byte or more
   * @return the same object in the default space, if the key does not begin with 0xff
   */
  public static Bytes stored(int space, Bytes key) {
    if (space == DEFAULT) {
      return key.at(0) == MARK ? marked(new byte[1 + key.size()], 1, key) : key;
    }
    byte[] stored = new byte[PREFIX_BYTES + key.size()];
    stored[1] = (byte) (space >>> 24);
    stored[2] = (byte) (space >>> 16);
    stored[3] = (byte) (space >>> 8);
    stored[4] = (byte) space;
    return marked(stored, PREFIX_BYTES, key);
  }

  private static Bytes marked(byte[] stored, int at, Bytes key) {
    stored[0] = MARK;
    key.copyTo(0, stored, at, key.size());
    return Bytes.wrap(stored, 0, stored.length);
  }

  /**
   * How much longer a marked key is than the user's.
   *
   * @param space the number of the space, or {@link #DEFAULT}
   * @return bytes
   */
  public static int addedBytes(int space) {
    return space == DEFAULT ? 1 : PREFIX_BYTES;
  }

  /**
   * Whether a stored key is not simply the user's key.
   *
   * @param first its first byte
   * @return true for keys of named spaces, and for those of the default space that begin with 0xff
   */
  public static boolean isMarked(byte first) {
    return first == MARK;
  }

  /**
   * The space of a stored key.
   *
   * @param stored what {@link #stored} gave
   * @return its number, or {@link #DEFAULT}
   */
  public static int spaceOf(Bytes stored) {
    return keyAt(stored) < PREFIX_BYTES ? DEFAULT : Integer.reverseBytes(stored.intAt(1));
  }

  /**
   * The user's key.
   *
   * @param stored what {@link #stored} gave
   * @return a view; the same object if the key is stored as it is
   */
  public static Bytes keyOf(Bytes stored) {
    int at = keyAt(stored);
    return at == 0 ? stored : stored.slice(at, stored.size());
  }

  /**
   * Where the user's key begins in a stored key.
   *
   * @param stored what {@link #stored} gave
   * @return the index of its first byte
   */
  public static int keyAt(Bytes stored) {
    if (stored.isEmpty() || stored.at(0) != MARK) {
      return 0;
    }
    return stored.size() < PREFIX_BYTES || stored.at(1) == MARK ? 1 : PREFIX_BYTES;
  }
}
