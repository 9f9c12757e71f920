package io.warpengine.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The operations of {@link WarpSpace} whose acknowledgement comes later. A write is applied in
 * memory, and visible to every reader, before its method returns; the stage completes when its
 * durability is reached, or fails with {@link WarpException}. What is refused before it is applied
 * fails the stage too.
 *
 * <p>The bytes of unacknowledged writes are bounded ({@code warp.async.max-bytes}); a call beyond
 * the bound waits. Stages complete on the journal's thread, or on a thread that waits for one with
 * {@code toCompletableFuture().join()}: do not block in what depends on them. Nor close the
 * database there: {@link WarpDatabase#close} then waits for the very thread that it runs on, and
 * gives up with PLUGIN_TIMEOUT.
 */
public interface AsyncWarpDatabase {

  /**
   * Reads a value.
   *
   * @param key 1 byte to 64 KiB
   * @return the value; empty if there is none
   */
  CompletionStage<Optional<Bytes>> get(Bytes key);

  /**
   * Reads several values.
   *
   * @param keys any number of keys
   * @return one element per key, in their order
   */
  CompletionStage<List<Optional<Bytes>>> multiGet(List<Bytes> keys);

  /**
   * Stores a value with the default options.
   *
   * @param key 1 byte to 64 KiB
   * @param value up to the configured limit
   * @return the receipt
   */
  default CompletionStage<Receipt> put(Bytes key, Bytes value) {
    return put(key, value, WriteOptions.DEFAULT);
  }

  /**
   * Stores a value.
   *
   * @param key 1 byte to 64 KiB
   * @param value up to the configured limit
   * @param options durability and expiry
   * @return the receipt
   */
  CompletionStage<Receipt> put(Bytes key, Bytes value, WriteOptions options);

  /**
   * Removes a record.
   *
   * @param key 1 byte to 64 KiB
   * @param options durability
   * @return the receipt; empty if there was nothing to remove
   */
  CompletionStage<Optional<Receipt>> delete(Bytes key, WriteOptions options);

  /**
   * Stores a value if there is none.
   *
   * @param key 1 byte to 64 KiB
   * @param value up to the configured limit
   * @param options durability and expiry
   * @return the receipt; empty if there was a value
   */
  CompletionStage<Optional<Receipt>> putIfAbsent(Bytes key, Bytes value, WriteOptions options);

  /**
   * Replaces a value if it is still what the caller believes.
   *
   * @param key 1 byte to 64 KiB
   * @param expected the value that must be there
   * @param value the new value
   * @param options durability and expiry
   * @return the receipt; empty if another value or none was there
   */
  CompletionStage<Optional<Receipt>> compareAndSet(
      Bytes key, Bytes expected, Bytes value, WriteOptions options);

  /**
   * Adds to a number.
   *
   * @param key 1 byte to 64 KiB
   * @param delta what to add
   * @param options durability and expiry
   * @return the number after it, and the receipt
   */
  CompletionStage<Incremented> increment(Bytes key, long delta, WriteOptions options);

  /**
   * Applies a batch.
   *
   * @param batch the writes
   * @param options durability
   * @return the receipt
   */
  CompletionStage<BatchReceipt> writeBatch(WriteBatch batch, WriteOptions options);

  /**
   * Runs a transaction in the calling thread, without waiting for its durability.
   *
   * @param options durability, attempts, whether it only reads
   * @param body reads and writes through what it is given; may run several times
   * @param <T> what it returns
   * @return completed with what the body returned when that is as durable as asked; exceptionally
   *     with {@link WarpException}. What the body itself throws is thrown here.
   */
  <T> CompletionStage<T> transact(TransactionOptions options, Function<WarpTransaction, T> body);

  /**
   * Completes when everything written before is durable.
   *
   * @return the durable position
   */
  CompletionStage<Position> flush();
}
