package io.warpengine.spi.store;

import io.warpengine.api.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One version of a record, or a tombstone: immutable, and laid out to cost little. Key, value and
 * expiry share one array, in that order, so that finding a record touches two objects and
 * journalling it copies once. A record that replaced others while somebody may still read those has
 * them behind it, see {@link #withOlder}.
 */
public sealed class StoredRecord {

  /** The largest key with its space, in bytes. */
  public static final int MAX_KEY_BYTES = SpaceKeys.MAX_KEY_BYTES + SpaceKeys.PREFIX_BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int KEY_MASK = 0x00ff_ffff;
  private static final int EXPIRES = 1 << 30;
  private static final int TOMBSTONE = 1 << 31;

  private final byte[] data;
  private final int header;
  private final int hash;
  private final long sequence;

  private StoredRecord(byte[] data, int header, int hash, long sequence) {
    this.data = data;
    this.header = header;
    this.hash = hash;
    this.sequence = sequence;
  }

  /**
   * A record.
   *
   * @param key its key, copied
   * @param value its value, copied
   * @param hash the lower 32 bits of the key's hash
   * @param sequence the number of the write in its shard
   * @param expiresAtMillis when it is gone, in milliseconds since 1970; 0 for never
   * @return the record
   */
  public static StoredRecord of(
      Bytes key, Bytes value, int hash, long sequence, long expiresAtMillis) {
    int keySize = key.size();
    int valueSize = value.size();
    byte[] data = new byte[keySize + valueSize + (expiresAtMillis == 0 ? 0 : 8)];
    key.copyTo(0, data, 0, keySize);
    value.copyTo(0, data, keySize, valueSize);
    if (expiresAtMillis == 0) {
      return new StoredRecord(data, keySize, hash, sequence);
    }
    LONG.set(data, keySize + valueSize, expiresAtMillis);
    return new StoredRecord(data, keySize | EXPIRES, hash, sequence);
  }

  /**
   * A tombstone: the key is deleted as of a sequence.
   *
   * @param key the key, copied
   * @param hash the lower 32 bits of the key's hash
   * @param sequence the number of the write in its shard
   * @return the tombstone
   */
  public static StoredRecord tombstone(Bytes key, int hash, long sequence) {
    return new StoredRecord(key.toArray(), key.size() | TOMBSTONE, hash, sequence);
  }

  /**
   * A record or tombstone from its parts as {@link #copyTo} and the accessors gave them, without
   * copying.
   *
   * @param data key, value and, if it expires, eight bytes of expiry; given away
   * @param keySize bytes of the key
   * @param expires whether the data ends with an expiry
   * @param tombstone whether it is a tombstone; then the data is the key alone
   * @param hash the lower 32 bits of the key's hash
   * @param sequence the number of the write in its shard
   * @return the record
   */
  public static StoredRecord ofData(
      byte[] data, int keySize, boolean expires, boolean tombstone, int hash, long sequence) {
    if (keySize < 0 || keySize > MAX_KEY_BYTES || keySize + (expires ? 8 : 0) > data.length) {
      throw new IllegalArgumentException(
          "A key of [" + keySize + "] bytes does not fit data of [" + data.length + "] bytes.");
    }
    return new StoredRecord(
        data, keySize | (expires ? EXPIRES : 0) | (tombstone ? TOMBSTONE : 0), hash, sequence);
  }

  /**
   * The key, with its space as {@link SpaceKeys} has it.
   *
   * @return a view
   */
  public final Bytes key() {
    return Bytes.wrap(data, 0, keySize());
  }

  /**
   * The value.
   *
   * @return a view; empty for a tombstone
   */
  public final Bytes value() {
    int keySize = keySize();
    return Bytes.wrap(data, keySize, valueSize());
  }

  /**
   * Bytes of the key.
   *
   * @return 1 to {@link #MAX_KEY_BYTES}
   */
  public final int keySize() {
    return header & KEY_MASK;
  }

  /**
   * Bytes of the value.
   *
   * @return 0 or more
   */
  public final int valueSize() {
    return data.length - keySize() - (expires() ? 8 : 0);
  }

  /**
   * The lower 32 bits of the key's hash.
   *
   * @return the hash
   */
  public final int hash() {
    return hash;
  }

  /**
   * The number, in its shard, of the write that made it.
   *
   * @return 1 or more
   */
  public final long sequence() {
    return sequence;
  }

  /**
   * Whether it says that the key is deleted.
   *
   * @return true for a tombstone
   */
  public final boolean isTombstone() {
    return (header & TOMBSTONE) != 0;
  }

  /**
   * Whether it will be gone by itself.
   *
   * @return true if it has an expiry
   */
  public final boolean expires() {
    return (header & EXPIRES) != 0;
  }

  /**
   * When it is gone.
   *
   * @return milliseconds since 1970; {@link Long#MAX_VALUE} for never
   */
  public final long expiresAtMillis() {
    return expires() ? (long) LONG.get(data, data.length - 8) : Long.MAX_VALUE;
  }

  /**
   * The same record with the versions that it replaced behind it.
   *
   * @param older the versions
   * @return a record that shares its data with this one
   */
  public final StoredRecord withOlder(OlderVersions older) {
    return new Versioned(this, older);
  }

  /**
   * The versions that it replaced.
   *
   * @return null if there are none that anybody may read
   */
  public final @Nullable OlderVersions older() {
    return this instanceof Versioned versioned ? versioned.older : null;
  }

  /**
   * The first byte of the key.
   *
   * @return the byte
   */
  public final byte firstKeyByte() {
    return data[0];
  }

  /**
   * Whether its key is the given one.
   *
   * @param key a key
   * @return true if equal
   */
  public final boolean hasKey(Bytes key) {
    return key.contentEquals(data, 0, keySize());
  }

  /**
   * Compares its key with another record's in unsigned bytewise order.
   *
   * @param other the other record
   * @return negative, zero or positive
   */
  public final int compareKey(StoredRecord other) {
    return Arrays.compareUnsigned(data, 0, keySize(), other.data, 0, other.keySize());
  }

  /**
   * Compares its key with a key in unsigned bytewise order.
   *
   * @param key the key
   * @return negative, zero or positive
   */
  public final int compareKey(Bytes key) {
    return -key.compareTo(data, 0, keySize());
  }

  /**
   * Up to eight bytes of the key as a number whose unsigned order is the order of those bytes.
   *
   * @param from index in the key of the first byte
   * @return big-endian, filled up with zeros past the key's end
   */
  public final long keyPrefix(int from) {
    int keySize = keySize();
    if (from + 8 <= keySize) {
      return Long.reverseBytes((long) LONG.get(data, from));
    }
    long prefix = 0;
    for (int i = from; i < keySize; i++) {
      prefix |= (data[i] & 0xffL) << (56 - 8 * (i - from));
    }
    return prefix;
  }

  /**
   * Size of key, value and expiry together.
   *
   * @return bytes
   */
  public final int dataSize() {
    return data.length;
  }

  /**
   * Copies key, value and expiry out.
   *
   * @param from index of the first byte to copy
   * @param target where to copy to
   * @param at index of the first byte written
   * @param count number of bytes
   */
  public final void copyTo(int from, byte[] target, int at, int count) {
    System.arraycopy(data, from, target, at, count);
  }

  /** A record with others behind it; no such class is loaded before the first is made. */
  private static final class Versioned extends StoredRecord {

    private final OlderVersions older;

    private Versioned(StoredRecord record, OlderVersions older) {
      super(record.data, record.header, record.hash, record.sequence);
      this.older = older;
    }
  }

  /**
   * The versions that a key had, as far as somebody may still read them: the newest first. Written
   * with the shard locked, one call at a time; read by any thread at any time.
   */
  public static final class OlderVersions {

    private static final int OVERHEAD_BYTES = 96;

    private volatile @Nullable Version newest;

    /** One version, the sequence of the write that replaced it, and the versions before it. */
    private record Version(StoredRecord record, long until, @Nullable Version before) {}

    /** No versions yet. */
    public OlderVersions() {}

    /**
     * Adds the version that is being replaced.
     *
     * @param record a record or a tombstone, newer than all that are here
     * @param until the sequence of the write that replaces it
     * @return bytes that are kept by it, about
     */
    public long add(StoredRecord record, long until) {
      newest = new Version(record, until, newest);
      return bytesOf(record);
    }

    /**
     * The version that counted at a moment.
     *
     * @param sequence the number of the last write before that moment
     * @return the newest version with at most this sequence; null if there is none
     */
    public @Nullable StoredRecord at(long sequence) {
      for (Version version = newest; version != null; version = version.before) {
        if (version.record.sequence() <= sequence) {
          return version.record;
        }
      }
      return null;
    }

    /**
     * Drops the versions that counted at none of the given moments.
     *
     * @param sequences the number of the last write before each moment, ascending
     * @return bytes that are not kept any more, about
     */
    public long retain(long[] sequences) {
      long dropped = 0;
      for (Version version = newest; version != null; version = version.before) {
        dropped += counted(version, sequences) ? 0 : bytesOf(version.record);
      }
      if (dropped > 0) {
        newest = only(sequences);
      }
      return dropped;
    }

    /**
     * Whether there are none.
     *
     * @return true if nothing is left
     */
    public boolean isEmpty() {
      return newest == null;
    }

    private @Nullable Version only(long[] sequences) {
      Deque<Version> kept = new ArrayDeque<>();
      for (Version version = newest; version != null; version = version.before) {
        if (counted(version, sequences)) {
          kept.push(version);
        }
      }
      Version chain = null;
      for (Version version : kept) {
        chain = new Version(version.record, version.until, chain);
      }
      return chain;
    }

    private static boolean counted(Version version, long[] sequences) {
      int place = Arrays.binarySearch(sequences, version.record.sequence());
      int first = place < 0 ? -place - 1 : place;
      return first < sequences.length && sequences[first] < version.until;
    }

    private static long bytesOf(StoredRecord record) {
      return (long) record.dataSize() + OVERHEAD_BYTES;
    }
  }
}
