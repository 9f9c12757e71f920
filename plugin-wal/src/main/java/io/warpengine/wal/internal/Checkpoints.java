package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.Manifest;
import io.warpengine.wal.internal.SegmentFiles.Spare;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes checkpoints, and frees the log before them.
 *
 * <p>A checkpoint begins by noting P, the end of what is staged. Whatever is staged up to P is
 * applied in memory before an owner gets hold of its shard, since a writer stages and applies under
 * the shard's lock. When the owners are done, E is noted, the end of what is staged then: files may
 * hold changes up to E, so the checkpoint counts only once the log is durable to E. Then the
 * manifest names it; only after that are older checkpoints and the segments before P given up.
 */
final class Checkpoints implements Runnable {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int MANY_SEGMENTS = 64;
  private static final long SMALL_SEGMENT_BYTES = 1 << 20;

  private final Disk disk;
  private final Manifest manifest;
  private final SegmentFiles files;
  private final SegmentRoom room;
  private final Stream stream;
  private final List<Checkpointable> owners;
  private final long logBytes;
  private final ReentrantLock working = new ReentrantLock();
  private final Thread thread;
  private volatile WalState state;
  private volatile long stateBytes;
  private volatile boolean stopping;

  /** Whether the manifest may name a checkpoint that {@link #state} does not know. */
  private boolean inDoubt;

  Checkpoints(
      Disk disk,
      Manifest manifest,
      SegmentFiles files,
      SegmentRoom room,
      Stream stream,
      List<Checkpointable> owners,
      long logBytes,
      WalState state) {
    this.disk = disk;
    this.manifest = manifest;
    this.files = files;
    this.room = room;
    this.stream = stream;
    this.owners = List.copyOf(owners);
    this.logBytes = logBytes;
    this.state = state;
    this.thread = Thread.ofPlatform().name("warp-wal-checkpoint").daemon().unstarted(this);
  }

  void start() {
    thread.start();
  }

  /** What the manifest says. */
  WalState state() {
    return state;
  }

  /** Makes a checkpoint now; without owners nobody holds what the log holds, so it stays. */
  Position checkpoint() {
    if (owners.isEmpty()) {
      return Position.of(state.checkpointLsn());
    }
    working.lock();
    try {
      if (stopping) {
        throw new WarpException(CoreError.CLOSED, "The log is closed.", "Open the database again.");
      }
      long position = stream.staged();
      long id = state.checkpoint() + 1;
      try {
        if (inDoubt) {
          commit(state);
        }
        CheckpointWriter.deleteAllBut(disk, state.checkpoint());
        CheckpointWriter writer =
            new CheckpointWriter(disk, manifest.databaseId(), id, () -> stopping);
        stateBytes = writer.write(Position.of(position), owners);
        long end = stream.staged();
        stream.sync(end);
        long first = firstNeeded(position);
        commit(state.checkpointed(id, position, end, first));
      } catch (RuntimeException | Error e) {
        Loggers.LOG.warn("Checkpoint [{}] was not made: {}", id, e.getMessage());
        if (!inDoubt) {
          discard(e);
        }
        throw e;
      }
      free();
      Loggers.LOG.debug("Checkpoint [{}] holds everything up to LSN [{}]", id, position);
      return Position.of(position);
    } finally {
      working.unlock();
    }
  }

  /** Ends the work; a checkpoint that is being made, by whomever, is abandoned. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
    Threads.join(thread);
    working.lock();
    try {
      Loggers.LOG.debug("Checkpoint [{}] is the last one", state.checkpoint());
    } finally {
      working.unlock();
    }
  }

  /** Records where the log ends; nothing may be staged any more. */
  void closedAt(long lsn) {
    state = state.closedAt(lsn);
    state.commit(manifest);
  }

  @Override
  public void run() {
    while (!stopping) {
      Threads.forgetInterrupt();
      long nap = LOOK_NANOS;
      try {
        if (isDue()) {
          checkpoint();
        }
      } catch (RuntimeException | Error e) {
        Loggers.LOG.debug("The next checkpoint is tried later", e);
        nap = 10 * LOOK_NANOS;
      }
      if (!stopping) {
        LockSupport.parkNanos(this, nap);
      }
    }
  }

  /** A commit that fails may have taken effect all the same. */
  private void commit(WalState next) {
    inDoubt = true;
    next.commit(manifest);
    inDoubt = false;
    state = next;
  }

  private boolean isDue() {
    long log = stream.staged() - state.checkpointLsn();
    int segments = stream.writer().segments().size();
    boolean isLong = log > logBytes && log > stateBytes;
    boolean isInCrumbs = segments > MANY_SEGMENTS && log < segments * SMALL_SEGMENT_BYTES;
    return !owners.isEmpty()
        && (isLong || isInCrumbs)
        && stream.writer().failure().reason() == null;
  }

  private long firstNeeded(long position) {
    long first = stream.writer().segments().firstKey();
    for (Map.Entry<Long, Long> segment : stream.writer().segments().entrySet()) {
      if (segment.getValue() <= position) {
        first = segment.getKey();
      }
    }
    return first;
  }

  /** What cannot be removed now is removed at the next opening, and keeps nothing else. */
  private void free() {
    freeing(() -> CheckpointWriter.deleteAllBut(disk, state.checkpoint()));
    for (long number :
        List.copyOf(stream.writer().segments().headMap(state.firstSegment()).keySet())) {
      stream.writer().segments().remove(number);
      freeing(() -> giveUp(number));
    }
  }

  private static void freeing(Runnable action) {
    try {
      action.run();
    } catch (WarpException e) {
      Loggers.LOG.warn("Log that is not needed any more could not be removed", e);
    }
  }

  private void discard(Throwable cause) {
    try {
      CheckpointWriter.deleteAllBut(disk, state.checkpoint());
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private void giveUp(long number) {
    if (!room.wants(disk.size(SegmentFiles.segmentPath(number)))) {
      files.delete(number);
      return;
    }
    Spare spare = files.recycle(number);
    if (!room.offer(spare)) {
      files.discard(spare);
    }
  }
}
