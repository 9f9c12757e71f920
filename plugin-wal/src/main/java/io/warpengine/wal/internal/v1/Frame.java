package io.warpengine.wal.internal.v1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The log's unit of writing: a header of 32 bytes, a payload, and zeros up to a multiple of 8.
 *
 * <p>All numbers are little-endian. The checksum comes first so that it covers one run of bytes,
 * from offset 4 to the end of the payload. It is combined with the incarnation's salt: bytes that
 * an earlier incarnation left in a recycled segment never validate. Bytes of the same incarnation
 * at another place do not either, since the frame carries its own LSN.
 */
public final class Frame {

  /** Bytes of the header. */
  public static final int HEADER_BYTES = 32;

  /** Frames begin and end at multiples of this. */
  public static final int ALIGNMENT = 8;

  /** The largest payload. */
  public static final int MAX_PAYLOAD_BYTES = 1 << 30;

  /** One record. */
  public static final int RECORD = 1;

  /** Several records, all or nothing. */
  public static final int BATCH = 2;

  /** No records: it tells how far the log is durable. */
  public static final int SEAL = 3;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int CHECKED_FROM = 4;
  private static final int MAGIC = 0x4657;

  private Frame() {}

  /**
   * Size of a frame in the log.
   *
   * @param payloadBytes size of its payload
   * @return bytes, a multiple of 8
   */
  public static int size(int payloadBytes) {
    return (HEADER_BYTES + payloadBytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /**
   * Completes a frame whose payload is in place: writes header, checksum and padding.
   *
   * @param buffer where the frame is
   * @param at index of its first byte
   * @param type its type
   * @param payloadBytes size of its payload
   * @param incarnation the log's incarnation
   * @param salt the incarnation's salt
   * @param lsn the LSN of its first byte
   * @param durableLsn up to where the log is known to be durable
   */
  public static void complete(
      byte[] buffer,
      int at,
      int type,
      int payloadBytes,
      int incarnation,
      long salt,
      long lsn,
      long durableLsn) {
    INT.set(buffer, at + 4, MAGIC | type << 16);
    INT.set(buffer, at + 8, payloadBytes);
    INT.set(buffer, at + 12, incarnation);
    LONG.set(buffer, at + 16, lsn);
    LONG.set(buffer, at + 24, durableLsn);
    int end = at + HEADER_BYTES + payloadBytes;
    for (int padded = at + size(payloadBytes); end < padded; end++) {
      buffer[end] = 0;
    }
    INT.set(buffer, at, checksum(buffer, at, payloadBytes, salt));
  }

  /**
   * Whether the header at a place could be that of the frame that belongs there. Says nothing about
   * the checksum.
   *
   * @param buffer holds at least the header
   * @param at index of the first byte
   * @param incarnation the incarnation expected
   * @param lsn the LSN expected
   * @param room bytes from here to the end of the segment
   * @return true if magic, incarnation and LSN are as expected and the length fits
   */
  public static boolean isPlausible(byte[] buffer, int at, int incarnation, long lsn, long room) {
    int length = payloadBytes(buffer, at);
    return ((int) INT.get(buffer, at + 4) & 0xffff) == MAGIC
        && length >= 0
        && length <= MAX_PAYLOAD_BYTES
        && size(length) <= room
        && (int) INT.get(buffer, at + 12) == incarnation
        && (long) LONG.get(buffer, at + 16) == lsn;
  }

  /**
   * Whether the checksum holds.
   *
   * @param buffer holds the whole frame
   * @param at index of its first byte
   * @param salt the incarnation's salt
   * @return true if it does
   */
  public static boolean isIntact(byte[] buffer, int at, long salt) {
    return checksumField(buffer, at) == checksum(buffer, at, payloadBytes(buffer, at), salt);
  }

  /**
   * The checksum as stored.
   *
   * @param buffer holds the header
   * @param at index of its first byte
   * @return the field
   */
  public static int checksumField(byte[] buffer, int at) {
    return (int) INT.get(buffer, at);
  }

  /**
   * The type.
   *
   * @param buffer holds the header
   * @param at index of its first byte
   * @return 0 to 255
   */
  public static int type(byte[] buffer, int at) {
    return buffer[at + 6] & 0xff;
  }

  /**
   * The flags; none is defined yet.
   *
   * @param buffer holds the header
   * @param at index of its first byte
   * @return 0 to 255
   */
  public static int flags(byte[] buffer, int at) {
    return buffer[at + 7] & 0xff;
  }

  /**
   * Size of the payload.
   *
   * @param buffer holds the header
   * @param at index of its first byte
   * @return bytes; anything if the header was not checked
   */
  public static int payloadBytes(byte[] buffer, int at) {
    return (int) INT.get(buffer, at + 8);
  }

  /**
   * Up to where the log was known to be durable when the frame was made.
   *
   * @param buffer holds the header
   * @param at index of its first byte
   * @return an LSN
   */
  public static long durableLsn(byte[] buffer, int at) {
    return (long) LONG.get(buffer, at + 24);
  }

  private static int checksum(byte[] buffer, int at, int payloadBytes, long salt) {
    CRC32C crc = new CRC32C();
    crc.update(buffer, at + CHECKED_FROM, HEADER_BYTES - CHECKED_FROM + payloadBytes);
    return (int) crc.getValue() ^ (int) (salt ^ salt >>> 32);
  }
}
