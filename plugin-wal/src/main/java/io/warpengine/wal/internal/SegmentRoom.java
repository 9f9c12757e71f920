package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.wal.internal.SegmentFiles.Spare;
import io.warpengine.wal.internal.v1.SegmentHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps room prepared, so that a full disk is met before anything is staged and never after.
 *
 * <p>The limit is the LSN up to which every frame that goes through the ring is sure to fit into
 * the active segment and the prepared ones, wherever the cuts between them fall: a cut wastes less
 * than one such frame. Writers compare their claim with it; beyond it they come here.
 */
final class SegmentRoom {

  private static final long CLOSED = Long.MIN_VALUE;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int GROWTH = 4;
  private static final int MOST_SPARES = 4;

  private final SegmentFiles files;
  private final int largestFrame;
  private final long fullBytes;
  private final ReentrantLock preparing = new ReentrantLock();
  private final Object monitor = new Object();
  private final Deque<Spare> spares = new ArrayDeque<>();
  private long activeStart;
  private long activeEnd;
  private long nextBytes;
  private boolean frozen;
  private boolean stopped;
  private volatile long limit = CLOSED;
  private volatile long prepareFrom = Long.MAX_VALUE;
  private volatile String problem = "";
  private volatile boolean full;
  private volatile long failedAt;

  /**
   * Room without anything prepared.
   *
   * @param files makes the files
   * @param fullBytes size of a full segment
   * @param largestFrame size of the largest frame that goes through the ring
   */
  SegmentRoom(SegmentFiles files, long fullBytes, int largestFrame) {
    this.files = files;
    this.fullBytes = fullBytes;
    this.largestFrame = largestFrame;
    this.nextBytes = Math.min(fullBytes, Math.max(fullBytes / 16, 4L * largestFrame));
  }

  /** Frames that end at or before this LSN have room. */
  long limit() {
    return limit;
  }

  /** Where in the log the next segment should be prepared. */
  long prepareFrom() {
    return prepareFrom;
  }

  /** Why there is no room; empty if there is. */
  String problem() {
    return problem;
  }

  /** Prepares the first segment. */
  Spare first() {
    return prepareNext();
  }

  /** Whether {@link #take} gives a file. */
  boolean hasSpare() {
    synchronized (monitor) {
      return !spares.isEmpty();
    }
  }

  /** Takes a prepared file, for the next segment. */
  Spare take() {
    synchronized (monitor) {
      return spares.remove();
    }
  }

  /** A segment has become the active one. */
  void activated(long start, long end) {
    synchronized (monitor) {
      activeStart = start;
      activeEnd = end;
      update();
    }
  }

  /** Whether a file of some size would be taken by {@link #offer}. */
  boolean wants(long fileBytes) {
    synchronized (monitor) {
      return !stopped
          && fileBytes == SegmentHeader.BYTES + fullBytes
          && spares.size() < MOST_SPARES;
    }
  }

  /** Offers a recycled file; it is refused if there are enough. */
  boolean offer(Spare spare) {
    synchronized (monitor) {
      if (!wants(SegmentHeader.BYTES + spare.dataBytes())) {
        return false;
      }
      spares.add(spare);
      nextBytes = fullBytes;
      problem = "";
      update();
      return true;
    }
  }

  /**
   * Makes sure that there is room up to an LSN.
   *
   * @throws WarpException DISK_FULL if there is none to be had; READ_ONLY if the disk fails
   */
  void ensure(long lsn) {
    preparing.lock();
    try {
      while (limit < lsn && !isStopped()) {
        refuseWhileFull();
        try {
          prepareMore();
        } catch (WarpException e) {
          WarpException refusal = refusal();
          refusal.addSuppressed(e);
          throw refusal;
        }
      }
    } finally {
      preparing.unlock();
    }
  }

  /** Prepares the next segment if that is due; failures are kept for those who need the room. */
  void prepareAhead(long written) {
    preparing.lock();
    try {
      boolean retry = !problem.isEmpty() && System.nanoTime() - failedAt >= RETRY_NANOS;
      if (!isStopped() && (retry || (problem.isEmpty() && written >= prepareFrom))) {
        prepareMore();
      }
    } catch (RuntimeException | Error e) {
      Loggers.LOG.debug("No segment could be prepared", e);
    } finally {
      preparing.unlock();
    }
  }

  /** Lets nobody claim until {@link #thaw}. */
  void freeze() {
    preparing.lock();
    synchronized (monitor) {
      frozen = true;
      update();
    }
  }

  void thaw() {
    synchronized (monitor) {
      frozen = false;
      update();
    }
    preparing.unlock();
  }

  /** Lets nobody claim ever again. */
  void stop() {
    synchronized (monitor) {
      stopped = true;
      update();
    }
  }

  /** Removes what was prepared and not used. */
  void discard() {
    preparing.lock();
    try {
      for (Spare spare : takeAll()) {
        files.discard(spare);
      }
    } finally {
      preparing.unlock();
    }
  }

  private List<Spare> takeAll() {
    synchronized (monitor) {
      List<Spare> all = List.copyOf(spares);
      spares.clear();
      return all;
    }
  }

  private boolean isStopped() {
    synchronized (monitor) {
      return stopped;
    }
  }

  private void refuseWhileFull() {
    if (!problem.isEmpty() && System.nanoTime() - failedAt < RETRY_NANOS) {
      throw refusal();
    }
  }

  private WarpException refusal() {
    return full
        ? new WarpException(
            CoreError.DISK_FULL, problem, "Free some space; writing goes on by itself.")
        : new WarpException(
            CoreError.READ_ONLY, problem, "Look at the disk; writing goes on by itself.");
  }

  private void prepareMore() {
    Spare spare = prepareNext();
    synchronized (monitor) {
      spares.add(spare);
      update();
    }
  }

  private Spare prepareNext() {
    long bytes = nextBytes();
    try {
      Spare spare = files.prepare(bytes);
      grow(bytes);
      problem = "";
      return spare;
    } catch (WarpException e) {
      failedAt = System.nanoTime();
      full = e.code() == CoreError.DISK_FULL;
      problem =
          "There is no room for the next log segment of [" + bytes + "] bytes: " + e.getMessage();
      throw e;
    }
  }

  private long nextBytes() {
    synchronized (monitor) {
      return nextBytes;
    }
  }

  private void grow(long prepared) {
    synchronized (monitor) {
      nextBytes = Math.max(nextBytes, Math.min(fullBytes, prepared * GROWTH));
    }
  }

  private void update() {
    long end = activeEnd - largestFrame;
    for (Spare spare : spares) {
      end += spare.dataBytes() - largestFrame;
    }
    limit = stopped || frozen ? CLOSED : end;
    prepareFrom = spares.isEmpty() ? activeStart + (activeEnd - activeStart) / 4 : Long.MAX_VALUE;
  }
}
