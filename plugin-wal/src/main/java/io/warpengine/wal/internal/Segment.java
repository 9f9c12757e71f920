package io.warpengine.wal.internal;

import io.warpengine.spi.disk.DiskFile;
import io.warpengine.wal.internal.v1.SegmentHeader;

/**
 * A segment that is open for writing.
 *
 * @param path its file
 * @param file the open file
 * @param header what its header says
 */
record Segment(String path, DiskFile file, SegmentHeader header) {

  long endLsn() {
    return header.endLsn();
  }

  void write(long lsn, byte[] source, int offset, int length) {
    file.write(header.offset(lsn), source, offset, length);
  }
}
