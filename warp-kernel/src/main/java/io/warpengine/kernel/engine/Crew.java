package io.warpengine.kernel.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Does a piece of work for each of many numbers, by a few threads that end with it. */
final class Crew {

  private static final int MOST_THREADS = 8;

  private Crew() {}

  /**
   * Works; returns when all is done.
   *
   * @param name name of the threads
   * @param count the numbers are 0 to {@code count - 1}
   * @param work what to do with each; the first that it throws is thrown here, and nothing new is
   *     begun after it
   */
  static void run(String name, int count, IntConsumer work) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable loop =
        () -> {
          int number;
          while ((number = next.getAndIncrement()) < count && failure.get() == null) {
            try {
              work.accept(number);
            } catch (Throwable e) {
              failure.compareAndSet(null, e);
            }
          }
        };
    int helpers =
        Math.min(Math.min(count, MOST_THREADS), Runtime.getRuntime().availableProcessors());
    Thread[] threads = new Thread[Math.max(0, helpers - 1)];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofPlatform().daemon().name(name + "-" + (i + 1)).start(loop);
    }
    loop.run();
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= join(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow(failure.get());
  }

  private static boolean join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
