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

  /**
   * A thread that waits. Interrupts do not end the wait and are not lost.
   *
   * <p>A platform thread first lets others run a few times: among many waiting threads a sync has
   * often ended when its turn comes again, which saves the far dearer park. It says that it is
   * about to park and looks once more, so that only those are unparked that are parked.
   */
  static final class Blocked implements Waiter {

    /** Each costs a microsecond or two where others can run, a park and its end ten. */
    private static final int YIELDS = 4;

    private final Thread thread = Thread.currentThread();
    private volatile boolean parked;
    private volatile @Nullable Durability reached;
    private volatile @Nullable WarpException failure;

    @Override
    public void reached(Durability durability) {
      reached = durability;
      if (parked) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void failed(WarpException cause) {
      failure = cause;
      if (parked) {
        LockSupport.unpark(thread);
      }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    Durability await() {
      boolean interrupted = false;
      int yields = thread.isVirtual() ? 0 : YIELDS;
      while (true) {
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
        if (yields > 0) {
          yields--;
          Thread.yield();
        } else if (!parked) {
          parked = true;
        } else {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
    }
  }
}
