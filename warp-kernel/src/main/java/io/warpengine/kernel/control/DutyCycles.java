package io.warpengine.kernel.control;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.metrics.FailureLog;
import io.warpengine.spi.control.Metrics;
import io.warpengine.spi.control.WarpClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pieces of work again and again, each at its turn: the one that is due first, and of those
 * due at the same time the one registered first. A piece that runs is out of the queue, so it never
 * runs twice at once. With a stepped clock the mover's thread does everything that is due by then.
 */
final class DutyCycles {

  private static final Logger LOG = LoggerFactory.getLogger(DutyCycles.class);

  private final WarpClock clock;
  private final Metrics.Counter runs;
  private final Metrics.Counter failures;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReentrantLock stepping = new ReentrantLock();
  private final PriorityQueue<Cycle> queue =
      new PriorityQueue<>(
          Comparator.<Cycle>comparingLong(cycle -> cycle.due)
              .thenComparingInt(cycle -> cycle.index));
  private final List<Worker> workers = new ArrayList<>();
  private final Runnable step = this::step;
  private @Nullable Thread leader;
  private int registered;
  private boolean started;
  private boolean closed;

  DutyCycles(WarpClock clock, Metrics metrics) {
    this.clock = clock;
    this.runs = metrics.counter("control_runs_count");
    this.failures = metrics.counter("control_failures_count");
  }

  /**
   * Registers work; its first turn comes after one period.
   *
   * @param name its name in logs
   * @param periodNanos time until the first turn, and after a turn that threw
   * @param turn the work
   */
  void add(String name, long periodNanos, Turn turn) {
    FailureLog log = new FailureLog(LOG, "The background work [" + name + "]", failures);
    lock.lock();
    try {
      queue.add(new Cycle(name, registered++, periodNanos, turn, log, clock.nanos() + periodNanos));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins to run.
   *
   * @param threads how many threads to run on, unless the clock is stepped
   */
  void start(int threads) {
    lock.lock();
    try {
      if (started || closed) {
        return;
      }
      started = true;
      if (clock instanceof WarpClock.Stepped stepped) {
        stepped.addStepListener(step);
        return;
      }
      for (int i = 0; i < threads; i++) {
        Worker worker = new Worker();
        worker.thread = Thread.ofPlatform().name("warp-control-" + i).daemon().unstarted(worker);
        workers.add(worker);
      }
    } finally {
      lock.unlock();
    }
    workers.forEach(worker -> worker.thread.start());
  }

  /**
   * Does in this thread what is due. A piece of work that moves the clock begins no second round.
   */
  private void step() {
    if (stepping.isHeldByCurrentThread()) {
      return;
    }
    stepping.lock();
    try {
      Cycle cycle;
      while ((cycle = pollDue()) != null) {
        run(cycle);
      }
    } finally {
      stepping.unlock();
    }
  }

  private @Nullable Cycle pollDue() {
    lock.lock();
    try {
      Cycle first = closed ? null : queue.peek();
      return first == null || first.due - clock.nanos() > 0 ? null : queue.poll();
    } finally {
      lock.unlock();
    }
  }

  /** One idle thread, the leader, waits for what is due first; the others wait to be called. */
  private @Nullable Cycle awaitDue() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Cycle first = queue.peek();
        if (first == null || leader != null) {
          changed.await();
          continue;
        }
        long wait = first.due - clock.nanos();
        if (wait <= 0) {
          changed.signal();
          return queue.poll();
        }
        leader = Thread.currentThread();
        try {
          changed.awaitNanos(wait);
        } finally {
          leader = null;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void run(Cycle cycle) {
    long pause = cycle.periodNanos;
    try {
      runs.add(1);
      pause = cycle.turn.run();
    } catch (Throwable e) {
      cycle.log.failed(e);
    }
    lock.lock();
    try {
      cycle.due = clock.nanos() + pause;
      queue.add(cycle);
      if (cycle.equals(queue.peek())) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends all turns. Waits for those at work, interrupts them when the time is up, and gives up on
   * those that go on all the same.
   *
   * @param patience how long to wait before interrupting, and once more after
   * @throws WarpException PLUGIN_TIMEOUT, naming those that go on
   */
  void close(Duration patience) {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (clock instanceof WarpClock.Stepped stepped) {
      stepped.removeStepListener(step);
    }
    if (join(patience)) {
      return;
    }
    workers.forEach(worker -> worker.thread.interrupt());
    if (!join(patience)) {
      List<Worker> late = workers.stream().filter(Worker::isLate).toList();
      if (!late.isEmpty()) {
        throw timeout(late);
      }
    }
  }

  /** After {@link #close}: the threads whose work goes on all the same. */
  List<Thread> late() {
    return workers.stream().filter(Worker::isLate).map(worker -> worker.thread).toList();
  }

  private static WarpException timeout(List<Worker> late) {
    Throwable cause = new IllegalStateException("Stack of the thread that took too long.");
    cause.setStackTrace(late.getFirst().thread.getStackTrace());
    return new WarpException(
        CoreError.PLUGIN_TIMEOUT,
        "The background work ["
            + late.stream().map(worker -> worker.at.get()).collect(Collectors.joining(", "))
            + "] did not end, even interrupted, when the database closed.",
        "Remove the plugin whose work it is, or report this to its author.",
        cause);
  }

  private boolean join(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    boolean ended = true;
    for (Worker worker : workers) {
      while (worker.isLate()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          ended = false;
          break;
        }
        try {
          TimeUnit.NANOSECONDS.timedJoin(worker.thread, left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ended;
  }

  /** One turn of a piece of work. */
  @FunctionalInterface
  interface Turn {

    /**
     * Does a bounded amount of work.
     *
     * @return nanoseconds until the next turn
     */
    long run();
  }

  private final class Worker implements Runnable {

    private final AtomicReference<String> at = new AtomicReference<>("");
    private Thread thread = Thread.currentThread();

    boolean isLate() {
      return thread.isAlive() && !thread.equals(Thread.currentThread());
    }

    @Override
    public void run() {
      while (true) {
        try {
          Cycle cycle = awaitDue();
          if (cycle == null) {
            return;
          }
          at.set(cycle.name);
          DutyCycles.this.run(cycle);
          at.set("");
        } catch (InterruptedException e) {
          LOG.debug("The thread [{}] was interrupted.", thread.getName());
        }
      }
    }
  }

  private static final class Cycle {

    private final String name;
    private final int index;
    private final long periodNanos;
    private final Turn turn;
    private final FailureLog log;
    private long due;

    Cycle(String name, int index, long periodNanos, Turn turn, FailureLog log, long due) {
      this.name = name;
      this.index = index;
      this.periodNanos = periodNanos;
      this.turn = turn;
      this.log = log;
      this.due = due;
    }
  }
}
