package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the log has failed. After a failed write or force nothing is written any more: what the
 * file holds is not known, and trying again on the same pages proves nothing.
 */
final class LogFailure {

  private final SegmentRoom room;
  private volatile @Nullable WarpException reason;

  LogFailure(SegmentRoom room) {
    this.room = room;
  }

  /** Why nothing is written any more; null if it is. */
  @Nullable WarpException reason() {
    return reason;
  }

  /** Throws OUTCOME_UNKNOWN if the log has failed. */
  void check() {
    if (reason != null) {
      throw outcomeUnknown();
    }
  }

  /** Throws READ_ONLY if the log has failed. */
  void refuse() {
    WarpException cause = reason;
    if (cause != null) {
      throw new WarpException(
          CoreError.READ_ONLY,
          cause.problems().getFirst().what(),
          "Look at the disk, then reopen the database.",
          cause);
    }
  }

  /** Ends all writing; the first reason stays. */
  synchronized WarpException fail(String what, Throwable cause) {
    if (reason == null) {
      reason =
          new WarpException(
              CoreError.DISK_FAILED,
              "The log failed for good when " + what + ": " + cause.getMessage(),
              "Look at the disk, then reopen the database.",
              cause);
      room.stop();
      Loggers.LOG.error("The log accepts no more writes", reason);
    }
    return outcomeUnknown();
  }

  /** What those learn who wait for something that is not durable. */
  WarpException outcomeUnknown() {
    WarpException cause = reason;
    if (cause == null) {
      return new WarpException(
          CoreError.OUTCOME_UNKNOWN,
          "Nobody knows whether the write is durable: the log was closed.",
          "Open the database again; recovery tells.");
    }
    return new WarpException(
        CoreError.OUTCOME_UNKNOWN,
        "Nobody knows whether the write is durable: " + cause.problems().getFirst().what(),
        "Reopen the database; recovery tells.",
        cause);
  }
}
