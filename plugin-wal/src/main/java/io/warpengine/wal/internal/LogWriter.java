package io.warpengine.wal.internal;

import io.warpengine.api.WarpException;
import io.warpengine.wal.internal.SegmentFiles.Spare;
import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.SegmentHeader;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes complete staged frames into segments. Whoever holds the write lock writes for everybody.
 * Locks are taken in the order room, write, force.
 */
final class LogWriter {

  private static final int SPINS = 200;
  private static final long PAUSE_NANOS = 20_000;

  private final StagingRing ring;
  private final SegmentFiles files;
  private final SegmentRoom room;
  private final Incarnation incarnation;
  private final WalMetrics metrics;
  private final Preparer preparer;
  private final int largestFrame;
  private final ReentrantLock writeLock = new ReentrantLock();
  private final LogFailure failure;
  private final Forcing forcing;
  private final NavigableMap<Long, Long> segments = new ConcurrentSkipListMap<>();
  private Segment active;
  private long framesWritten;
  private int lastChecksum;

  /** Where the last seal ends, and where the frames before it and its like end. */
  private long sealEnd;

  private long beforeSeals;

  /**
   * What the last seal says, itself included if it says that all before it is durable, or the
   * header of a segment after it.
   */
  private volatile long sealedAt;

  private volatile long written;

  LogWriter(
      StagingRing ring,
      SegmentFiles files,
      SegmentRoom room,
      Incarnation incarnation,
      WalMetrics metrics,
      Preparer preparer,
      int largestFrame,
      Segment active) {
    this.ring = ring;
    this.files = files;
    this.room = room;
    this.incarnation = incarnation;
    this.metrics = metrics;
    this.preparer = preparer;
    this.largestFrame = largestFrame;
    this.active = active;
    long start = active.header().firstLsn();
    this.lastChecksum = active.header().previousChecksum();
    this.written = start;
    this.failure = new LogFailure(room);
    this.forcing = new Forcing(failure, metrics, start);
    this.sealedAt = start;
    this.segments.put(active.header().number(), start);
    room.activated(start, active.endLsn());
  }

  long written() {
    return written;
  }

  long durable() {
    return forcing.durable();
  }

  Forcing forcing() {
    return forcing;
  }

  LogFailure failure() {
    return failure;
  }

