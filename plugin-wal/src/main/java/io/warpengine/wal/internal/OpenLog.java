package io.warpengine.wal.internal;

/**
 * A log that is open for writing, with its threads.
 *
 * @param stream stages and waits
 * @param room keeps room prepared
 * @param preparer the thread that prepares it
 * @param checkpoints makes checkpoints
 */
record OpenLog(Stream stream, SegmentRoom room, Preparer preparer, Checkpoints checkpoints) {

  void start() {
    preparer.start();
    stream.start();
    checkpoints.start();
  }

  /** Makes everything durable, records a clean end and frees all files. */
  void close() {
    checkpoints.stop();
    preparer.close();
    boolean clean = false;
    try {
      stream.finish();
      if (stream.writer().failure() == null) {
        checkpoints.closedAt(stream.writer().written());
        clean = true;
      }
    } finally {
      stream.writer().close(clean);
      room.discard();
    }
  }
}
