package io.warpengine.kernel.disk;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Calls that an interrupt must not end. A channel closes itself when a thread with its flag set
 * uses it, and hides what the call would have reported; so such a call runs in a thread of its own,
 * which nobody else knows.
 */
final class Uninterruptible {

  private Uninterruptible() {}

  /**
   * Runs a call in a thread of its own and waits for its end. The caller's interrupt flag survives.
   *
   * @param call what to do
   * @throws IOException what the call threw
   */
  static void run(Call call) throws IOException {
    FutureTask<Boolean> task =
        new FutureTask<>(() -> {
          call.run();
          return true;
        });
    Thread.ofPlatform().name("warp-disk-force").daemon().start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A call that may fail. */
  @FunctionalInterface
  interface Call {

    /**
     * Does it.
     *
     * @throws IOException if it fails
     */
    void run() throws IOException;
  }
}
