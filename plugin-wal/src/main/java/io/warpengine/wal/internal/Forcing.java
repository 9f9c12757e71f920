package io.warpengine.wal.internal;

import io.warpengine.spi.disk.DiskFile;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes what is written durable, for everybody at once. Forcing is serialized: the operating system
 * reports a failure once, and another thread must not take the next answer for a success.
 */
final class Forcing {

  private final LogFailure failure;
  private final WalMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private long framesForced;
  private volatile long durable;
  private volatile long began;
  private volatile long ended = System.nanoTime();
  private volatile long covered = ended;

  Forcing(LogFailure failure, WalMetrics metrics, long start) {
    this.failure = failure;
    this.metrics = metrics;
    this.durable = start;
  }

  /** Everything before this LSN is durable. */
  long durable() {
    return durable;
  }

  /** When the sync that is going on began, in nanoseconds; 0 if none is. */
  long began() {
    return began;
  }

  /** What was written before this time, in nanoseconds, is durable. */
  long covered() {
    return covered;
  }

  /** When the last sync ended, in nanoseconds. */
  long ended() {
    return ended;
  }

  /**
   * Forces a segment, unless what is wanted has become durable meanwhile.
   *
   * @param segment holds everything before the target that is not durable yet
   * @param target everything before this LSN is written
   * @param frames number of frames before the target
   * @param asked a time, in nanoseconds, before which everything written lies before the target
   */
  void force(Segment segment, long target, long frames, long asked) {
    lock.lock();
    try {
      failure.check();
      if (durable < target) {
        long nanos = force(segment);
        durable = target;
        covered = asked;
        metrics.syncs().add(1);
        metrics.syncNanos().record(nanos);
        metrics.groupFrames().record(frames - framesForced);
        framesForced = frames;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the sync that is going on. */
  void await() {
    lock.lock();
    try {
      failure.check();
    } finally {
      lock.unlock();
    }
  }

  /** Closes a file that is not to be forced any more. */
  void close(DiskFile file) {
    lock.lock();
    try {
      file.close();
    } finally {
      lock.unlock();
    }
  }

  private long force(Segment segment) {
    long start = System.nanoTime();
    began = start;
    try {
      segment.file().force();
    } catch (RuntimeException | Error e) {
      throw failure.fail("syncing [" + segment.path() + "]", e);
    } finally {
      began = 0;
      ended = System.nanoTime();
    }
    return ended - start;
  }
}
