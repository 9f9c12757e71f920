package io.warpengine.wal.internal.v1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The layout of a block file: a header of 64 bytes, blocks of at most 64 KiB before compression,
 * and a footer block with the totals.
 *
 * <p>A block is a header of 16 bytes (checksum, stored size, raw size, codec and number) and its
 * stored bytes. The checksum covers the rest of the header and the stored bytes, so that nothing is
 * decompressed that was not verified; the number ties the block to its place.
 */
final class BlockFormat {

  static final int VERSION = 1;
  static final int HEADER_BYTES = 64;
  static final int BLOCK_HEADER_BYTES = 16;
  static final int BLOCK_BYTES = 64 << 10;
  static final int FOOTER_BYTES = 16;

  static final int CODEC_NONE = 0;
  static final int CODEC_LZ4 = 1;
  static final int CODEC_FOOTER = 255;

  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long MAGIC = 0x4b4c_4250_5241_57L;
  private static final int CHECKSUM_AT = HEADER_BYTES - 4;

  private BlockFormat() {}

  static byte[] header(UUID databaseId, long owner) {
    ByteBuffer target = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    target.putLong(MAGIC).putInt(VERSION).putInt(0);
    target.putLong(databaseId.getMostSignificantBits());
    target.putLong(databaseId.getLeastSignificantBits());
    target.putLong(owner);
    target.putInt(CHECKSUM_AT, checksum(target.array(), 0, CHECKSUM_AT));
    return target.array();
  }

  /** The version that an intact header names; 0 if it is not intact. */
  static int version(byte[] header) {
    ByteBuffer source = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    boolean intact =
        source.getLong(0) == MAGIC
            && source.getInt(CHECKSUM_AT) == checksum(header, 0, CHECKSUM_AT);
    return intact ? source.getInt(8) : 0;
  }

  /** Completes a block whose stored bytes are in place. */
  static void complete(byte[] block, int stored, int raw, int codec, long number) {
    INT.set(block, 4, stored);
    INT.set(block, 8, raw);
    INT.set(block, 12, codec | (int) number << 8);
    INT.set(block, 0, checksum(block, 4, BLOCK_HEADER_BYTES - 4 + stored));
  }

  /** Whether sizes and number of a block are possible. */
  static boolean isPlausible(byte[] block, long number) {
    int stored = (int) INT.get(block, 4);
    int raw = (int) INT.get(block, 8);
    return stored >= 0
        && stored <= BLOCK_BYTES
        && raw >= 0
        && raw <= BLOCK_BYTES
        && (int) INT.get(block, 12) >>> 8 == ((int) number & 0xff_ffff);
  }

  static boolean isIntact(byte[] block) {
    int stored = (int) INT.get(block, 4);
    return (int) INT.get(block, 0) == checksum(block, 4, BLOCK_HEADER_BYTES - 4 + stored);
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
