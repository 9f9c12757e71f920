package io.warpengine.kernel.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes of asynchronous writes that are not acknowledged yet. Whoever would go beyond the bound
 * waits, and whoever comes later waits behind, so that a large write is not overtaken by small ones
 * for ever; a single write larger than the bound passes alone. A thread never waits while it
 * acknowledges, since it would wait for itself.
 *
 * <p>Those who take and those who give are different threads, so each side counts on a cache line
 * of its own, and takers look at what was given only when what they last saw is not enough.
 */
final class InFlight {

  private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);

  /** What was ever taken, what takers know to be given, and what was ever given. */
  private static final int TAKEN = 16;

  private static final int SEEN = 17;
  private static final int GIVEN = 32;

  private final long most;
  private final long[] counts = new long[48];
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private long lastTicket;
  private long served;
  private volatile int waiting;

  /** How many acknowledgements the present thread is within. */
  private final ThreadLocal<int[]> acknowledging = ThreadLocal.withInitial(() -> new int[1]);

  InFlight(long most) {
    this.most = most;
  }

  /** Takes bytes, when there is room. */
  void take(long bytes) {
    if (bytes == 0 || (waiting == 0 && tryTake(bytes))) {
      return;
    }
    if (acknowledging.get()[0] > 0) {
      LONG.getAndAdd(counts, TAKEN, bytes);
    } else {
      await(bytes);
    }
  }

  /** Gives bytes back. */
  void give(long bytes) {
    LONG.getAndAdd(counts, GIVEN, bytes);
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
    long given = (long) LONG.getVolatile(counts, GIVEN);
    return (long) LONG.getVolatile(counts, TAKEN) - given;
  }

  private boolean tryTake(long bytes) {
    while (true) {
      long taken = (long) LONG.getVolatile(counts, TAKEN);
      if (!fits(taken, (long) LONG.getOpaque(counts, SEEN), bytes)) {
        long given = (long) LONG.getVolatile(counts, GIVEN);
        if (!fits(taken, given, bytes)) {
          return false;
        }
        LONG.setOpaque(counts, SEEN, given);
      }
      if (LONG.compareAndSet(counts, TAKEN, taken, taken + bytes)) {
        return true;
      }
    }
  }

  private boolean fits(long taken, long given, long bytes) {
    return taken <= given || taken - given + bytes <= most;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void await(long bytes) {
    lock.lock();
    try {
      waiting++;
      long ticket = lastTicket++;
      while (ticket != served || !tryTake(bytes)) {
        freed.awaitUninterruptibly();
      }
      served++;
      freed.signalAll();
    } finally {
      waiting--;
      lock.unlock();
    }
  }
}
