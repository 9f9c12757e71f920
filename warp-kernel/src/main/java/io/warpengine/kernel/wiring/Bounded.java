package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.config.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a plugin's code on a thread of its own, with a bound on its time, so that what hangs can be
 * named and left behind.
 */
final class Bounded {

  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Duration timeout;
  private final List<Thread> late = new ArrayList<>();

  Bounded(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * Runs it.
   *
   * @param plugin whose code it is
   * @param doing the verb, for thread and message
   * @param type the class that does it
   * @param action the code
   * @return its result
   * @throws Exception what the code throws, or WarpException PLUGIN_TIMEOUT
   */
  <T> T run(String plugin, String doing, Class<?> type, Callable<T> action) throws Exception {
    FutureTask<T> task = new FutureTask<>(action);
    Thread thread =
        Thread.ofPlatform().name("warp-" + doing + "-" + plugin).daemon(true).unstarted(task);
    Optional.ofNullable(type.getClassLoader()).ifPresent(thread::setContextClassLoader);
    thread.start();
    if (!join(thread, timeout)) {
      StackTraceElement[] stack = thread.getStackTrace();
      thread.interrupt();
      late.add(thread);
      throw timeout(plugin, doing, type, stack);
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception thrown ? thrown : e;
    }
  }

  /**
   * Runs an action as soon as no code that took too long runs any more: now, once more waiting as
   * long as is allowed, or else on a thread that waits until it ends.
   *
   * @param others each waits for such code that is not known here
   * @param action what to do then
   */
  void whenNothingRuns(List<Runnable> others, Runnable action) {
    late.removeIf(thread -> join(thread, timeout));
    List<Runnable> waits = new ArrayList<>(others);
    late.forEach(thread -> waits.add(() -> join(thread)));
    if (waits.isEmpty()) {
      action.run();
      return;
    }
    Thread.ofPlatform()
        .name("warp-unlock")
        .daemon()
        .start(() -> {
          waits.forEach(Runnable::run);
          action.run();
        });
  }

  /** Waits for a thread to end. */
  static void join(Thread thread) {
    join(thread, FOREVER);
  }

  /** Waits for a thread; an interrupt does not end the wait. */
  private static boolean join(Thread thread, Duration longest) {
    boolean interrupted = false;
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (true) {
        try {
          long left = Math.max(0, end - System.nanoTime());
          return thread.join(Duration.ofNanos(left))
              || thread.getState() == Thread.State.TERMINATED;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private WarpException timeout(
      String plugin, String doing, Class<?> type, StackTraceElement[] stack) {
    String place =
        Arrays.stream(stack)
            .filter(frame -> !frame.getClassName().startsWith("java."))
            .filter(frame -> !frame.getClassName().startsWith("jdk."))
            .findFirst()
            .or(() -> Arrays.stream(stack).findFirst())
            .map(StackTraceElement::toString)
            .orElse("nowhere any more");
    Throwable cause = new IllegalStateException("Stack of the thread that took too long.");
    cause.setStackTrace(stack);
    return new WarpException(
        CoreError.PLUGIN_TIMEOUT,
        "The plugin ["
            + plugin
            + "] did not "
            + doing
            + " ["
            + type.getName()
            + "] within ["
            + Quantity.render(timeout)
            + "]: it hangs in ["
            + place
            + "].",
        "Remove the plugin, or raise [warp.open.timeout] if it only needs more time.",
        cause);
  }
}
