package io.warpengine.testkit;

import io.warpengine.api.AsyncWarpDatabase;
import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.Incremented;
import io.warpengine.api.Position;
import io.warpengine.api.Receipt;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpTransaction;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asynchronous twins that wait. */
record ReferenceAsyncDatabase(WarpDatabase database) implements AsyncWarpDatabase {

  private static <T> CompletionStage<T> stage(Supplier<T> call) {
    try {
      return CompletableFuture.completedFuture(call.get());
    } catch (WarpException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletionStage<Optional<Bytes>> get(Bytes key) {
    return stage(() -> database.get(key));
  }

  @Override
  public CompletionStage<List<Optional<Bytes>>> multiGet(List<Bytes> keys) {
    return stage(() -> database.multiGet(keys));
  }

  @Override
  public CompletionStage<Receipt> put(Bytes key, Bytes value, WriteOptions options) {
    return stage(() -> database.put(key, value, options));
  }

  @Override
  public CompletionStage<Optional<Receipt>> delete(Bytes key, WriteOptions options) {
    return stage(() -> database.delete(key, options));
  }

  @Override
  public CompletionStage<Optional<Receipt>> putIfAbsent(
      Bytes key, Bytes value, WriteOptions options) {
    return stage(() -> database.putIfAbsent(key, value, options));
  }

  @Override
  public CompletionStage<Optional<Receipt>> compareAndSet(
      Bytes key, Bytes expected, Bytes value, WriteOptions options) {
    return stage(() -> database.compareAndSet(key, expected, value, options));
  }

  @Override
  public CompletionStage<Incremented> increment(Bytes key, long delta, WriteOptions options) {
    return stage(() -> database.increment(key, delta, options));
  }

  @Override
  public CompletionStage<BatchReceipt> writeBatch(WriteBatch batch, WriteOptions options) {
    return stage(() -> database.writeBatch(batch, options));
  }

  @Override
  public <T> CompletionStage<T> transact(
      TransactionOptions options, Function<WarpTransaction, T> body) {
    return stage(() -> database.transact(options, body));
  }

  @Override
  public CompletionStage<Position> flush() {
    return stage(database::flush);
  }
}
