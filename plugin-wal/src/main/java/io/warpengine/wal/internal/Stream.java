package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal.Waiter;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.Records;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One physical stream: staging by many, waiting by many.
 *
 * <p>A claim is made only when ring and segments have room for it, so that what follows a claim is
 * nothing but a copy. Whoever waits for OS or INTERVAL writes for everybody if nobody else is
 * writing. Who is alone in waiting for SYNC syncs in its own thread and pays for no hand-over; as
 * soon as there are several, the stream's thread syncs for all of them, so that no group is begun
 * by the first one that a sync has released.
 */
final class Stream {

  private final StagingRing ring;
  private final LogWriter writer;
  private final SegmentRoom room;
  private final Incarnation incarnation;
  private final int largestFrame;
  private final long halfRing;
  private final StreamThread thread;
  private final ReentrantLock leading = new ReentrantLock();
  private volatile boolean closed;

  Stream(
      StagingRing ring,
      LogWriter writer,
      SegmentRoom room,
      Incarnation incarnation,
      int largestFrame,
      long intervalNanos) {
    this.ring = ring;
    this.writer = writer;
    this.room = room;
    this.incarnation = incarnation;
    this.largestFrame = largestFrame;
    this.halfRing = ring.capacity() / 2;
    this.thread = new StreamThread(ring, writer, leading, intervalNanos);
  }

  void start() {
    thread.start();
  }

  long staged() {
    return ring.claimed();
  }

  LogWriter writer() {
    return writer;
  }

  StreamThread thread() {
    return thread;
  }

  long stage(int shard, StoredRecord record) {
    int payload = Records.size(shard, record);
    int length = Frame.size(payload);
    if (length > largestFrame) {
      byte[] frame = new byte[length];
      Records.write(frame, Frame.HEADER_BYTES, shard, record);
      return stageLarge(frame, Frame.RECORD, payload);
    }
    long start = claim(length);
    try {
      if (ring.isContiguous(start, length)) {
        int at = ring.index(start);
        Records.write(ring.bytes(), at + Frame.HEADER_BYTES, shard, record);
        incarnation.complete(ring.bytes(), at, Frame.RECORD, payload, start, writer.durable());
      } else {
        byte[] frame = new byte[length];
        Records.write(frame, Frame.HEADER_BYTES, shard, record);
        putWrapped(start, frame, Frame.RECORD, payload);
      }
    } catch (RuntimeException | Error e) {
      failAfterClaim(e);
      throw e;
    }
    return publish(start, length);
  }

  long stage(int[] shards, StoredRecord[] records, int count) {
    long size = Records.numberSize(count);
    for (int i = 0; i < count; i++) {
      size += Records.size(shards[i], records[i]);
    }
    if (size > Frame.MAX_PAYLOAD_BYTES) {
      throw new WarpException(
          CoreError.BATCH_TOO_LARGE,
          "A batch of ["
              + size
              + "] bytes is larger than the log's largest frame of ["
              + Frame.MAX_PAYLOAD_BYTES
              + "] bytes.",
          "Write it in parts.");
    }
    int payload = (int) size;
    int length = Frame.size(payload);
    if (length > largestFrame) {
      byte[] frame = new byte[length];
      writeBatch(frame, 0, shards, records, count);
      return stageLarge(frame, Frame.BATCH, payload);
    }
    long start = claim(length);
    try {
      if (ring.isContiguous(start, length)) {
        int at = ring.index(start);
        writeBatch(ring.bytes(), at, shards, records, count);
        incarnation.complete(ring.bytes(), at, Frame.BATCH, payload, start, writer.durable());
      } else {
        byte[] frame = new byte[length];
        writeBatch(frame, 0, shards, records, count);
        putWrapped(start, frame, Frame.BATCH, payload);
      }
    } catch (RuntimeException | Error e) {
      failAfterClaim(e);
      throw e;
    }
    return publish(start, length);
  }

  Durability await(long lsn, Durability durability) {
    if (writer.durable() >= lsn && durability != Durability.NONE) {
      return Durability.SYNC;
    }
    switch (durability) {
      case NONE -> throw unsupported();
      case MEMORY -> {
        return Durability.MEMORY;
      }
      case OS -> writer.writeUpTo(lsn);
      case INTERVAL -> {
        waitWhileSyncIsLate();
        writer.writeUpTo(lsn);
        thread.syncWithinInterval();
      }
      case SYNC -> {
        return awaitSync(lsn);
      }
    }
    return writer.durable() >= lsn ? Durability.SYNC : durability;
  }

