package io.warpengine.kernel.engine;

import io.warpengine.api.Durability;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpTransaction;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.control.Metrics;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Runs transactions: the body without any lock, then its writes under the locks of all shards that
 * it read or wrote, taken in ascending order, if all that it read still holds. Otherwise it runs
 * again after a random pause that can double with each attempt (full jitter; Brooker, Exponential
 * Backoff and Jitter, 2015).
 */
final class Transactions {

  private static final long FIRST_PAUSE_NANOS = 500;
  private static final int MOST_DOUBLINGS = 11;

  private final EngineCore core;
  private final Writer writer;
  private final Batches batches;
  private final LongAdder committed = new LongAdder();
  private final LongAdder conflicts = new LongAdder();

  /**
   * What a transaction came to in memory.
   *
   * @param value what the body returned
   * @param lsn the end of its frame, or of what it may have read if it wrote nothing; 0 without a
   *     journal and if it could only read
   * @param durability what it asked for
   * @param bytes bytes of its writes
   */
  record Committed<T>(T value, long lsn, Durability durability, long bytes) {}

  Transactions(EngineCore core) {
    this.core = core;
    writer = core.writer;
    batches = core.batches;
  }

  void register(Metrics metrics) {
    metrics.gauge("transactions_committed_count", committed::sum);
    metrics.gauge("transactions_conflicts_count", conflicts::sum);
  }

  /** Runs a transaction; whoever called waits for the journal. */
  <T> Committed<T> run(Space home, TransactionOptions options, Function<WarpTransaction, T> body) {
    core.shards.checkOpen();
    home.checkThere();
    WriteOptions waiting = new WriteOptions(options.durability(), Optional.empty());
    Durability durability = writer.durability(home, waiting);
    if (options.readOnly()) {
      try (Snapshot snapshot = core.snapshot(home)) {
        return new Committed<>(body.apply(new ReadOnlyTransaction(snapshot)), 0, durability, 0);
      }
    }
    for (int attempt = 1; ; attempt++) {
      Transaction transaction = new Transaction(core, home);
      try {
        return attempt(transaction, home, waiting, body);
      } catch (Conflict conflict) {
        if (!conflict.isOf(transaction.reads())) {
          throw conflict; // A body uses the transaction around it, which must run again.
        }
        conflicts.increment();
        if (attempt >= options.attempts()) {
          throw Refusals.conflict(conflict.key(), attempt);
        }
        pause(attempt);
      }
    }
  }

  private <T> Committed<T> attempt(
      Transaction transaction,
      Space home,
      WriteOptions waiting,
      Function<WarpTransaction, T> body) {
    T value;
    long bytes = 0;
    PlannedWrite[] writes;
    try {
      value = body.apply(transaction);
      writes = transaction.writes();
      for (PlannedWrite write : writes) {
        bytes += write.bytes();
      }
      batches.checkSize(bytes);
    } catch (Throwable e) {
      checkReads(transaction, e);
      throw e;
    } finally {
      transaction.end();
    }
    Durability durability = batches.durability(home, writes, waiting);
    long lsn = batches.commit(writes, transaction.reads());
    committed.increment();
    return new Committed<>(value, lsn == 0 ? writer.staged() : lsn, durability, bytes);
  }

  /** What a body throws counts only if what it read was true. */
  private void checkReads(Transaction transaction, Throwable thrown) {
    try {
      batches.commit(new PlannedWrite[0], transaction.reads());
    } catch (Conflict conflict) {
      throw conflict;
    } catch (RuntimeException e) {
      thrown.addSuppressed(e);
    }
  }

  private static void pause(int attempt) {
    long most = FIRST_PAUSE_NANOS << Math.min(attempt, MOST_DOUBLINGS);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
  }
}
