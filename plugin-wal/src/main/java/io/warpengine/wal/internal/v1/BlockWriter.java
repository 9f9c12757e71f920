package io.warpengine.wal.internal.v1;

import io.warpengine.spi.disk.DiskFile;
import java.util.UUID;
import net.jpountz.lz4.LZ4Compressor;

/**
 * Writes a block file: bytes in sequence, in blocks that are compressed where that pays.
 *
 * <p>A block is stored compressed if that saves an eighth, as ZFS does: less is not worth
 * decompressing. After a block that did not save it the next one is stored as it is, after two in
 * vain the next three, and so on up to fifteen, so that bytes that do not compress cost next to
 * nothing and a change of the bytes is noticed soon.
 */
public final class BlockWriter {

  /** The part of a block that compression must save: one by this. */
  private static final int WORTHWHILE = 8;

  private static final int MOST_PASSED_OVER = 15;

  private final DiskFile file;
  private final LZ4Compressor compressor;
  private final byte[] raw = new byte[BlockFormat.BLOCK_BYTES];
  private final byte[] block;
  private int filled;
  private int inVain;
  private int passOver;
  private long position;
  private long blocks;
  private long total;

  /**
   * Begins a file.
   *
   * @param file an empty file
   * @param compressor compresses blocks
   * @param databaseId the database that it belongs to
   * @param owner a number that ties the file to what it is part of
   */
  public BlockWriter(DiskFile file, LZ4Compressor compressor, UUID databaseId, long owner) {
    this.file = file;
    this.compressor = compressor;
    this.block =
        new byte
            [BlockFormat.BLOCK_HEADER_BYTES
                + compressor.maxCompressedLength(BlockFormat.BLOCK_BYTES)];
    byte[] header = BlockFormat.header(databaseId, owner);
    file.write(0, header, 0, header.length);
    position = header.length;
  }

  /**
   * Appends bytes.
   *
   * @param source the bytes
   * @param offset index of the first one
   * @param length number of bytes
   */
  public void write(byte[] source, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, raw.length - filled);
      System.arraycopy(source, from, raw, filled, count);
      filled += count;
      from += count;
      left -= count;
      if (filled == raw.length) {
        writeBlock();
      }
    }
  }

  /** Writes the last block and the footer and makes the file durable; does not close it. */
  public void finish() {
    if (filled > 0) {
      writeBlock();
    }
    BlockFormat.LONG.set(block, BlockFormat.BLOCK_HEADER_BYTES, total);
    BlockFormat.LONG.set(block, BlockFormat.BLOCK_HEADER_BYTES + 8, blocks);
    put(BlockFormat.FOOTER_BYTES, BlockFormat.FOOTER_BYTES, BlockFormat.CODEC_FOOTER);
    file.force();
  }

  /**
   * What was written so far.
   *
   * @return bytes before compression
   */
  public long total() {
    return total + filled;
  }

  private void writeBlock() {
    int at = BlockFormat.BLOCK_HEADER_BYTES;
    int size = compress(at);
    if (size > 0) {
      put(size, filled, BlockFormat.CODEC_LZ4);
    } else {
      System.arraycopy(raw, 0, block, at, filled);
      put(filled, filled, BlockFormat.CODEC_NONE);
    }
    total += filled;
    blocks++;
    filled = 0;
  }

  /** The size after compression; 0 if the block is better stored as it is. */
  private int compress(int at) {
    if (passOver > 0) {
      passOver--;
      return 0;
    }
    int size = compressor.compress(raw, 0, filled, block, at, block.length - at);
    if (size <= filled - filled / WORTHWHILE) {
      inVain = 0;
      return size;
    }
    inVain = Math.min(2 * inVain + 1, MOST_PASSED_OVER);
    passOver = inVain;
    return 0;
  }

  private void put(int stored, int rawBytes, int codec) {
    BlockFormat.complete(block, stored, rawBytes, codec, blocks);
    int length = BlockFormat.BLOCK_HEADER_BYTES + stored;
    file.write(position, block, 0, length);
    position += length;
  }
}
