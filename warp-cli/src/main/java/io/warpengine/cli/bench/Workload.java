package io.warpengine.cli.bench;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteOptions;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What one thread does over and over while it is measured. */
sealed interface Workload {

  /** Its name in the report. */
  String name();

  /** The durability that it waits for; NONE for reads. */
  Durability durability();

  /** Operations under way at a time in each thread. */
  int outstanding();

  /**
   * Works until the deadline.
   *
   * @param data the database and its keys
   * @param seed of the random choice of keys
   * @param deadline after {@link System#nanoTime}
   * @return operations done
   */
  long run(BenchData data, long seed, long deadline);

  /** Reads random keys. */
  record Get() implements Workload {
    @Override
    public String name() {
      return "get";
    }

    @Override
    public Durability durability() {
      return Durability.NONE;
    }

    @Override
    public int outstanding() {
      return 1;
    }

    @Override
    public long run(BenchData data, long seed, long deadline) {
      SplittableRandom random = new SplittableRandom(seed);
      WarpDatabase database = data.database();
      long done = 0;
      while (System.nanoTime() - deadline < 0) {
        for (int i = 0; i < 256; i++) {
          if (database.get(data.key(random.nextInt(data.keys()))).isEmpty()) {
            throw new IllegalStateException("A key that was stored is not there.");
          }
          done++;
        }
      }
      return done;
    }
  }

  /** Reads a hundred keys in order, from a random one. */
  record ScanHundred() implements Workload {
    private static final int LENGTH = 100;

    @Override
    public String name() {
      return "scan 100";
    }

    @Override
    public Durability durability() {
      return Durability.NONE;
    }

    @Override
    public int outstanding() {
      return 1;
    }

    @Override
    public long run(BenchData data, long seed, long deadline) {
      SplittableRandom random = new SplittableRandom(seed);
      long done = 0;
      while (System.nanoTime() - deadline < 0) {
        Bytes from = data.key(random.nextInt(data.keys()));
        Scan scan =
            new Scan(from, java.util.Optional.empty(), false, LENGTH, java.util.Optional.empty());
        try (ScanCursor cursor = data.database().scan(scan)) {
          while (cursor.hasNext()) {
            cursor.next();
            done++;
          }
        }
      }
      return done;
    }
  }

  /**
   * Overwrites random keys.
   *
   * @param durability what each waits for
   * @param outstanding 1 waits for each before the next
   */
  record Put(Durability durability, int outstanding) implements Workload {
    @Override
    public String name() {
      return "put";
    }

    @Override
    public long run(BenchData data, long seed, long deadline) {
      SplittableRandom random = new SplittableRandom(seed);
      WriteOptions options = WriteOptions.durability(durability);
      return outstanding == 1
          ? blocking(data, random, options, deadline)
          : asynchronous(data, random, options, deadline);
    }

    private static long blocking(
        BenchData data, SplittableRandom random, WriteOptions options, long deadline) {
      long done = 0;
      while (System.nanoTime() - deadline < 0) {
        data.database()
            .put(data.key(random.nextInt(data.keys())), data.value(random.nextInt()), options);
        done++;
      }
      return done;
    }

    private long asynchronous(
        BenchData data, SplittableRandom random, WriteOptions options, long deadline) {
      Semaphore free = new Semaphore(outstanding);
      AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
      long done = 0;
      while (System.nanoTime() - deadline < 0) {
        free.acquireUninterruptibly();
        data.database()
            .async()
            .put(data.key(random.nextInt(data.keys())), data.value(random.nextInt()), options)
            .whenComplete((_, failed) -> {
              if (failed != null) {
                failure.set(failed);
              }
              free.release();
            });
        done++;
      }
      free.acquireUninterruptibly(outstanding);
      Throwable failed = failure.get();
      if (failed != null) {
        throw new IllegalStateException(failed);
      }
      return done;
    }
  }
}
