package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.api.Watch;
import io.warpengine.spi.access.Mutation;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch: the queue between the drainer, which offers, and a turn, which takes and calls the
 * listener. There is one turn at a time. When the queue is overrun all of it is dropped and a gap
 * remains in its place; so what was dropped was in memory before the listener is told of the gap.
 */
final class WatchFeed implements Watch {

  private static final Logger LOG = LoggerFactory.getLogger(WatchFeed.class);

  private static final long MOST_BYTES = 16L << 20;
  private static final long NONE = Long.MAX_VALUE;

  private final int space;
  private final Bytes prefix;
  private final Options options;
  private final Listener listener;
  private final LongSupplier durable;
  private final Consumer<WatchFeed> ended;
  private final WatchCounters counters;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turnEnded = lock.newCondition();
  private final Deque<Unit> queue = new ArrayDeque<>();
  private int waiting;
  private long waitingBytes;

  /** The lowest LSN of what was dropped and not told of yet. */
  private long lost = NONE;

  private @Nullable WarpException reason;
  private boolean turning;
  private @Nullable Thread turner;
  private volatile boolean closed;

  /** What is before is not to be told: a sequence of each shard, or else an LSN. */
  private long @Nullable [] sequences;

  private long lsn;

  /**
   * A watch that knows nothing yet.
   *
   * @param space the number of the space
   * @param prefix how the keys begin
   * @param options what to tell
   * @param listener whom to tell
   * @param durable the end of what is durable
   * @param ended called once when it is closed or has ended
   * @param counters what it counts
   */
  WatchFeed(
      int space,
      Bytes prefix,
      Options options,
      Listener listener,
      LongSupplier durable,
      Consumer<WatchFeed> ended,
      WatchCounters counters) {
    this.space = space;
    this.prefix = prefix;
    this.options = options;
    this.listener = listener;
    this.durable = durable;
    this.ended = ended;
    this.counters = counters;
  }

  /**
   * For the tail: everything after a moment will be offered, and perhaps some of what was before.
   */
  void begin(MutationTail.Moment present, TailHistory history) {
    boolean fromNow = options.from().isEmpty();
    long staged = present.staged();
    lsn = options.from().map(position -> position.lsn(0)).orElse(staged);
    if (!fromNow && staged > 0 && lsn <= staged && history.reachesBack(lsn)) {
      offer(history.after(lsn));
      return;
    }
    sequences = present.sequences();
    if (!fromNow && Arrays.stream(present.sequences()).anyMatch(sequence -> sequence > 0)) {
      gap(lsn + 1);
    }
  }

  /** For the drainer: something was lost, with all that waits. */
  void gap(long firstLost) {
    lock.lock();
    try {
      lost = Math.min(lost, firstLost);
      for (Unit unit : queue) {
        lost = Math.min(lost, unit.lsn());
      }
      queue.clear();
      waiting = 0;
      waitingBytes = 0;
    } finally {
      lock.unlock();
    }
  }

  /** For the drainer: writes that follow those offered before. */
  void offer(List<Unit> units) {
    lock.lock();
    try {
      for (Unit unit : units) {
        if (closed) {
          return;
        }
        int count = unit.mutations().size();
        if (!queue.isEmpty()
            && (waiting + count > options.capacity() || waitingBytes + unit.bytes() > MOST_BYTES)) {
          gap(unit.lsn());
        } else {
          queue.add(unit);
          waiting += count;
          waitingBytes += unit.bytes();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is something to do that nobody does; whoever is told so calls {@link #turn}. */
  boolean claimTurn() {
    lock.lock();
    try {
      if (closed || turning || (reason == null && lost == NONE && !isDue(queue.peek()))) {
        return false;
      }
      turning = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue(@Nullable Unit unit) {
    return unit != null && (options.live() || unit.lsn() <= durable.getAsLong());
  }

  /** Ends a turn, or gives back one that was claimed. */
  void dropTurn() {
    lock.lock();
    try {
      turner = null;
      turning = false;
      turnEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tells the listener what there is to tell. */
  void turn() {
    try {
      enterTurn();
      boolean more = true;
      while (more) {
        more = step();
      }
    } catch (Throwable e) {
      counters.failures().add(1);
      LOG.warn("The listener of a watch failed, which ends the watch.", e);
      finish(
          new WarpException(
              CoreError.WATCH_FAILED,
              "The listener [" + listener.getClass().getName() + "] of a watch threw [" + e + "].",
              "Mend the listener; watch again, and scan for what was missed.",
              e));
    } finally {
      dropTurn();
    }
  }

  private void enterTurn() {
    lock.lock();
    try {
      turner = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private boolean step() {
    Unit unit = null;
    WarpException end;
    long gapAt;
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      end = reason;
      gapAt = lost;
      lost = NONE;
      if (end == null && gapAt == NONE) {
        if (!isDue(queue.peek())) {
          return false;
        }
        unit = queue.remove();
        waiting -= unit.mutations().size();
        waitingBytes -= unit.bytes();
      }
    } finally {
      lock.unlock();
    }
    if (end != null) {
      finish(end);
    } else if (unit == null) {
      counters.gaps().add(1);
      listener.onEvent(new Event.Gap(Position.of(Math.max(0, gapAt - 1))));
    } else {
      unit.mutations().forEach(this::tell);
    }
    return true;
  }

  private void tell(Mutation mutation) {
    if (isWanted(mutation) && !closed) {
      counters.delivered().add(1);
      listener.onEvent(event(mutation));
    }
  }

  private boolean isWanted(Mutation mutation) {
    long[] before = sequences;
    boolean after =
        before == null
            ? mutation.position().lsn(0) > lsn
            : mutation.sequence() > before[mutation.shard()];
    return after && mutation.space() == space && mutation.key().startsWith(prefix);
  }

  private Event event(Mutation mutation) {
    Bytes key = mutation.key();
    return mutation.value().isPresent()
        ? new Event.Put(
            key,
            mutation.value().get(),
            mutation.sequence(),
            mutation.position(),
            mutation.expiresAt())
        : new Event.Delete(key, mutation.sequence(), mutation.position());
  }

  /** Ends the watch in its own turn. */
  private void finish(WarpException why) {
    if (shut()) {
      try {
        listener.onEnd(why);
      } catch (Throwable e) {
        LOG.warn("The listener of a watch failed when it was told of the end.", e);
      }
    }
  }

  /** Whether it watches a space. */
  boolean isOf(int other) {
    return space == other;
  }

  /** Ends the watch in its next turn, and says why. */
  void end(WarpException why) {
    lock.lock();
    try {
      reason = why;
    } finally {
      lock.unlock();
    }
  }

  private boolean shut() {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      queue.clear();
    } finally {
      lock.unlock();
    }
    ended.accept(this);
    return true;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    shut();
    awaitTurn(Long.MAX_VALUE);
  }

  /**
   * Waits until no turn runs, unless it is the caller's.
   *
   * @param nanos the longest to wait
   * @return the thread on which one still runs
   */
  Optional<Thread> awaitTurn(long nanos) {
    Thread caller = Thread.currentThread();
    long left = nanos;
    lock.lock();
    try {
      try {
        while (turning && !caller.equals(turner) && left > 0) {
          left = turnEnded.awaitNanos(left);
        }
      } catch (InterruptedException e) {
        caller.interrupt();
      }
      return Optional.ofNullable(turner).filter(thread -> !thread.equals(caller));
    } finally {
      lock.unlock();
    }
  }
}
