package io.warpengine.kernel.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of asynchronous writes that are not acknowledged yet. Whoever would go beyond the bound
 * waits; a single write larger than the bound passes alone. The thread that acknowledges never
 * waits, since it would wait for itself.
 */
final class InFlight {

  private final long most;
  private final AtomicLong used = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private volatile int waiting;
  private volatile @Nullable Thread acknowledging;

  InFlight(long most) {
    this.most = most;
  }

  /** Takes bytes, when there is room. */
  void take(long bytes) {
    if (!tryTake(bytes)) {
      if (Thread.currentThread().equals(acknowledging)) {
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

  /** Says that the present thread acknowledges. */
  void acknowledging() {
    Thread present = Thread.currentThread();
    if (!present.equals(acknowledging)) {
      acknowledging = present;
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
