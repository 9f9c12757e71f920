package io.warpengine.wal.internal;

import java.util.concurrent.locks.LockSupport;

/** Waiting in spite of interrupts. */
final class Threads {

  private Threads() {}

  /**
   * Clears the flag that foreign code left on a thread of the log, which could not park with it.
   */
  static void forgetInterrupt() {
    if (Thread.interrupted()) {
      Loggers.LOG.debug("A thread of the log was left interrupted");
    }
  }

  /** Parks even if the thread is interrupted, and keeps the interrupt for the caller. */
  static void park(long nanos) {
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(nanos);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a thread to end, and keeps an interrupt for the caller. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
