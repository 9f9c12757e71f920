package io.warpengine.api;

import java.util.Optional;
import java.util.function.Function;

/**
 * Keys that can be read and written. Safe for use by any number of threads.
 *
 * <p>Reads never block. A write is applied in memory and returns when what its {@link Durability}
 * asks for is reached. Every operation on one key is linearizable in all modes; a {@link
 * WriteBatch} is atomic. Each method may throw {@link WarpException} with the codes of {@link
 * CoreError}: {@code CLOSED} after close, {@code READ_ONLY} for writes to a database that cannot
 * take them, {@code KEY_EMPTY}, {@code KEY_TOO_LONG} and {@code VALUE_TOO_LARGE} before anything is
 * written, {@code OUTCOME_UNKNOWN} when the journal fails while a write waits for it.
 */
public interface WarpSpace extends WarpReader {

  /**
   * Reads a value within a session.
   *
   * @param key 1 byte to 64 KiB
   * @param options the session
   * @return the value, a view of the stored record; empty if there is none
   */
  Optional<Bytes> get(Bytes key, ReadOptions options);

  /**
   * Stores a value with the default options.
   *
   * @param key 1 byte to 64 KiB
   * @param value up to the configured limit, 16 MiB by default
   * @return the receipt
   */
  default Receipt put(Bytes key, Bytes value) {
    return put(key, value, WriteOptions.DEFAULT);
  }

  /**
   * Stores a value.
   *
   * @param key 1 byte to 64 KiB
   * @param value up to the configured limit, 16 MiB by default
   * @param options durability and expiry
   * @return the receipt
   */
  Receipt put(Bytes key, Bytes value, WriteOptions options);

  /**
   * Removes a record with the default options.
   *
   * @param key 1 byte to 64 KiB
   * @return the receipt; empty if there was nothing to remove, and then nothing is written
   */
  default Optional<Receipt> delete(Bytes key) {
    return delete(key, WriteOptions.DEFAULT);
  }

  /**
   * Removes a record.
   *
   * @param key 1 byte to 64 KiB
   * @param options durability; an expiry is ignored
   * @return the receipt; empty if there was nothing to remove, and then nothing is written
   */
  Optional<Receipt> delete(Bytes key, WriteOptions options);

  /**
   * Stores a value if there is none.
   *
   * @param key 1 byte to 64 KiB
   * @param value up to the configured limit
   * @param options durability and expiry
   * @return the receipt; empty if there was a value, and then nothing is written
   */
  Optional<Receipt> putIfAbsent(Bytes key, Bytes value, WriteOptions options);

  /**
   * Replaces a value if it is still what the caller believes.
   *
   * @param key 1 byte to 64 KiB
   * @param expected the value that must be there
   * @param value the new value
   * @param options durability and expiry
   * @return the receipt; empty if another value or none was there, and then nothing is written
   */
  Optional<Receipt> compareAndSet(Bytes key, Bytes expected, Bytes value, WriteOptions options);

  /**
   * Adds to a number. The value is its decimal text; an absent key counts as 0. A record keeps its
   * expiry unless the options set one.
   *
   * @param key 1 byte to 64 KiB
   * @param delta what to add
   * @param options durability and expiry
   * @return the number after it, and the receipt
   * @throws WarpException NOT_A_NUMBER if the value is no decimal 64-bit integer or the sum is past
   *     its range
   */
  Incremented increment(Bytes key, long delta, WriteOptions options);

  /**
   * Applies a batch with the default options.
   *
   * @param batch the writes; empty is allowed and writes nothing
   * @return the receipt
   */
  default BatchReceipt writeBatch(WriteBatch batch) {
    return writeBatch(batch, WriteOptions.DEFAULT);
  }

  /**
   * Applies a batch: all of it or nothing.
   *
   * @param batch the writes; empty is allowed and writes nothing
   * @param options durability; the expiry holds for puts that name none
   * @return the receipt
   */
  BatchReceipt writeBatch(WriteBatch batch, WriteOptions options);

  /**
   * Takes a snapshot: a moment of all shards, in microseconds, whatever the size of the data.
   *
   * @return the snapshot, to be closed
   */
  WarpSnapshot snapshot();

  /**
   * Runs a transaction with the default options.
   *
   * @param body reads and writes through what it is given; may run several times
   * @param <T> what it returns
   * @return what the body returned in the attempt that was committed
   * @throws WarpException TRANSACTION_CONFLICT, naming a key, if every attempt met a conflicting
   *     write; what the body throws rolls everything back and is thrown on
   */
  default <T> T transact(Function<WarpTransaction, T> body) {
    return transact(TransactionOptions.DEFAULT, body);
  }

  /**
   * Runs a transaction.
   *
   * @param options durability, attempts, whether it only reads
   * @param body reads and writes through what it is given; may run several times
   * @param <T> what it returns
   * @return what the body returned in the attempt that was committed
   * @throws WarpException TRANSACTION_CONFLICT, naming a key, if every attempt met a conflicting
   *     write; READ_ONLY if a transaction that only reads writes; what the body throws rolls
   *     everything back and is thrown on
   */
  <T> T transact(TransactionOptions options, Function<WarpTransaction, T> body);
}
