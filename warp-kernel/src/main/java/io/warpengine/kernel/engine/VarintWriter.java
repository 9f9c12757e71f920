package io.warpengine.kernel.engine;

import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.StoredRecord;

/** Writes numbers as unsigned LEB128, and records' data, through a buffer. */
final class VarintWriter implements AutoCloseable {

  private static final int MOST_BYTES = 10;

  private final CheckpointSink.Output output;
  private final byte[] buffer = new byte[1 << 16];
  private int used;

  VarintWriter(CheckpointSink.Output output) {
    this.output = output;
  }

  void number(long value) {
    if (used + MOST_BYTES > buffer.length) {
      drain();
    }
    long left = value;
    while ((left & ~0x7fL) != 0) {
      buffer[used++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    buffer[used++] = (byte) left;
  }

  void data(StoredRecord record) {
    int size = record.dataSize();
    int from = 0;
    while (from < size) {
      if (used == buffer.length) {
        drain();
      }
      int part = Math.min(size - from, buffer.length - used);
      record.copyTo(from, buffer, used, part);
      used += part;
      from += part;
    }
  }

  private void drain() {
    output.write(buffer, 0, used);
    used = 0;
  }

  /** Ends the file; what is still in the buffer is written. */
  @Override
  public void close() {
    drain();
    output.close();
  }
}
