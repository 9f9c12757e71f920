package io.warpengine.wal.internal;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stream's own thread: completes those who wait without a thread, syncs for those who are not
 * alone in waiting, syncs every interval, and writes what nobody waited for.
 *
 * <p>After a sync it lets others run, until somebody waits again. Those who wait for no sync are
 * served every 0.1 ms, many at once; a thread among them that cannot wait so long writes itself.
 *
 * <p>While others stage it looks every 5 ms, or every interval if that is shorter. When nothing
 * happens any more it seals the log once and sleeps until somebody stages or waits. It announces
 * that before it looks one last time; stagers claim before they look whether it sleeps; so one of
 * the two sees the other.
 */
final class StreamThread implements Runnable {

  /** Whom a cycle served. */
  private enum Served {
    NOBODY,
    WITHOUT_SYNC,
    WITH_SYNC
  }

  private static final long MEMORY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long SEAL_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int YIELDS = 50;
  private static final int AWAKE = 0;
  private static final int NAPPING = 1;
  private static final int DOZING = 2;
  private static final int ASLEEP = 3;

  private final StagingRing ring;
  private final LogWriter writer;
  private final ReentrantLock leading;
  private final long intervalNanos;
  private final long dozeNanos;
  private final Thread thread;
  private final Waiting.Queue queue = new Waiting.Queue();
  private final List<Waiting> pending = new ArrayList<>();
  private long seen = -1;
  private long idleSince = System.nanoTime();
  private volatile int state = AWAKE;
  private volatile boolean syncDue;
  private volatile boolean stopping;
  private volatile boolean ended;
  private boolean finishing;

  StreamThread(StagingRing ring, LogWriter writer, ReentrantLock leading, long intervalNanos) {
    this.ring = ring;
    this.writer = writer;
    this.leading = leading;
    this.intervalNanos = intervalNanos;
    this.dozeNanos = Math.min(MEMORY_NANOS, intervalNanos);
    this.thread = Thread.ofPlatform().name("warp-wal-0").daemon().unstarted(this);
  }

  void start() {
    thread.start();
  }

  long intervalNanos() {
    return intervalNanos;
  }

  void add(Waiting waiting) {
    queue.add(waiting);
    if (stopping && !thread.isAlive()) {
      finish();
    } else if (state != NAPPING || waiting.durability == Durability.SYNC) {
      wake();
    }
  }

  /** Whether only {@link #wake()} lets it look at what is staged. */
  boolean isAsleep() {
    return state == ASLEEP;
  }

  /** Whether it serves nobody and nobody waits to be served. */
  boolean isFree() {
    return state != AWAKE && queue.isEmpty();
  }

  void wakeIfAsleep() {
    if (isAsleep()) {
      wake();
    }
  }

  void wake() {
    if (state != AWAKE) {
      state = AWAKE;
      LockSupport.unpark(thread);
    }
  }

  /** Somebody relies on a sync within the interval. */
  void syncWithinInterval() {
    if (!syncDue) {
      syncDue = true;
      wakeIfAsleep();
    }
  }

  /** Whether it is this thread that calls, from what depends on a write. */
  boolean isCurrent() {
    return thread.equals(Thread.currentThread());
  }

  /** Serves those who came too late for the thread; whoever comes meanwhile is served too. */
  private synchronized void finish() {
    if (finishing) {
      return;
    }
    finishing = true;
    try {
      do {
        drainQueue();
        complete();
      } while (!queue.isEmpty());
    } finally {
      finishing = false;
    }
  }

  /** Nothing is written any more: who waits for what is not durable learns that. */
  void end() {
    ended = true;
    finish();
  }

  /** Ends the thread after it has served everybody. */
  void close() {
    stopping = true;
    LockSupport.unpark(thread);
    Threads.join(thread);
  }

