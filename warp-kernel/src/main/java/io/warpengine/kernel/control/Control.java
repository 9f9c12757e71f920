package io.warpengine.kernel.control;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.access.AccessRings;
import io.warpengine.kernel.access.DrainedAccesses;
import io.warpengine.kernel.access.MutationTail;
import io.warpengine.kernel.metrics.FailureLog;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.spi.access.AccessObserver;
import io.warpengine.spi.control.ControlPlane;
import io.warpengine.spi.control.MaintenanceTask;
import io.warpengine.spi.control.Metrics;
import io.warpengine.spi.control.WarpClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background of one database: drains the access rings into the sketch and the observers, the
 * mutation tail into the followers, and runs what plugins schedule.
 *
 * <p>With a {@link WarpClock.Stepped} clock every piece of work has a fixed period, and moving the
 * clock runs what is due, in the order of due time and then of registration: accesses first, then
 * the tail, then the followers, then what was scheduled. With the machine's clock the kernel's own
 * work comes less often when there is little to do, and when it costs much: looking at accesses
 * takes at most about one four-hundredth of a processor, since what it touches also takes the place
 * of hot records in the processor's cache.
 */
public final class Control implements ControlPlane, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Control.class);

  private static final int THREADS = 2;
  private static final long SHORTEST_ACCESS_PAUSE = Duration.ofMillis(10).toNanos();
  private static final long IDLE_ACCESS_PAUSE = Duration.ofMillis(100).toNanos();
  private static final long LONGEST_ACCESS_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final int PAUSE_PER_WORK = 399;
  private static final long SHORTEST_TAIL_PAUSE = Duration.ofMillis(1).toNanos();
  private static final long LONGEST_TAIL_PAUSE = Duration.ofMillis(16).toNanos();

  private final WarpClock clock;
  private final Duration patience;
  private final boolean stepped;
  private final AccessRings rings;
  private final FrequencySketch sketch;
  private final MutationTail tail;
  private final ToLongFunction<Bytes> hash;
  private final DutyCycles cycles;
  private final Metrics.Counter observerFailures;
  private final List<Observer> observers = new ArrayList<>();
  private final DrainedAccesses batch;
  private final List<Runnable> early = new ArrayList<>();
  private boolean started;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A control plane that does nothing before {@link #start}.
   *
   * @param clock the time; with a {@link WarpClock.Stepped} one there are no threads
   * @param patience how long work may go on at the close, and once more after an interrupt
   * @param metrics where it registers its figures
   * @param rings where accesses come from
   * @param sketch what accesses are counted in
   * @param tail where mutations come from
   * @param hash the 64-bit hash of a key
   */
  public Control(
      WarpClock clock,
      Duration patience,
      KernelMetrics metrics,
      AccessRings rings,
      FrequencySketch sketch,
      MutationTail tail,
      ToLongFunction<Bytes> hash) {
    this.clock = clock;
    this.patience = patience;
    this.stepped = clock instanceof WarpClock.Stepped;
    this.rings = rings;
    this.sketch = sketch;
    this.tail = tail;
    this.hash = hash;
    this.batch = rings.newBatch();
    this.cycles = new DutyCycles(clock, metrics);
    this.observerFailures = metrics.counter("access_failures_count");
    metrics.gauge("access_recorded_count", rings::recorded);
    metrics.gauge("access_dropped_count", rings::dropped);
  }

  /**
   * Adds an observer of accesses; before {@link #start}.
   *
   * @param observer what to call with each batch
   */
  public void observe(AccessObserver observer) {
    String who = "The access observer [" + observer.getClass().getName() + "]";
    observers.add(new Observer(observer, new FailureLog(LOG, who, observerFailures)));
  }

  /** Begins to run what is scheduled; what is scheduled later runs as well. */
  public void start() {
    if (rings.recording()) {
      cycles.add("accesses", SHORTEST_ACCESS_PAUSE, this::accessTurn);
    }
    if (tail.followers() > 0) {
      cycles.add("tail", SHORTEST_TAIL_PAUSE, pacedTail(tail::drain));
    }
    for (int i = 0; i < tail.followers(); i++) {
      int follower = i;
      cycles.add(
          "follower " + tail.followerName(i),
          SHORTEST_TAIL_PAUSE,
          pacedTail(() -> tail.deliver(follower)));
    }
    synchronized (early) {
      started = true;
      early.forEach(Runnable::run);
      early.clear();
    }
    cycles.start(THREADS);
  }

  @Override
  public void schedule(String name, Duration period, MaintenanceTask task) {
    if (period.compareTo(Duration.ofMillis(1)) < 0) {
      throw new WarpException(
          CoreError.INTERNAL_ERROR,
          "The background work [" + name + "] has the period [" + period + "], less than 1 ms.",
          "Report this with the stack trace: a plugin schedules work too often.");
    }
    long nanos = period.toNanos();
    DutyCycles.Turn turn =
        () -> {
          task.run();
          return nanos;
        };
    synchronized (early) {
      if (!started) {
        early.add(() -> cycles.add(name, nanos, turn));
        return;
      }
    }
    cycles.add(name, nanos, turn);
  }

  @Override
  public int frequency(Bytes key) {
    return sketch.frequency(hash.applyAsLong(key));
  }

  private long accessTurn() {
    long begin = clock.nanos();
    int count = drainAccesses();
    if (stepped) {
      return SHORTEST_ACCESS_PAUSE;
    }
    if (count == 0) {
      return IDLE_ACCESS_PAUSE;
    }
    long spent = clock.nanos() - begin;
    return Math.clamp(spent * PAUSE_PER_WORK, SHORTEST_ACCESS_PAUSE, LONGEST_ACCESS_PAUSE);
  }

  private int drainAccesses() {
    int count = rings.drain(batch);
    for (int i = 0; i < count; i++) {
      sketch.increment(batch.hash(i));
    }
    if (count > 0) {
      observers.forEach(observer -> observer.call(batch));
    }
    batch.clear();
    return count;
  }

  /** Comes at once again while there is something to do, and ever later while there is not. */
  private DutyCycles.Turn pacedTail(MaintenanceTask work) {
    long[] pause = {SHORTEST_TAIL_PAUSE};
    return () -> {
      int done = work.run();
      pause[0] =
          stepped || done > 0 ? SHORTEST_TAIL_PAUSE : Math.min(pause[0] * 2, LONGEST_TAIL_PAUSE);
      return pause[0];
    };
  }

  /**
   * Ends the threads, bounded in time, and drains rings and tail one last time. Has no effect the
   * second time.
   *
   * @throws WarpException PLUGIN_TIMEOUT if some work does not end; then nothing more is drained
   */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      cycles.close(patience);
      drainAccesses();
      tail.drain();
      for (int i = 0; i < tail.followers(); i++) {
        tail.deliver(i);
      }
    }
  }

  /**
   * The threads on which work goes on after the close.
   *
   * @return empty if all ended
   */
  public List<Thread> late() {
    return cycles.late();
  }

  private record Observer(AccessObserver observer, FailureLog log) {

    void call(DrainedAccesses batch) {
      try {
        observer.onAccesses(batch);
      } catch (Throwable e) {
        log.failed(e);
      }
    }
  }
}
