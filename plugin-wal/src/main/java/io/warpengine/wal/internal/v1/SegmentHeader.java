package io.warpengine.wal.internal.v1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The first 4 KiB of a segment: the same 128 bytes twice, at offset 0 and at offset 2,048, each
 * with its own checksum.
 *
 * @param databaseId the database that it belongs to
 * @param stream the stream's number
 * @param number the segment's number
 * @param firstLsn the LSN of the first byte after the header
 * @param dataBytes room for frames
 * @param previousLsn the LSN where the segment before it ended
 * @param previousChecksum the checksum of the last frame before it; 0 if it is not known
 * @param incarnation the log's incarnation, 1 or more
 * @param salt the incarnation's salt
 */
public record SegmentHeader(
    UUID databaseId,
    int stream,
    long number,
    long firstLsn,
    long dataBytes,
    long previousLsn,
    int previousChecksum,
    int incarnation,
    long salt) {

  /** Bytes before the first frame. */
  public static final int BYTES = 4096;

  /** The format's version. */
  public static final int VERSION = 1;

  private static final int COPY_AT = 2048;
  private static final int COPY_BYTES = 128;
  private static final int CHECKSUM_AT = COPY_BYTES - 4;
  private static final long MAGIC = 0x474c_4157_5052_4157L;

  /**
   * The header as bytes.
   *
   * @return {@link #BYTES} bytes
   */
  public byte[] encode() {
    ByteBuffer target = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    target.putLong(MAGIC).putInt(VERSION).putInt(stream);
    target.putLong(databaseId.getMostSignificantBits());
    target.putLong(databaseId.getLeastSignificantBits());
    target.putLong(number).putLong(firstLsn).putLong(dataBytes).putLong(previousLsn);
    target.putInt(previousChecksum).putInt(incarnation).putLong(salt);
    byte[] bytes = target.array();
    target.putInt(CHECKSUM_AT, checksum(bytes, 0));
    System.arraycopy(bytes, 0, bytes, COPY_AT, COPY_BYTES);
    return bytes;
  }

  /**
   * The version that either copy names, whether the rest can be read or not.
   *
   * @param bytes the beginning of a file
   * @return the version; 0 if no copy is intact
   */
  public static int version(byte[] bytes) {
    int at = intactCopy(bytes);
    return at < 0 ? 0 : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 8);
  }

  /**
   * Reads a header.
   *
   * @param bytes the beginning of a file, {@link #BYTES} or fewer
   * @return the header; empty if neither copy is intact or the version is another one
   */
  public static Optional<SegmentHeader> decode(byte[] bytes) {
    int at = intactCopy(bytes);
    if (at < 0 || version(bytes) != VERSION) {
      return Optional.empty();
    }
    ByteBuffer source = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(at + 12);
    int stream = source.getInt();
    UUID databaseId = new UUID(source.getLong(), source.getLong());
    return Optional.of(
        new SegmentHeader(
            databaseId,
            stream,
            source.getLong(),
            source.getLong(),
            source.getLong(),
            source.getLong(),
            source.getInt(),
            source.getInt(),
            source.getLong()));
  }

  /**
   * The LSN after the last byte of its room.
   *
   * @return an LSN
   */
  public long endLsn() {
    return firstLsn + dataBytes;
  }

  /**
   * Where an LSN is in the file.
   *
   * @param lsn from {@link #firstLsn()} to {@link #endLsn()}
   * @return the offset
   */
  public long offset(long lsn) {
    return BYTES + lsn - firstLsn;
  }

  private static int intactCopy(byte[] bytes) {
    for (int at = 0; at <= COPY_AT; at += COPY_AT) {
      if (at + COPY_BYTES <= bytes.length) {
        ByteBuffer source = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (source.getLong(at) == MAGIC && source.getInt(at + CHECKSUM_AT) == checksum(bytes, at)) {
          return at;
        }
      }
    }
    return -1;
  }

  private static int checksum(byte[] bytes, int at) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, at, CHECKSUM_AT);
    return (int) crc.getValue();
  }
}