  @Override
  public void run() {
    while (!stopping) {
      Threads.forgetInterrupt();
      Served served = Served.NOBODY;
      try {
        served = cycle();
      } catch (WarpException e) {
        Loggers.LOG.debug("The log's thread met a failure", e);
        complete();
      } catch (RuntimeException | Error e) {
        fail(e);
      }
      switch (served) {
        case NOBODY -> sleep();
        case WITHOUT_SYNC -> nap();
        case WITH_SYNC -> letOthersRun();
      }
    }
    try {
      cycle();
    } catch (WarpException e) {
      Loggers.LOG.debug("The log's thread met a failure at its end", e);
      complete();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** What nobody foresaw ends all writing: whoever waits would otherwise wait for ever. */
  private void fail(Throwable cause) {
    Loggers.LOG.debug(
        "The log's thread met what it cannot mend",
        writer.failure().fail("serving those who wait", cause));
    complete();
  }

  private Served cycle() {
    drainQueue();
    if (!pending.isEmpty()) {
      boolean synced = serve();
      idleSince = System.nanoTime();
      syncIfDue(idleSince);
      return synced ? Served.WITH_SYNC : Served.WITHOUT_SYNC;
    }
    long now = System.nanoTime();
    if (writer.failure().reason() == null && !syncIfDue(now)) {
      if (ring.claimed() > writer.written()) {
        writer.writeComplete();
        idleSince = now;
      } else if (now - idleSince >= SEAL_AFTER_NANOS
          && now - writer.forcing().ended() >= SEAL_AFTER_NANOS) {
        seal();
      }
    }
    return Served.NOBODY;
  }

  private boolean syncIfDue(long now) {
    boolean due = syncDue && now - writer.forcing().covered() >= intervalNanos;
    if (due && writer.failure().reason() == null) {
      syncDue = false;
      sync(ring.claimed());
    }
    return due;
  }

  private boolean serve() {
    long lsn = 0;
    boolean force = false;
    for (Waiting waiting : pending) {
      lsn = Math.max(lsn, waiting.lsn);
      force |= waiting.durability == Durability.SYNC && waiting.lsn > writer.durable();
      if (waiting.durability == Durability.INTERVAL) {
        syncDue = true;
      }
    }
    writer.writeUpTo(lsn);
    if (force) {
      complete();
      sync(lsn);
    }
    complete();
    return force;
  }

  private void sync(long lsn) {
    leading.lock();
    try {
      if (writer.durable() < lsn) {
        writer.sync(lsn);
      }
    } finally {
      leading.unlock();
    }
  }

  private void seal() {
    boolean allDurable = writer.durable() == writer.written();
    if (writer.seal() && allDurable) {
      sync(writer.written());
    }
  }

  private void drainQueue() {
    for (Waiting next = queue.takeAll(); next != null; next = next.next()) {
      pending.add(next);
    }
  }

  /**
   * Tells all who have what they wait for or, after a failure, that they do not get it. Each leaves
   * the list as it is told, whatever telling throws, so that nobody is told twice.
   */
  private void complete() {
    boolean failed = ended || writer.failure().reason() != null;
    long durable = writer.durable();
    long written = writer.written();
    int size = pending.size();
    int kept = 0;
    int next = 0;
    try {
      while (next < size) {
        Waiting waiting = pending.get(next++);
        if (waiting.lsn <= durable) {
          reached(waiting, Durability.SYNC);
        } else if (waiting.durability != Durability.SYNC && waiting.lsn <= written) {
          reached(waiting, waiting.durability);
        } else if (failed) {
          failed(waiting);
        } else {
          pending.set(kept++, waiting);
        }
      }
    } finally {
      while (next < size) {
        pending.set(kept++, pending.get(next++));
      }
      for (int left = size; left > kept; left--) {
        pending.removeLast();
      }
    }
  }

  private static void reached(Waiting waiting, Durability durability) {
    try {
      waiting.waiter.reached(durability);
    } catch (RuntimeException | Error e) {
      Loggers.LOG.warn("A waiter threw when it was told that its write is safe", e);
    }
  }

  private void failed(Waiting waiting) {
    try {
      waiting.waiter.failed(writer.failure().outcomeUnknown());
    } catch (RuntimeException | Error e) {
      Loggers.LOG.warn("A waiter threw when it was told that the log failed", e);
    }
  }

  /** After a sync those whom it released run and come again, many of them at once. */
  @SuppressWarnings("ThreadPriorityCheck")
  private void letOthersRun() {
    for (int yields = 0; yields < YIELDS && queue.isEmpty() && !stopping; yields++) {
      Thread.yield();
    }
  }

  /** Lets those who wait for no sync gather; whoever waits for one ends the nap. */
  private void nap() {
    state = NAPPING;
    if (queue.isEmpty() && !stopping) {
      LockSupport.parkNanos(this, NAP_NANOS);
    }
    state = AWAKE;
  }

  private void sleep() {
    long claimed = ring.claimed();
    boolean syncIsDue = syncDue;
    boolean sealIsDue = writer.needsSeal();
    long nanos = nanosUntilDue(syncIsDue, sealIsDue);
    boolean failed = writer.failure().reason() != null;
    boolean unwritten = claimed > writer.written() && !failed;
    if (claimed != seen || unwritten || !pending.isEmpty()) {
      seen = claimed;
      state = DOZING;
      if (queue.isEmpty() && !stopping) {
        LockSupport.parkNanos(this, Math.min(nanos, dozeNanos));
      }
    } else {
      state = ASLEEP;
      if (queue.isEmpty()
          && !stopping
          && ring.claimed() == claimed
          && syncDue == syncIsDue
          && writer.needsSeal() == sealIsDue) {
        LockSupport.parkNanos(this, nanos);
      }
    }
    state = AWAKE;
  }

  /** Time until something is to be done even if nobody does anything. */
  private long nanosUntilDue(boolean sync, boolean seal) {
    long nanos = Long.MAX_VALUE;
    if (writer.failure().reason() == null) {
      if (sync) {
        nanos = Math.max(1, writer.forcing().covered() + intervalNanos - System.nanoTime());
      }
      if (seal) {
        nanos = Math.min(nanos, SEAL_AFTER_NANOS);
      }
    }
    return nanos;
  }
}
