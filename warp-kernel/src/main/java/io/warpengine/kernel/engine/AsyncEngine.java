package io.warpengine.kernel.engine;

import io.warpengine.api.AsyncWarpDatabase;
import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Incremented;
import io.warpengine.api.Position;
import io.warpengine.api.Receipt;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpTransaction;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.journal.Journal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin: applies a write in the caller's thread and lets the journal complete the
 * stage.
 */
final class AsyncEngine implements AsyncWarpDatabase {

  private final EngineCore core;
  private final EngineSpace blocking;
  private final Space space;
  private final Writer writer;
  private final Journal journal;
  private final InFlight inFlight;

  AsyncEngine(EngineCore core, EngineSpace blocking) {
    this.core = core;
    this.blocking = blocking;
    space = blocking.space;
    writer = core.writer;
    journal = core.journal;
    inFlight = core.inFlight;
  }

  @Override
  public CompletionStage<Optional<Bytes>> get(Bytes key) {
    return now(() -> blocking.get(key));
  }

  @Override
  public CompletionStage<List<Optional<Bytes>>> multiGet(List<Bytes> keys) {
    return now(() -> blocking.multiGet(keys));
  }

  @Override
  public CompletionStage<Receipt> put(Bytes key, Bytes value, WriteOptions options) {
    if (!writer.isJournalled()) {
      return now(() -> writer.put(space, key, value, options));
    }
    return applied(
        (long) key.size() + value.size(),
        () -> writer.put(space, key, value, options),
        Receipt::position,
        Receipt::durability,
        Writer::reached);
  }

  @Override
  public CompletionStage<Optional<Receipt>> delete(Bytes key, WriteOptions options) {
    return conditional(key.size(), options, () -> writer.delete(space, key, options));
  }

  @Override
  public CompletionStage<Optional<Receipt>> putIfAbsent(
      Bytes key, Bytes value, WriteOptions options) {
    return conditional(
        (long) key.size() + value.size(),
        options,
        () -> writer.putIfAbsent(space, key, value, options));
  }

  @Override
  public CompletionStage<Optional<Receipt>> compareAndSet(
      Bytes key, Bytes expected, Bytes value, WriteOptions options) {
    return conditional(
        (long) key.size() + value.size(),
        options,
        () -> writer.compareAndSet(space, key, expected, value, options));
  }

  @Override
  public CompletionStage<Incremented> increment(Bytes key, long delta, WriteOptions options) {
    return applied(
        key.size(),
        () -> writer.increment(space, key, delta, options),
        sum -> sum.receipt().position(),
        sum -> sum.receipt().durability(),
        (sum, reached) -> new Incremented(sum.value(), Writer.reached(sum.receipt(), reached)));
  }

  @Override
  public CompletionStage<BatchReceipt> writeBatch(WriteBatch batch, WriteOptions options) {
    long bytes = 0;
    for (WriteBatch.Write write : batch.writes()) {
      bytes += write.key().size() + write.value().map(Bytes::size).orElse(0);
    }
    return applied(
        bytes,
        () -> core.apply(space, batch, options),
        BatchReceipt::position,
        BatchReceipt::durability,
        (receipt, reached) -> new BatchReceipt(receipt.operations(), receipt.position(), reached));
  }

  @Override
  public <T> CompletionStage<T> transact(
      TransactionOptions options, Function<WarpTransaction, T> body) {
    Transactions.Committed<T> committed;
    try {
      committed = core.transactions.run(space, options, body);
    } catch (WarpException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (committed.lsn() == 0) {
      return CompletableFuture.completedFuture(committed.value());
    }
    inFlight.take(committed.bytes());
    return pending(
        committed.lsn(), committed.durability(), committed.bytes(), _ -> committed.value());
  }

  @Override
  public CompletionStage<Position> flush() {
    return applied(
        0,
        core::staged,
        position -> position,
        position -> writer.strongest(),
        (position, reached) -> journal.durable());
  }

  private CompletionStage<Optional<Receipt>> conditional(
      long bytes, WriteOptions options, Supplier<@Nullable Receipt> write) {
    return applied(
        bytes,
        () -> new Outcome(write.get()),
        outcome -> outcome.receipt == null ? journal.staged() : outcome.receipt.position(),
        outcome ->
            outcome.receipt == null
                ? writer.durability(space, options)
                : outcome.receipt.durability(),
        (outcome, reached) ->
            Optional.ofNullable(outcome.receipt).map(receipt -> Writer.reached(receipt, reached)));
  }

  private <A, T> CompletionStage<T> applied(
      long bytes,
      Supplier<A> write,
      Function<A, Position> position,
      Function<A, Durability> asked,
      BiFunction<A, Durability, T> result) {
    inFlight.take(bytes);
    A applied;
    try {
      applied = write.get();
    } catch (WarpException e) {
      inFlight.give(bytes);
      return CompletableFuture.failedFuture(e);
    } catch (Throwable e) {
      inFlight.give(bytes);
      throw e;
    }
    return pending(
        position.apply(applied).lsn(0),
        asked.apply(applied),
        bytes,
        reached -> result.apply(applied, reached));
  }

  private <T> CompletionStage<T> pending(
      long lsn, Durability asked, long bytes, Function<Durability, T> result) {
    Pending<T> pending = new Pending<>(journal, lsn, asked, inFlight, bytes, result);
    try {
      pending.start();
    } catch (WarpException e) {
      pending.failed(e);
    }
    return pending;
  }

  private static <T> CompletionStage<T> now(Supplier<T> operation) {
    try {
      return CompletableFuture.completedFuture(operation.get());
    } catch (WarpException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** What a conditional write came to. */
  private record Outcome(@Nullable Receipt receipt) {}
}
