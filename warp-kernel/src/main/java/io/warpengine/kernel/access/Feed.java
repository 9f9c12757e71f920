package io.warpengine.kernel.access;

import io.warpengine.api.CoreError;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.metrics.FailureLog;
import io.warpengine.spi.access.Mutation;
import io.warpengine.spi.access.MutationFollower;
import io.warpengine.spi.control.Metrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of one follower. The drainer offers; the deliverer takes, and keeps what it handed to
 * the follower until the follower returned, so that a failed call is repeated with the same.
 */
final class Feed {

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private static final int MOST_PER_CALL = 1024;
  private static final int MOST_PER_TURN = 16 * MOST_PER_CALL;

  private final String name;
  private final MutationFollower follower;
  private final MutationTail.Limits limits;
  private final int shards;
  private final Metrics.Counter gaps;
  private final Metrics.Counter delivered;
  private final FailureLog failures;
  private Supplier<Position> durable = () -> Position.START;
  private MutationTail.@Nullable Records records;

  private final ReentrantLock lock = new ReentrantLock();
  private List<Unit> offered = new ArrayList<>();
  private int waiting;
  private long waitingBytes;
  private boolean gap;

  /** The deliverer's. */
  private final Deque<Unit> ready = new ArrayDeque<>();

  private final Deque<Unit> runs = new ArrayDeque<>();
  private List<Mutation> current = List.of();
  private @Nullable Rebuild rebuild;
  private boolean toldOfGap = true;

  Feed(
      String name,
      MutationFollower follower,
      MutationTail.Limits limits,
      int shards,
      Metrics.Counter gaps,
      Metrics.Counter delivered,
      Metrics.Counter failures) {
    this.name = name;
    this.follower = follower;
    this.limits = limits;
    this.shards = shards;
    this.gaps = gaps;
    this.delivered = delivered;
    this.failures = new FailureLog(LOG, "The follower of writes [" + name + "]", failures);
  }

  void start(
      Supplier<Position> durableEnd, MutationTail.Records allRecords, boolean beginsWithGap) {
    durable = durableEnd;
    records = allRecords;
    gap = beginsWithGap;
  }

  String name() {
    return name;
  }

  int pending() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** For the drainer: some mutations are lost, and with them all that wait. */
  void gap() {
    lock.lock();
    try {
      gap = true;
      offered.clear();
    } finally {
      lock.unlock();
    }
  }

  /** For the drainer: mutations that follow those offered before. */
  void offer(List<Unit> units) {
    lock.lock();
    try {
      for (Unit unit : units) {
        if (gap) {
          return;
        }
        offered.add(unit);
        waiting += unit.mutations().size();
        waitingBytes += unit.bytes();
        if (waiting > limits.mutations() || waitingBytes > limits.bytes()) {
          gap();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** For the deliverer: delivers a bounded number of mutations. */
  int deliver() {
    int done = 0;
    try {
      do {
        beginRebuildAfterGap();
        if (current.isEmpty()) {
          current = next();
        }
        if (!current.isEmpty()) {
          follower.onMutations(current);
          done += current.size();
          delivered.add(current.size());
          current = List.of();
        } else {
          return done;
        }
      } while (done < MOST_PER_TURN);
    } catch (Throwable e) {
      failures.failed(e);
    }
    return done;
  }

  private void beginRebuildAfterGap() {
    lock.lock();
    try {
      if (gap && records != null) {
        gap = false;
        offered = new ArrayList<>();
        waiting = 0;
        waitingBytes = 0;
        current = List.of();
        ready.clear();
        runs.clear();
        rebuild = new Rebuild(records, shards, limits.run());
        toldOfGap = false;
      }
    } finally {
      lock.unlock();
    }
    if (!toldOfGap) {
      follower.onGap();
      gaps.add(1);
      toldOfGap = true;
    }
  }

  private List<Mutation> next() {
    absorb();
    Rebuild active = rebuild;
    while (active != null && !active.isRead() && runs.size() < limits.ahead()) {
      Unit run;
      try {
        run = active.next();
      } catch (WarpException e) {
        if (e.code() == CoreError.CLOSED) {
          break;
        }
        throw e;
      }
      absorb();
      if (run != null) {
        runs.add(run);
      }
      if (!runs.isEmpty() && !follower.durableOnly()) {
        break;
      }
    }
    long reached = follower.durableOnly() ? durable.get().lsn(0) : Long.MAX_VALUE;
    Unit run = runs.peek();
    if (run != null) {
      return run.lsn() <= reached ? runs.remove().mutations() : List.of();
    }
    return active == null || active.isRead() ? take(reached) : List.of();
  }

  /** Takes over what was offered, less what a rebuild has read or will read. */
  private void absorb() {
    List<Unit> taken;
    lock.lock();
    try {
      if (offered.isEmpty()) {
        return;
      }
      taken = offered;
      offered = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    Rebuild active = rebuild;
    for (Unit unit : taken) {
      if (active == null || unit.mutations().stream().noneMatch(active::contains)) {
        ready.add(unit);
        continue;
      }
      List<Mutation> rest =
          unit.mutations().stream().filter(mutation -> !active.contains(mutation)).toList();
      long bytes = rest.isEmpty() ? 0 : unit.bytes();
      if (!rest.isEmpty()) {
        ready.add(new Unit(unit.lsn(), rest, bytes));
      }
      forget(unit.mutations().size() - rest.size(), unit.bytes() - bytes);
    }
  }

  private List<Mutation> take(long reached) {
    List<Mutation> taken = new ArrayList<>();
    long bytes = 0;
    Unit unit = ready.peek();
    while (unit != null
        && unit.lsn() <= reached
        && (taken.isEmpty() || taken.size() + unit.mutations().size() <= MOST_PER_CALL)) {
      taken.addAll(unit.mutations());
      bytes += unit.bytes();
      ready.remove();
      unit = ready.peek();
    }
    forget(taken.size(), bytes);
    return taken;
  }

  private void forget(int count, long bytes) {
    lock.lock();
    try {
      if (!gap) {
        waiting -= count;
        waitingBytes -= bytes;
      }
    } finally {
      lock.unlock();
    }
  }
}