  /** Hands everything up to an LSN, and what else is complete, to the operating system. */
  void writeUpTo(long lsn) {
    for (int spins = 0; written < lsn; spins++) {
      failure.check();
      if (writeLock.tryLock()) {
        writeAndUnlock();
        if (written < lsn) {
          pause(spins);
        }
      } else if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        writeLock.lock();
        writeAndUnlock();
      }
    }
  }

  /** Hands what is complete to the operating system, without waiting for anything. */
  void writeComplete() {
    failure.check();
    writeLock.lock();
    writeAndUnlock();
  }

  /** Makes everything up to an LSN, and what else is complete, durable. */
  void sync(long lsn) {
    long asked = System.nanoTime();
    writeUpTo(lsn);
    Segment segment;
    long target;
    long frames;
    writeLock.lock();
    try {
      segment = active;
      target = written;
      frames = framesWritten;
    } finally {
      writeLock.unlock();
    }
    forcing.force(segment, target, frames, asked);
  }

  /**
   * Stages and writes a frame too large for the ring: into the active segment if it fits, else into
   * a segment of its own, which is complete on disk before anything is claimed.
   *
   * @return the frame's end
   */
  long writeLarge(byte[] frame, int type, int payloadBytes) {
    room.freeze();
    try {
      writeLock.lock();
      try {
        return writeLargeAlone(frame, type, payloadBytes);
      } finally {
        writeLock.unlock();
      }
    } finally {
      room.thaw();
    }
  }

  /**
   * Lets the log say how far it is durable, if it does not say so yet and nothing else is staged:
   * by a frame or, where none fits, by the header of the next segment once room for it is prepared.
   *
   * @return whether it says so now
   */
  boolean seal() {
    writeLock.lock();
    try {
      long start = written;
      if (!needsSeal() || failure.reason() != null || ring.claimed() != start) {
        return false;
      }
      return start + Frame.HEADER_BYTES <= active.endLsn()
          ? writeSeal(start)
          : beginNextSegment(start);
    } finally {
      writeLock.unlock();
    }
  }

  /** Whether all that was ever staged is durable; the log's own seals hold nothing of it. */
  boolean isDurable() {
    writeLock.lock();
    try {
      long claimed = ring.claimed();
      return durable() >= (claimed == sealEnd ? beforeSeals : claimed);
    } finally {
      writeLock.unlock();
    }
  }

  /** Whether the log says less than is known about how far it is durable. */
  boolean needsSeal() {
    return durable() > sealedAt;
  }

  /** The disk was full: tries again by and by. */
  void prepareSoon() {
    preparer.wake(written);
  }

  /** Numbers of all segments that are there, and where each begins. */
  NavigableMap<Long, Long> segments() {
    return segments;
  }

  /** Closes the last file; after a clean end, gives back the room behind it. */
  void close(boolean clean) {
    try {
      if (clean) {
        active.file().truncate(active.header().offset(written));
      }
    } finally {
      forcing.close(active.file());
    }
  }

  /** Must be called with the lock held, gives it back. */
  private void writeAndUnlock() {
    try {
      if (failure.reason() == null) {
        writeRuns();
      }
    } finally {
      writeLock.unlock();
    }
  }

  /** Writes frames in runs that are contiguous in the ring and stay in one segment. */
  private void writeRuns() {
    long claimed = ring.claimed();
    long runStart = written;
    long lastFrame = runStart;
    long position = runStart;
    int frames = 0;
    while (position < claimed) {
      long end = ring.end(position);
      if (end <= position) {
        break;
      }
      if (end > active.endLsn()) {
        flush(runStart, position, lastFrame, frames);
        rotate(position);
        runStart = position;
        frames = 0;
      } else if (position - runStart >= largestFrame) {
        flush(runStart, position, lastFrame, frames);
        runStart = position;
        frames = 0;
      }
      lastFrame = position;
      position = end;
      frames++;
    }
    flush(runStart, position, lastFrame, frames);
  }

  private boolean writeSeal(long start) {
    int length = Frame.HEADER_BYTES;
    if (!ring.tryClaim(start, length)) {
      return false;
    }
    beforeSeals = start == sealEnd ? beforeSeals : start;
    sealEnd = start + length;
    byte[] frame = new byte[length];
    long durable = durable();
    incarnation.complete(frame, 0, Frame.SEAL, 0, start, durable);
    writeAlone(frame, start);
    sealedAt = durable == start ? start + length : durable;
    return true;
  }

  private boolean beginNextSegment(long start) {
    if (!room.hasSpare()) {
      prepareSoon();
      return false;
    }
    rotate(start);
    return true;
  }

  private void flush(long from, long to, long lastFrame, int frames) {
    if (from == to) {
      return;
    }
    byte[] bytes = ring.bytes();
    int at = ring.index(from);
    int length = (int) (to - from);
    int first = Math.min(length, ring.capacity() - at);
    lastChecksum = ring.checksum(lastFrame);
    try {
      active.write(from, bytes, at, first);
      if (first < length) {
        active.write(from + first, bytes, 0, length - first);
      }
    } catch (RuntimeException | Error e) {
      throw failure.fail("writing [" + active.path() + "]", e);
    }
    framesWritten += frames;
    metrics.writtenBytes().add(length);
    written = to;
    if (to >= room.prepareFrom()) {
      preparer.wake(to);
    }
  }

  private void rotate(long lsn) {
    try {
      rotateTo(room.take(), lsn);
    } catch (RuntimeException | Error e) {
      throw failure.fail("beginning the segment after [" + active.path() + "]", e);
    }
  }

  private void rotateTo(Spare spare, long lsn) {
    forcing.force(active, lsn, framesWritten, System.nanoTime());
    Segment previous = active;
    SegmentHeader header =
        incarnation.header(
            previous.header().number() + 1, lsn, spare.dataBytes(), lsn, lastChecksum);
    active = files.activate(spare, header);
    segments.put(header.number(), lsn);
    room.activated(lsn, active.endLsn());
    sealedAt = lsn;
    try {
      forcing.close(previous.file());
    } catch (RuntimeException e) {
      Loggers.LOG.warn("[{}], which is durable, could not be closed", previous.path(), e);
    }
  }

  private long writeLargeAlone(byte[] frame, int type, int payloadBytes) {
    for (int spins = 0; ; spins++) {
      drain();
      long start = written;
      long end = start + frame.length;
      if (ring.claimed() != start) {
        pause(spins);
        continue;
      }
      incarnation.complete(frame, 0, type, payloadBytes, start, durable());
      if (end <= active.endLsn()) {
        if (ring.tryClaim(start, frame.length)) {
          afterClaim(() -> writeAlone(frame, start));
          return end;
        }
        continue;
      }
      Spare spare = files.prepareFor(frame);
      if (!ring.tryClaim(start, frame.length)) {
        files.discard(spare);
        continue;
      }
      afterClaim(() -> {
        rotateTo(spare, start);
        wrote(frame, end);
        forcing.force(active, end, framesWritten, System.nanoTime());
      });
      return end;
    }
  }

  private void drain() {
    failure.refuse();
    try {
      writeRuns();
    } catch (WarpException e) {
      failure.refuse();
      throw e;
    }
  }

  /** What is claimed is staged: whoever waits for it learns of a failure, not who stages it. */
  private void afterClaim(Runnable writing) {
    try {
      writing.run();
    } catch (RuntimeException | Error e) {
      Loggers.LOG.debug(
          "A large frame was staged and could not be written",
          failure.fail("writing a large frame", e));
    }
  }

  private void writeAlone(byte[] frame, long start) {
    try {
      active.write(start, frame, 0, frame.length);
    } catch (RuntimeException | Error e) {
      throw failure.fail("writing [" + active.path() + "]", e);
    }
    wrote(frame, start + frame.length);
  }

  private void wrote(byte[] frame, long end) {
    lastChecksum = Frame.checksumField(frame, 0);
    framesWritten++;
    metrics.writtenBytes().add(frame.length);
    written = end;
  }

  private static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Threads.park(PAUSE_NANOS);
    }
  }
}
