package io.warpengine.wal.internal.v1;

import io.warpengine.spi.store.StoredRecord;

/**
 * Records inside a frame's payload: a flags byte, four variable-length numbers (shard, sequence,
 * key size, data size), then the data as {@link StoredRecord#copyTo} gives it. A BATCH payload is a
 * variable-length count, then that many records.
 *
 * <p>Variable-length numbers have seven bits per byte, lowest first; the top bit says that more
 * follow.
 */
public final class Records {

  private static final int EXPIRES = 1;
  private static final int TOMBSTONE = 2;

  private Records() {}

  /**
   * Size of a record in a payload.
   *
   * @param shard its shard
   * @param record the record
   * @return bytes
   */
  public static int size(int shard, StoredRecord record) {
    int data = record.dataSize();
    return 1
        + numberSize(shard)
        + numberSize(record.sequence())
        + numberSize(record.keySize())
        + numberSize(data)
        + data;
  }

  /**
   * Writes a record.
   *
   * @param target where to
   * @param at index of the first byte
   * @param shard its shard
   * @param record the record
   * @return index after the last byte
   */
  public static int write(byte[] target, int at, int shard, StoredRecord record) {
    target[at] = (byte) ((record.expires() ? EXPIRES : 0) | (record.isTombstone() ? TOMBSTONE : 0));
    int data = record.dataSize();
    int next = writeNumber(target, at + 1, shard);
    next = writeNumber(target, next, record.sequence());
    next = writeNumber(target, next, record.keySize());
    next = writeNumber(target, next, data);
    record.copyTo(0, target, next, data);
    return next + data;
  }

  /**
   * Bytes of a variable-length number.
   *
   * @param number 0 or more
   * @return 1 to 9
   */
  public static int numberSize(long number) {
    return (63 - Long.numberOfLeadingZeros(number | 1)) / 7 + 1;
  }

  /**
   * Writes a variable-length number.
   *
   * @param target where to
   * @param at index of the first byte
   * @param number 0 or more
   * @return index after the last byte
   */
  public static int writeNumber(byte[] target, int at, long number) {
    long rest = number;
    int next = at;
    while (rest > 0x7f) {
      target[next++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[next++] = (byte) rest;
    return next;
  }

  /** Reads records one after the other; reused, not shared between threads. */
  public static final class Reader {

    private byte[] source = new byte[0];
    private int next;
    private int end;
    private int flags;
    private int shard;
    private long sequence;
    private int keySize;
    private int dataAt;
    private int dataSize;

    /** A reader of nothing. */
    public Reader() {}

    /**
     * Begins at a place.
     *
     * @param bytes holds the payload
     * @param from index of the first byte
     * @param to index after the last byte
     */
    public void reset(byte[] bytes, int from, int to) {
      source = bytes;
      next = from;
      end = to;
    }

    /**
     * Reads the count at the beginning of a BATCH.
     *
     * @return the count
     * @throws IllegalArgumentException if the payload is malformed
     */
    public int readCount() {
      return readInt();
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if the payload is malformed
     */
    public void readRecord() {
      if (next >= end) {
        throw malformed();
      }
      flags = source[next++];
      shard = readInt();
      sequence = readNumber();
      keySize = readInt();
      dataSize = readInt();
      dataAt = next;
      boolean wrong =
          (flags & ~(EXPIRES | TOMBSTONE)) != 0
              || dataSize > end - dataAt
              || keySize + (expires() ? 8L : 0L) > dataSize
              || (tombstone() && keySize != dataSize);
      if (wrong) {
        throw malformed();
      }
      next = dataAt + dataSize;
    }

    /**
     * Index after what was read.
     *
     * @return an index in the source
     */
    public int position() {
      return next;
    }

    /**
     * The record's shard.
     *
     * @return 0 or more
     */
    public int shard() {
      return shard;
    }

    /**
     * The record's sequence.
     *
     * @return 0 or more
     */
    public long sequence() {
      return sequence;
    }

    /**
     * Size of the record's key.
     *
     * @return bytes
     */
    public int keySize() {
      return keySize;
    }

    /**
     * Size of the record's data.
     *
     * @return bytes
     */
    public int dataSize() {
      return dataSize;
    }

    /**
     * Index of the record's data.
     *
     * @return an index in the source
     */
    public int dataAt() {
      return dataAt;
    }

    /**
     * Whether the data ends with an expiry.
     *
     * @return true if it does
     */
    public boolean expires() {
      return (flags & EXPIRES) != 0;
    }

    /**
     * Whether the record is a tombstone.
     *
     * @return true if it is
     */
    public boolean tombstone() {
      return (flags & TOMBSTONE) != 0;
    }

    private int readInt() {
      long number = readNumber();
      if (number > Integer.MAX_VALUE) {
        throw malformed();
      }
      return (int) number;
    }

    private long readNumber() {
      long number = 0;
      for (int shift = 0; shift < 63 && next < end; shift += 7) {
        byte piece = source[next++];
        number |= (piece & 0x7fL) << shift;
        if (piece >= 0) {
          return number;
        }
      }
      throw malformed();
    }

    private static IllegalArgumentException malformed() {
      return new IllegalArgumentException("The payload is malformed.");
    }
  }
}
