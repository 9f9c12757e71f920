package io.warpengine.spi.store;

import io.warpengine.api.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One version of a record, or a tombstone: immutable, and laid out to cost little. Key, value and
 * expiry share one array, in that order, so that finding a record touches two objects and
 * journalling it copies once.
 */
public final class StoredRecord {

  /** The largest key, in bytes. */
  public static final int MAX_KEY_BYTES = 1 << 16;

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
   * The key.
   *
   * @return a view
   */
  public Bytes key() {
    return Bytes.wrap(data, 0, keySize());
  }

  /**
   * The value.
   *
   * @return a view; empty for a tombstone
   */
  public Bytes value() {
    int keySize = keySize();
    return Bytes.wrap(data, keySize, valueSize());
  }

  /**
   * Bytes of the key.
   *
   * @return 1 to {@link #MAX_KEY_BYTES}
   */
  public int keySize() {
    return header & KEY_MASK;
  }

  /**
   * Bytes of the value.
   *
   * @return 0 or more
   */
  public int valueSize() {
    return data.length - keySize() - (expires() ? 8 : 0);
  }

  /**
   * The lower 32 bits of the key's hash.
   *
   * @return the hash
   */
  public int hash() {
    return hash;
  }

  /**
   * The number, in its shard, of the write that made it.
   *
   * @return 1 or more
   */
  public long sequence() {
    return sequence;
  }

  /**
   * Whether it says that the key is deleted.
   *
   * @return true for a tombstone
   */
  public boolean isTombstone() {
    return (header & TOMBSTONE) != 0;
  }

  /**
   * Whether it will be gone by itself.
   *
   * @return true if it has an expiry
   */
  public boolean expires() {
    return (header & EXPIRES) != 0;
  }

  /**
   * When it is gone.
   *
   * @return milliseconds since 1970; {@link Long#MAX_VALUE} for never
   */
  public long expiresAtMillis() {
    return expires() ? (long) LONG.get(data, data.length - 8) : Long.MAX_VALUE;
  }

  /**
   * Whether its key is the given one.
   *
   * @param key a key
   * @return true if equal
   */
  public boolean hasKey(Bytes key) {
    return key.contentEquals(data, 0, keySize());
  }

  /**
   * Compares its key with another record's in unsigned bytewise order.
   *
   * @param other the other record
   * @return negative, zero or positive
   */
  public int compareKey(StoredRecord other) {
    return Arrays.compareUnsigned(data, 0, keySize(), other.data, 0, other.keySize());
  }

  /**
   * Compares its key with a key in unsigned bytewise order.
   *
   * @param key the key
   * @return negative, zero or positive
   */
  public int compareKey(Bytes key) {
    return -key.compareTo(data, 0, keySize());
  }

  /**
   * Up to eight bytes of the key as a number whose unsigned order is the order of those bytes.
   *
   * @param from index in the key of the first byte
   * @return big-endian, filled up with zeros past the key's end
   */
  public long keyPrefix(int from) {
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
  public int dataSize() {
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
  public void copyTo(int from, byte[] target, int at, int count) {
    System.arraycopy(data, from, target, at, count);
  }
}
