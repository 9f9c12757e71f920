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

  /**
   * Makes everything durable, records a clean end and frees all files.
   *
   * @throws io.warpengine.api.WarpException OUTCOME_UNKNOWN if the log failed before everything was
   *     durable; the files are freed all the same
   */
  void close() {
    checkpoints.stop();
    preparer.close();
    boolean clean = false;
    try {
      stream.finish();
      if (stream.writer().failure().reason() == null) {
        checkpoints.closedAt(stream.writer().written());
        clean = true;
      }
    } finally {
      stream.writer().close(clean);
      room.discard();
    }
    if (!clean && !stream.writer().isDurable()) {
      throw stream.writer().failure().outcomeUnknown();
    }
  }
}
