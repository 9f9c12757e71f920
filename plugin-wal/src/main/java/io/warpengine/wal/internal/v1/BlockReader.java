package io.warpengine.wal.internal.v1;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.wal.WalError;
import java.util.Arrays;
import java.util.UUID;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Reads a block file in sequence, checking every block before it is decompressed. */
public final class BlockReader {

  private final DiskFile file;
  private final String path;
  private final LZ4SafeDecompressor decompressor;
  private final byte[] block = new byte[BlockFormat.BLOCK_HEADER_BYTES + BlockFormat.BLOCK_BYTES];
  private final byte[] raw = new byte[BlockFormat.BLOCK_BYTES];
  private int next;
  private int filled;
  private long position;
  private long blocks;
  private long total;
  private boolean ended;

  /**
   * Begins at the beginning.
   *
   * @param file the file
   * @param path its name for messages
   * @param decompressor decompresses blocks
   * @param databaseId the database that it should belong to
   * @param owner the number that should tie it to what it is part of
   * @throws WarpException CHECKPOINT_DAMAGED or FORMAT_TOO_NEW
   */
  public BlockReader(
      DiskFile file, String path, LZ4SafeDecompressor decompressor, UUID databaseId, long owner) {
    this.file = file;
    this.path = path;
    this.decompressor = decompressor;
    byte[] header = new byte[BlockFormat.HEADER_BYTES];
    int count = file.read(0, header, 0, header.length);
    int version = count < header.length ? 0 : BlockFormat.version(header);
    if (version > BlockFormat.VERSION) {
      throw new WarpException(
          CoreError.FORMAT_TOO_NEW,
          "The file ["
              + path
              + "] has format version ["
              + version
              + "]; this engine knows ["
              + BlockFormat.VERSION
              + "].",
          "Open it with the version of WarpEngine that wrote it, or a later one.");
    }
    if (version == 0) {
      throw damaged("its header is damaged");
    }
    if (!Arrays.equals(header, BlockFormat.header(databaseId, owner))) {
      throw damaged("it belongs somewhere else");
    }
    position = header.length;
  }

  /**
   * Reads bytes in sequence.
   *
   * @param target where to put them
   * @param offset index of the first byte put
   * @param length number of bytes wanted
   * @return number of bytes read, less than {@code length} only at the end
   * @throws WarpException CHECKPOINT_DAMAGED
   */
  public int read(byte[] target, int offset, int length) {
    int done = 0;
    while (done < length) {
      if (next == filled && !readBlock()) {
        break;
      }
      int count = Math.min(length - done, filled - next);
      System.arraycopy(raw, next, target, offset + done, count);
      next += count;
      done += count;
    }
    return done;
  }

  /**
   * Reads and checks everything that is left.
   *
   * @return bytes of the whole file before compression
   * @throws WarpException CHECKPOINT_DAMAGED
   */
  public long drain() {
    while (readBlock()) {
      next = filled;
    }
    return total;
  }

  private boolean readBlock() {
    if (ended) {
      return false;
    }
    int header = BlockFormat.BLOCK_HEADER_BYTES;
    if (file.read(position, block, 0, header) < header) {
      throw damaged("it ends before its footer");
    }
    if (!BlockFormat.isPlausible(block, blocks)) {
      throw damaged("a block's header is damaged");
    }
    int stored = (int) BlockFormat.INT.get(block, 4);
    if (file.read(position + header, block, header, stored) < stored) {
      throw damaged("it ends inside a block");
    }
    if (!BlockFormat.isIntact(block)) {
      throw damaged("a block's checksum is wrong");
    }
    int codec = (int) BlockFormat.INT.get(block, 12) & 0xff;
    if (codec == BlockFormat.CODEC_FOOTER) {
      return readFooter(stored);
    }
    unpack(codec, stored, (int) BlockFormat.INT.get(block, 8));
    position += header + stored;
    total += filled;
    blocks++;
    return true;
  }

  private void unpack(int codec, int stored, int size) {
    int at = BlockFormat.BLOCK_HEADER_BYTES;
    if (codec == BlockFormat.CODEC_NONE && stored == size) {
      System.arraycopy(block, at, raw, 0, size);
    } else if (codec != BlockFormat.CODEC_LZ4 || decompress(at, stored) != size) {
      throw damaged("a block cannot be unpacked");
    }
    next = 0;
    filled = size;
  }

  private int decompress(int at, int stored) {
    try {
      return decompressor.decompress(block, at, stored, raw, 0);
    } catch (LZ4Exception e) {
      throw damaged("a block cannot be decompressed: " + e.getMessage());
    }
  }

  private boolean readFooter(int stored) {
    int at = BlockFormat.BLOCK_HEADER_BYTES;
    boolean right =
        stored == BlockFormat.FOOTER_BYTES
            && (long) BlockFormat.LONG.get(block, at) == total
            && (long) BlockFormat.LONG.get(block, at + 8) == blocks
            && file.size() == position + at + stored;
    if (!right) {
      throw damaged("its footer does not fit it");
    }
    ended = true;
    return false;
  }

  private WarpException damaged(String what) {
    return new WarpException(
        WalError.CHECKPOINT_DAMAGED,
        "The checkpoint file [" + path + "] is damaged at offset [" + position + "]: " + what + ".",
        "Restore a backup.");
  }
}
