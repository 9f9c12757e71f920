package io.warpengine.kernel.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes of asynchronous writes that are not acknowledged yet. Whoever would go beyond the bound
 * waits; a single write larger than the bound passes alone. A thread never waits while it
 * acknowledges, since it would wait for itself.
 */
final class InFlight {

  private final long most;
  private final AtomicLong used = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private volatile int waiting;

  /** How many acknowledgements the present thread is within. */
  private final ThreadLocal<int[]> acknowledging = ThreadLocal.withInitial(() -> new int[1]);

  InFlight(long most) {
    this.most = most;
  }

  /** Takes bytes, when there is room. */
  void take(long bytes) {
    if (!tryTake(bytes)) {
      if (acknowledging.get()[0] > 0) {
        used.addAndGet(bytes);
      } else {
        await(bytes);
      }
    }
  }

  /** Gives bytes back. */
  void give(long bytes) {
    used.addAndGet(-bytes);
    if (waiting != 0) {
      lock.lock();
      try {
        freed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Gives bytes back and acknowledges: what runs within may take bytes without waiting. */
  void acknowledge(long bytes, Runnable acknowledgement) {
    give(bytes);
    int[] depth = acknowledging.get();
    depth[0]++;
    try {
      acknowledgement.run();
    } finally {
      depth[0]--;
    }
  }

  long bytes() {
    return used.get();
  }

  private boolean tryTake(long bytes) {
    while (true) {
      long present = used.get();
      if (present != 0 && present + bytes > most) {
        return false;
      }
      if (used.compareAndSet(present, present + bytes)) {
        return true;
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void await(long bytes) {
    lock.lock();
    try {
      waiting++;
      while (!tryTake(bytes)) {
        freed.awaitUninterruptibly();
      }
    } finally {
      waiting--;
      lock.unlock();
    }
  }
}
