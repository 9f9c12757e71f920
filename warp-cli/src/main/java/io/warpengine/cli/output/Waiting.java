package io.warpengine.cli.output;

import java.time.Duration;
import java.util.Optional;

/**
 * A line on standard error that shows for how long something has been going on that cannot say how
 * far it is: only on a terminal, only after the first second, and wiped at the end. A thread of its
 * own writes it.
 */
public final class Waiting implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Streams streams;
  private final String task;
  private final Duration every;
  private final long start = System.nanoTime();
  private final Optional<Thread> thread;
  private boolean shown;

  /**
   * Begins to wait.
   *
   * @param streams the process's surroundings
   * @param quiet whether to show nothing
   * @param task what is being done, a word or two
   */
  public Waiting(Streams streams, boolean quiet, String task) {
    this(streams, quiet, task, EVERY);
  }

  Waiting(Streams streams, boolean quiet, String task, Duration every) {
    this.streams = streams;
    this.task = task;
    this.every = every;
    this.thread =
        quiet || !streams.watched()
            ? Optional.empty()
            : Optional.of(Thread.ofPlatform().daemon().name("warp-waiting").unstarted(this::show));
    thread.ifPresent(Thread::start);
  }

  /** Whether a thread shows something. */
  boolean shows() {
    return thread.isPresent();
  }

  private void show() {
    try {
      while (true) {
        Thread.sleep(every);
        long seconds = (System.nanoTime() - start) / 1_000_000_000L;
        synchronized (this) {
          if (Thread.interrupted()) {
            return;
          }
          shown = true;
          streams.err().print("\r\u001b[2K" + task + " " + seconds + " s");
          streams.err().flush();
        }
      }
    } catch (InterruptedException closed) {
      // It is over.
    }
  }

  /** Wipes the line, so that something else can be written in its place. */
  public synchronized void wipe() {
    if (shown) {
      shown = false;
      streams.err().print("\r\u001b[2K");
      streams.err().flush();
    }
  }

  /** Wipes the line and ends. */
  @Override
  public synchronized void close() {
    thread.ifPresent(Thread::interrupt);
    wipe();
  }
}
