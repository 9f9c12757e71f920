package io.warpengine.kernel.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations of plugins that run now, so that the close can wait for them. */
final class RunningCalls {

  private static final Logger LOG = LoggerFactory.getLogger("io.warpengine.kernel");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  /** Runs an operation; refuses it once the database closes. */
  <T> T run(Supplier<T> operation) {
    Thread thread = Thread.currentThread();
    lock.lock();
    try {
      if (closed) {
        throw Refusals.closed();
      }
      threads.add(thread);
    } finally {
      lock.unlock();
    }
    try {
      return operation.get();
    } finally {
      lock.lock();
      try {
        threads.remove(thread);
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * The operation that this thread runs, if it does, is not waited for: it closes the database, and
   * must not use the directory after that.
   */
  void leave() {
    lock.lock();
    try {
      threads.removeIf(Thread.currentThread()::equals);
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets no operation begin any more, and waits for those that run, but no longer than given.
   *
   * @return waits for those that still run; empty if none does
   */
  List<Runnable> close(Duration longest) {
    boolean interrupted = false;
    long left = longest.toNanos();
    lock.lock();
    try {
      closed = true;
      while (!threads.isEmpty() && left > 0) {
        long begin = System.nanoTime();
        try {
          ended.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
        left -= System.nanoTime() - begin;
      }
      if (!threads.isEmpty()) {
        LOG.warn(
            "The database closes although operations still run in {} after [{}].",
            threads.stream().map(Thread::getName).toList(),
            longest);
      }
      return threads.isEmpty() ? List.of() : List.of(this::awaitEnd);
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void awaitEnd() {
    lock.lock();
    try {
      while (!threads.isEmpty()) {
        ended.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
