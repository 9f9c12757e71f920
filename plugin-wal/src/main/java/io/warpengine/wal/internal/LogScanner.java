package io.warpengine.wal.internal;

import io.warpengine.spi.disk.DiskFile;
import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.SegmentHeader;
import java.util.Arrays;

/** Reads the frames of one segment, checking each. */
final class LogScanner {

  private static final int CHUNK_BYTES = 1 << 20;
  private static final byte[] ZEROS = new byte[1 << 16];

  private final DiskFile file;
  private final SegmentHeader header;
  private byte[] chunk = new byte[0];
  private long chunkLsn;
  private int chunkBytes;
  private long durableLsn;
  private int lastChecksum;
  private boolean any;

  LogScanner(DiskFile file, SegmentHeader header) {
    this.file = file;
    this.header = header;
  }

  /** Receives frames that are intact, each with its header at an index of an array. */
  @FunctionalInterface
  interface Visitor {

    /** A frame; the array is never written to again. */
    void frame(long lsn, byte[] bytes, int at);
  }

  /** The largest durable LSN that a frame told. */
  long durableLsn() {
    return durableLsn;
  }

  /** The checksum of the last frame visited; 0 if there was none. */
  int lastChecksum() {
    return any ? lastChecksum : 0;
  }

  /**
   * Visits frames that follow each other without a gap.
   *
   * @param from where the first one begins
   * @param limit where the segment's part of the log ends
   * @param visitor receives them
   * @return the LSN after the last one: the limit if nothing is wrong
   */
  long scan(long from, long limit, Visitor visitor) {
    long lsn = from;
    while (lsn < limit && intactAt(lsn, limit)) {
      int at = (int) (lsn - chunkLsn);
      durableLsn = Math.max(durableLsn, Frame.durableLsn(chunk, at));
      lastChecksum = Frame.checksumField(chunk, at);
      any = true;
      visitor.frame(lsn, chunk, at);
      lsn += Frame.size(Frame.payloadBytes(chunk, at));
    }
    return lsn;
  }

  /**
   * Looks for the next intact frame. What was never written is zeros, which are passed over at the
   * speed of memory.
   *
   * @param from where to begin
   * @param limit where the segment's part of the log ends
   * @return its LSN; the limit if there is none
   */
  long find(long from, long limit) {
    long lsn = from;
    while (lsn < limit && load(lsn, Frame.HEADER_BYTES)) {
      int zeros = zerosAt(lsn);
      if (zeros > 0) {
        lsn += zeros;
      } else if (intactAt(lsn, limit)) {
        return lsn;
      } else {
        lsn += Frame.ALIGNMENT;
      }
    }
    return limit;
  }

  /** How many zeros of the chunk no frame can begin in; a multiple of the alignment. */
  private int zerosAt(long lsn) {
    int at = (int) (lsn - chunkLsn);
    int most = Math.min(ZEROS.length, chunkBytes - at);
    int zeros = Arrays.mismatch(chunk, at, at + most, ZEROS, 0, most);
    return (zeros < 0 ? most : zeros) / Frame.ALIGNMENT * Frame.ALIGNMENT;
  }

  /** Size of the frame that was begun at a place, intact or not; 0 if none was. */
  int begunBytes(long lsn, long limit) {
    return begunAt(lsn, limit) ? Frame.size(Frame.payloadBytes(chunk, (int) (lsn - chunkLsn))) : 0;
  }

  private boolean begunAt(long lsn, long limit) {
    return load(lsn, Frame.HEADER_BYTES)
        && Frame.isPlausible(chunk, (int) (lsn - chunkLsn), header.incarnation(), lsn, limit - lsn);
  }

  private boolean intactAt(long lsn, long limit) {
    if (!begunAt(lsn, limit)) {
      return false;
    }
    int size = Frame.size(Frame.payloadBytes(chunk, (int) (lsn - chunkLsn)));
    return load(lsn, size) && Frame.isIntact(chunk, (int) (lsn - chunkLsn), header.salt());
  }

  /** Makes sure that some bytes are in the chunk; false if the file ends before. */
  private boolean load(long lsn, int bytes) {
    if (lsn >= chunkLsn && lsn + bytes <= chunkLsn + chunkBytes) {
      return true;
    }
    long left = header.endLsn() - lsn;
    if (left < bytes) {
      return false;
    }
    left = Math.min(left, file.size() - header.offset(lsn));
    if (left < bytes) {
      return false;
    }
    chunk = new byte[(int) Math.min(left, Math.max(CHUNK_BYTES, bytes))];
    chunkLsn = lsn;
    chunkBytes = file.read(header.offset(lsn), chunk, 0, chunk.length);
    return bytes <= chunkBytes;
  }
}
