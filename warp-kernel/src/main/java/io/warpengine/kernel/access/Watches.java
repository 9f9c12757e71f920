package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.api.Watch;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.spi.control.ControlPlane;
import io.warpengine.spi.control.WarpClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watches of one database. From the first one on, the control plane looks at short intervals
 * for what was written and became durable. A listener is called on a thread that is there only
 * while there is something to tell it, so one that stalls holds nobody else; with a {@link
 * WarpClock.Stepped} clock it is called in the mover's thread.
 */
public final class Watches {

  private static final Logger LOG = LoggerFactory.getLogger("io.warpengine.kernel");

  private static final Duration PERIOD = Duration.ofMillis(5);
  private static final long LINGER = Duration.ofMinutes(1).toNanos();

  private final MutationTail tail;
  private final ControlPlane control;
  private final WarpClock clock;
  private final WatchCounters counters;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicInteger threads = new AtomicInteger();
  private final ExecutorService pool =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), this::newThread);
  private final Executor turns;
  private volatile long lastSeen;

  /**
   * No watches.
   *
   * @param tail where writes come from
   * @param control runs the look for them
   * @param clock whether there are threads, and how long to keep what nobody watches
   * @param metrics where figures are registered
   */
  public Watches(MutationTail tail, ControlPlane control, WarpClock clock, KernelMetrics metrics) {
    this.tail = tail;
    this.control = control;
    this.clock = clock;
    counters =
        new WatchCounters(
            metrics.counter("watch_delivered_count"),
            metrics.counter("watch_gaps_count"),
            metrics.counter("watch_failures_count"));
    turns = clock instanceof WarpClock.Stepped ? Runnable::run : pool;
    metrics.gauge("watch_open_count", () -> tail.watches().size());
  }

  private Thread newThread(Runnable work) {
    String name = "warp-watch-" + threads.getAndIncrement();
    return Thread.ofPlatform().name(name).daemon().unstarted(work);
  }

  /**
   * Begins to watch.
   *
   * @param space the number of the space
   * @param prefix how the keys begin
   * @param options what to tell
   * @param listener whom to tell
   * @return the watch
   */
  public Watch open(int space, Bytes prefix, Watch.Options options, Watch.Listener listener) {
    WatchFeed watch =
        new WatchFeed(space, prefix, options, listener, tail::durable, tail::detach, counters);
    lastSeen = clock.nanos();
    tail.attach(watch);
    if (!scheduled.getAndSet(true)) {
      control.schedule("watches", PERIOD, this::look);
    }
    return watch;
  }

  private int look() {
    int moved = tail.drain();
    for (WatchFeed watch : tail.watches()) {
      lastSeen = clock.nanos();
      turn(watch);
    }
    if (clock.nanos() - lastSeen > LINGER) {
      rest();
    }
    return moved;
  }

  private void rest() {
    try {
      tail.rest();
    } catch (WarpException e) {
      if (e.code() != CoreError.CLOSED) {
        throw e;
      }
    }
  }

  private void turn(WatchFeed watch) {
    if (watch.claimTurn()) {
      try {
        turns.execute(watch::turn);
      } catch (Throwable e) {
        watch.dropTurn();
        throw e;
      }
    }
  }

  /**
   * Ends all watches, when no write is under way and none will be. A listener that does not return
   * is interrupted, and if it goes on all the same it is named and left alone.
   *
   * @param patience how long to wait before interrupting, and once more after
   * @param reason what listeners are told
   */
  public void close(Duration patience, WarpException reason) {
    boolean interrupted = Thread.interrupted();
    List<WatchFeed> open = tail.lastWatches();
    for (WatchFeed watch : open) {
      watch.end(reason);
      turn(watch);
    }
    List<Thread> late = await(open, patience);
    late.forEach(Thread::interrupt);
    List<Thread> lost = late.isEmpty() ? late : await(open, patience);
    if (!lost.isEmpty()) {
      LOG.warn(
          "The database closes although listeners of watches still run in {}.",
          lost.stream().map(Thread::getName).toList());
    }
    pool.shutdown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the watches of a space.
   *
   * @param ended its number
   * @param reason what listeners are told
   */
  public void end(int ended, WarpException reason) {
    for (WatchFeed watch : tail.watches()) {
      if (watch.isOf(ended)) {
        watch.end(reason);
        turn(watch);
      }
    }
  }

  private static List<Thread> await(List<WatchFeed> watches, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<Thread> late = new ArrayList<>();
    for (WatchFeed watch : watches) {
      watch.awaitTurn(deadline - System.nanoTime()).ifPresent(late::add);
    }
    return late;
  }
}
