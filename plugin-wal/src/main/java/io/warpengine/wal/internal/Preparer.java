package io.warpengine.wal.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The thread that keeps the next segment prepared, and tries again while the disk is full. */
final class Preparer implements Runnable {

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final SegmentRoom room;
  private final Thread thread;
  private volatile boolean due;
  private volatile boolean stopping;
  private volatile long written;

  Preparer(SegmentRoom room) {
    this.room = room;
    this.thread = Thread.ofPlatform().name("warp-wal-prepare").daemon().unstarted(this);
  }

  void start() {
    thread.start();
  }

  /** The log has come so far that the next segment should be there soon. */
  void wake(long position) {
    if (!due) {
      written = position;
      due = true;
      LockSupport.unpark(thread);
    }
  }

  void close() {
    stopping = true;
    LockSupport.unpark(thread);
    Threads.join(thread);
  }

  @Override
  public void run() {
    while (!stopping) {
      Threads.forgetInterrupt();
      if (due || !room.problem().isEmpty()) {
        room.prepareAhead(written);
        due = false;
      }
      if (!due && !stopping) {
        if (room.problem().isEmpty()) {
          LockSupport.park(this);
        } else {
          LockSupport.parkNanos(this, RETRY_NANOS);
        }
      }
    }
  }
}