  void whenReached(long lsn, Durability durability, Waiter waiter) {
    if (durability == Durability.NONE) {
      throw unsupported();
    }
    if (writer.durable() >= lsn) {
      waiter.reached(Durability.SYNC);
    } else if (durability == Durability.MEMORY) {
      waiter.reached(Durability.MEMORY);
    } else {
      thread.add(new Waiting(lsn, durability, waiter));
    }
  }

  /** Makes everything up to an LSN durable; the stream's thread then lets the log say so. */
  void sync(long lsn) {
    writer.sync(lsn);
    thread.wakeIfAsleep();
  }

  /** Why staging is refused; empty if it is not. */
  String refusal() {
    WarpException failure = writer.failure().reason();
    if (failure != null) {
      return failure.problems().getFirst().what();
    }
    if (closed) {
      return "The log is closed.";
    }
    return ring.claimed() + largestFrame > room.limit() ? room.problem() : "";
  }

  /**
   * Refuses further staging, makes everything durable and writes a last seal. Whether that went
   * well, the writer tells.
   */
  void finish() {
    closed = true;
    room.stop();
    thread.close();
    try {
      if (writer.failure().reason() == null) {
        writer.sync(ring.claimed());
        if (writer.seal()) {
          writer.sync(ring.claimed());
        }
      }
    } catch (WarpException e) {
      Loggers.LOG.debug("The log failed as it was closed", e);
    } finally {
      thread.end();
    }
  }

  private static WarpException unsupported() {
    return new WarpException(
        CoreError.DURABILITY_UNSUPPORTED,
        "The log cannot give the durability [NONE].",
        "Ask for MEMORY, OS, INTERVAL or SYNC.");
  }

  private Durability awaitSync(long lsn) {
    if (thread.isCurrent()) {
      writer.sync(lsn);
      return Durability.SYNC;
    }
    if (thread.isFree() && leading.tryLock()) {
      try {
        sync(lsn);
      } finally {
        leading.unlock();
      }
      return Durability.SYNC;
    }
    Waiting.Blocked blocked = new Waiting.Blocked();
    thread.add(new Waiting(lsn, Durability.SYNC, blocked));
    return blocked.await();
  }

  /** Keeps the promise of INTERVAL when the device is slow: nobody runs ahead of a late sync. */
  private void waitWhileSyncIsLate() {
    long began = writer.forcing().began();
    if (began != 0 && System.nanoTime() - began > 2 * thread.intervalNanos()) {
      writer.forcing().await();
    }
  }

  private long claim(int length) {
    while (true) {
      long start = ring.claimed();
      long end = start + length;
      if (end > room.limit() || end - writer.written() > ring.capacity()) {
        makeRoom(end);
      } else if (ring.tryClaim(start, length)) {
        return start;
      }
    }
  }

  /** What is claimed and never published would let everybody behind it wait for ever. */
  private void failAfterClaim(Throwable cause) {
    Loggers.LOG.debug(
        "A frame was claimed and not staged", writer.failure().fail("staging a frame", cause));
    thread.wake();
  }

  private void makeRoom(long end) {
    refuse();
    if (end > room.limit()) {
      try {
        room.ensure(end);
      } catch (WarpException e) {
        writer.prepareSoon();
        throw e;
      }
    } else {
      try {
        writer.writeComplete();
      } catch (WarpException e) {
        refuse();
        throw e;
      }
    }
  }

  private void refuse() {
    writer.failure().refuse();
    if (closed) {
      throw new WarpException(CoreError.CLOSED, "The log is closed.", "Open the database again.");
    }
  }

  private long stageLarge(byte[] frame, int type, int payload) {
    refuse();
    long end = writer.writeLarge(frame, type, payload);
    thread.wakeIfAsleep();
    return end;
  }

  private void putWrapped(long start, byte[] frame, int type, int payload) {
    incarnation.complete(frame, 0, type, payload, start, writer.durable());
    ring.put(start, frame, frame.length);
  }

  private long publish(long start, int length) {
    long end = start + length;
    ring.publish(start, end);
    if (thread.isAsleep() || end - writer.written() > halfRing) {
      thread.wake();
    }
    return end;
  }

  private static void writeBatch(
      byte[] target, int at, int[] shards, StoredRecord[] records, int count) {
    int next = Records.writeNumber(target, at + Frame.HEADER_BYTES, count);
    for (int i = 0; i < count; i++) {
      next = Records.write(target, next, shards[i], records[i]);
    }
  }
}
