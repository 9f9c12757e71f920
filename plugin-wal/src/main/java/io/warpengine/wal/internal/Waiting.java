package io.warpengine.wal.internal;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal.Waiter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One who waits for a frame: an element of {@link Queue}. */
final class Waiting {

  final long lsn;
  final Durability durability;
  final Waiter waiter;
  private @Nullable Waiting next;

  Waiting(long lsn, Durability durability, Waiter waiter) {
    this.lsn = lsn;
    this.durability = durability;
    this.waiter = waiter;
  }

  @Nullable Waiting next() {
    return next;
  }

  /**
   * Those who wait, from many threads to one that takes them all at once. Nothing is ever lost or
   * refused; what is taken comes in the order of arrival.
   */
  static final class Queue {

    private final AtomicReference<@Nullable Waiting> newest = new AtomicReference<>();

    void add(Waiting waiting) {
      Waiting head;
      do {
        head = newest.get();
        waiting.next = head;
      } while (!newest.compareAndSet(head, waiting));
    }

    boolean isEmpty() {
      return newest.get() == null;
    }

    /** All, oldest first, linked by {@link Waiting#next()}; null if there are none. */
    @Nullable Waiting takeAll() {
      Waiting rest = newest.getAndSet(null);
      Waiting oldest = null;
      while (rest != null) {
        Waiting following = rest.next;
        rest.next = oldest;
        oldest = rest;
        rest = following;
      }
      return oldest;
    }
  }

  /** A thread that waits. Interrupts do not end the wait and are not lost. */
  static final class Blocked implements Waiter {

    private static final int SPINS = 500;

    private final Thread thread = Thread.currentThread();
    private volatile @Nullable Durability reached;
    private volatile @Nullable WarpException failure;

    @Override
    public void reached(Durability durability) {
      reached = durability;
      LockSupport.unpark(thread);
    }

    @Override
    public void failed(WarpException cause) {
      failure = cause;
      LockSupport.unpark(thread);
    }

    Durability await() {
      boolean interrupted = false;
      for (int spins = 0; ; spins++) {
        Durability result = reached;
        WarpException cause = failure;
        if ((result != null || cause != null) && interrupted) {
          thread.interrupt();
        }
        if (cause != null) {
          throw cause;
        }
        if (result != null) {
          return result;
        }
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
    }
  }
}
