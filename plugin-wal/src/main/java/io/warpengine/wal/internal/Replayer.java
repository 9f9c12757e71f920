package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal.Replay;
import io.warpengine.wal.WalError;
import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.Records;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Applies the records of intact frames: read by one thread, applied by several, each of which owns
 * the shards of one residue class, so that the records of a shard stay in order. Few records are
 * applied without any further thread.
 */
final class Replayer implements LogScanner.Visitor, AutoCloseable {

  private static final int BATCH_RECORDS = 4096;
  private static final int QUEUED_BATCHES = 8;

  private final Replay replay;
  private final Records.Reader reader = new Records.Reader();
  private final Lane[] lanes;
  private long records;
  private volatile @Nullable Throwable failure;

  Replayer(Replay replay, int threads) {
    this.replay = replay;
    lanes = new Lane[threads];
    for (int i = 0; i < threads; i++) {
      lanes[i] = new Lane(i);
    }
  }

  /** Records so far. */
  long records() {
    return records;
  }

  @Override
  public void frame(long lsn, byte[] bytes, int at) {
    int from = at + Frame.HEADER_BYTES;
    reader.reset(bytes, from, from + Frame.payloadBytes(bytes, at));
    try {
      int count = count(lsn, bytes, at);
      for (int i = 0; i < count; i++) {
        int recordAt = reader.position();
        reader.readRecord();
        lanes[reader.shard() % lanes.length].add(bytes, recordAt);
      }
      records += count;
    } catch (IllegalArgumentException e) {
      throw new WarpException(
          WalError.LOG_DAMAGED,
          "The log's frame at LSN [" + lsn + "] is malformed although its checksum is right.",
          "Report this: it is a defect.",
          e);
    }
  }

  private int count(long lsn, byte[] bytes, int at) {
    int type = Frame.flags(bytes, at) == 0 ? Frame.type(bytes, at) : -1;
    return switch (type) {
      case Frame.RECORD -> 1;
      case Frame.BATCH -> reader.readCount();
      case Frame.SEAL -> 0;
      default ->
          throw new WarpException(
              CoreError.FORMAT_TOO_NEW,
              "The log's frame at LSN ["
                  + lsn
                  + "] has type ["
                  + Frame.type(bytes, at)
                  + "] and flags ["
                  + Frame.flags(bytes, at)
                  + "], which are not known.",
              "Open it with the version of WarpEngine that wrote it, or a later one.");
    };
  }

  /** Applies what is left and waits until everything is applied. */
  void finish() {
    for (Lane lane : lanes) {
      lane.finish();
    }
    rethrow();
  }

  @Override
  public void close() {
    for (Lane lane : lanes) {
      lane.abandon();
    }
  }

  private void rethrow() {
    switch (failure) {
      case null -> {}
      case RuntimeException cause -> throw cause;
      case Error cause -> throw cause;
      case Throwable cause -> throw new IllegalStateException("Replay failed.", cause);
    }
  }

  /** Places of records in one array; none ends a lane. */
  private static final class Batch {

    private final byte[] bytes;
    private final int[] places;

    Batch(byte[] bytes, int[] places) {
      this.bytes = bytes;
      this.places = places;
    }
  }

  /** One thread's part of the work. */
  private final class Lane implements Runnable {

    private final int number;
    private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(QUEUED_BATCHES);
    private final List<Batch> first = new ArrayList<>();
    private final Records.Reader applied = new Records.Reader();
    private byte[] bytes = new byte[0];
    private int[] places = new int[BATCH_RECORDS];
    private int count;
    private @Nullable Thread thread;

    Lane(int number) {
      this.number = number;
    }

    @SuppressWarnings("ReferenceEquality")
    void add(byte[] source, int place) {
      if (count == BATCH_RECORDS || (source != bytes && count > 0)) {
        flush();
      }
      bytes = source;
      places[count++] = place;
    }

    void finish() {
      flush();
      Thread running = thread;
      if (running == null) {
        first.forEach(this::apply);
        first.clear();
        return;
      }
      put(new Batch(new byte[0], new int[0]));
      Threads.join(running);
      thread = null;
    }

    void abandon() {
      Thread running = thread;
      if (running != null) {
        if (failure == null) {
          failure = new IllegalStateException("Replay was abandoned.");
        }
        queue.clear();
        put(new Batch(new byte[0], new int[0]));
        Threads.join(running);
      }
    }

    @Override
    public void run() {
      for (Batch batch = take(); batch.places.length > 0; batch = take()) {
        apply(batch);
      }
    }

    private void flush() {
      if (count == 0) {
        return;
      }
      rethrow();
      Batch batch = new Batch(bytes, Arrays.copyOf(places, count));
      count = 0;
      if (thread == null && first.size() < QUEUED_BATCHES / 2) {
        first.add(batch);
        return;
      }
      if (thread == null) {
        thread = Thread.ofPlatform().name("warp-wal-replay-" + number).daemon().start(this);
        first.forEach(this::put);
        first.clear();
      }
      put(batch);
    }

    /** Applies a batch; after a failure of any kind the lane goes on and applies nothing. */
    private void apply(Batch batch) {
      if (failure != null) {
        return;
      }
      try {
        byte[] source = batch.bytes;
        for (int place : batch.places) {
          applied.reset(source, place, source.length);
          applied.readRecord();
          int from = applied.dataAt();
          replay.record(
              applied.shard(),
              applied.sequence(),
              Arrays.copyOfRange(source, from, from + applied.dataSize()),
              applied.keySize(),
              applied.expires(),
              applied.tombstone());
        }
      } catch (Throwable e) {
        failure = e;
      }
    }

    private void put(Batch batch) {
      boolean interrupted = false;
      while (true) {
        try {
          queue.put(batch);
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private Batch take() {
      while (true) {
        try {
          return queue.take();
        } catch (InterruptedException e) {
          Loggers.LOG.debug("An interrupt does not end replay", e);
        }
      }
    }
  }
}
