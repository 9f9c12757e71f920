package io.warpengine.cli.output;

import java.util.Locale;

/**
 * A line on standard error that shows how far a long task is: only on a terminal, only after the
 * first second, at most ten times a second, and wiped at the end.
 */
public final class Progress implements AutoCloseable {

  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long EVERY_NANOS = 100_000_000L;
  private static final int BAR = 24;

  private final Streams streams;
  private final boolean enabled;
  private final String task;
  private final long start;
  private long next;
  private boolean shown;

  /**
   * A progress line.
   *
   * @param streams the process's surroundings
   * @param quiet whether to show nothing
   * @param task what is being done, a word or two
   */
  public Progress(Streams streams, boolean quiet, String task) {
    this(streams, quiet, task, System.nanoTime());
  }

  Progress(Streams streams, boolean quiet, String task, long start) {
    this.streams = streams;
    this.enabled = !quiet && streams.watched();
    this.task = task;
    this.start = start;
    this.next = start + FIRST_NANOS;
  }

  /**
   * Tells how far it is.
   *
   * @param done units done
   * @param total units in all; 0 if unknown
   * @param count things handled so far, shown with their rate
   */
  public void at(long done, long total, long count) {
    if (!enabled) {
      return;
    }
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    next = now + EVERY_NANOS;
    shown = true;
    double seconds = (now - start) / 1e9;
    StringBuilder line = new StringBuilder(task).append(' ');
    if (total > 0) {
      int filled = Math.clamp(done * BAR / Math.max(1, total), 0, BAR);
      line.append('[').append("#".repeat(filled)).append(".".repeat(BAR - filled)).append("] ");
      line.append(String.format(Locale.ROOT, "%3d %% ", Math.min(100, done * 100 / total)));
    }
    line.append(
        String.format(Locale.ROOT, "%,d, %,.0f/s, %.0f s", count, count / seconds, seconds));
    if (line.length() >= streams.width()) {
      line.setLength(streams.width() - 1);
    }
    streams.err().print("\r\u001b[2K" + line);
    streams.err().flush();
  }

  @Override
  public void close() {
    if (shown) {
      streams.err().print("\r\u001b[2K");
      streams.err().flush();
    }
  }
}
