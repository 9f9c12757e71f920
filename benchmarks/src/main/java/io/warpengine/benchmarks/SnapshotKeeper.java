package io.warpengine.benchmarks;

import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpSnapshot;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps one snapshot open, a new one each period, and times the taking. */
final class SnapshotKeeper {

  private static final int MOST = 1 << 20;

  private final WarpDatabase database;
  private final long periodNanos;
  private final long[] nanos = new long[MOST];
  private volatile int count;

  private SnapshotKeeper(WarpDatabase database, long periodMillis) {
    this.database = database;
    this.periodNanos = TimeUnit.MILLISECONDS.toNanos(periodMillis);
  }

  static SnapshotKeeper start(WarpDatabase database, long periodMillis) {
    SnapshotKeeper keeper = new SnapshotKeeper(database, periodMillis);
    Thread.ofPlatform().daemon().name("snapshots").start(keeper::run);
    return keeper;
  }

  /** How long taking one took, in words. */
  String words() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "a new snapshot each %d ms, %,d taken in p50 %.1f µs, p99 %.1f µs, at most %.1f µs",
        TimeUnit.NANOSECONDS.toMillis(periodNanos),
        sorted.length,
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1));
  }

  private static double at(long[] sorted, double share) {
    int place = (int) Math.ceil(share * sorted.length) - 1;
    return sorted.length == 0 ? 0 : sorted[Math.max(0, place)] / 1e3;
  }

  private void run() {
    WarpSnapshot open = database.snapshot();
    while (count < MOST) {
      LockSupport.parkNanos(periodNanos);
      long begin = System.nanoTime();
      WarpSnapshot next = database.snapshot();
      int taken = count;
      nanos[taken] = System.nanoTime() - begin;
      count = taken + 1;
      open.close();
      open = next;
    }
  }
}
