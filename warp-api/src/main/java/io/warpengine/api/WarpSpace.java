package io.warpengine.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keys that can be read and written. Safe for use by any number of threads.
 *
 * <p>Reads never block. A write is applied in memory and returns when what its {@link Durability}
 * asks for is reached. Every operation on one key is linearizable in all modes; a {@link
 * WriteBatch} is atomic. Each method may throw {@link WarpException} with the codes of {@link
 * CoreError}: {@code CLOSED} after close, {@code READ_ONLY} for writes to a database that cannot
 * take them, {@code SPACE_DROPPED} once the space is dropped, {@code KEY_EMPTY}, {@code
 * KEY_TOO_LONG} and {@code VALUE_TOO_LARGE} before anything is written, {@code OUTCOME_UNKNOWN}
 * when the journal fails while a write waits for it.
 *
 * <p>A write that names no durability or expiry takes the space's, see {@link SpaceOptions}; an
 * increment of a number that is there keeps its expiry.
 */
public interface WarpSpace extends WarpReader {

  /**
   * The name of the space.
   *
   * @return empty for the default space
   */
  String name();

  /**
   * The same operations without waiting for durability.
   *
   * @return the asynchronous twin, open as long as this space
   */
  AsyncWarpDatabase async();

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
   * Applies a batch: all of it or nothing. Writes that name no space go to this one.
   *
   * @param batch the writes; empty is allowed and writes nothing
   * @param options durability, without one the strongest of the spaces concerned; the expiry holds
   *     for puts that name none
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

  /**
   * Removes every record in a half-open range with the default options.
   *
   * @param from the first key included; empty bytes mean from the very first
   * @param to the first key excluded
   * @return how many, and what is known of it
   */
  default KeyRange.Deleted deleteRange(Bytes from, Bytes to) {
    return deleteRange(KeyRange.of(from, to), WriteOptions.DEFAULT);
  }

  /**
   * Removes every record with the default options; see {@link #deleteRange(KeyRange,
   * WriteOptions)}.
   *
   * @return how many, and what is known of it
   */
  default KeyRange.Deleted clear() {
    return deleteRange(KeyRange.all(), WriteOptions.DEFAULT);
  }

  /**
   * Removes every record in a range. Every key that is there when this is called is deleted; one
   * that is written meanwhile may be deleted or not. It goes through the range in key order in
   * batches of at most 1,024 records and about 256 KiB of keys, so that no writer waits long; each
   * batch is atomic, in memory and after a crash. So what fits one batch is removed at once, and of
   * a larger range a crash, a failure or an interceptor that refuses leaves the records from some
   * key on.
   *
   * @param range the range
   * @param options durability; an expiry is ignored
   * @return how many, and what is known of it
   */
  KeyRange.Deleted deleteRange(KeyRange range, WriteOptions options);

  /**
   * About how much a range holds, without reading all of it.
   *
   * <p>The number of records is exact while nobody writes, but that records which expired and were
   * not yet removed may count. The bytes are exact for a range of at most 64 records and for one
   * that holds everything. Otherwise they are the number times the mean of at least 64 records in
   * even distances: never wrong by more than the ratio of the largest to the smallest record.
   *
   * @param range the range
   * @return an estimate; exactly nothing for a range that holds nothing
   */
  KeyRange.Size approximateSize(KeyRange range);

  /**
   * Chooses records at random: while nobody writes, every set of as many records of the range is
   * equally likely. None is chosen twice.
   *
   * @param range the range
   * @param count how many, 0 or more
   * @param seed where chance comes from: the same one chooses the same from the same records of the
   *     same database
   * @return as many, in random order; fewer only if there are not so many
   */
  List<Entry> sample(KeyRange range, int count, long seed);

  /**
   * Tells a listener of every durable write from now on to keys with a prefix.
   *
   * @param prefix how the keys begin; empty means every key
   * @param listener whom to tell
   * @return the watch, to be closed
   */
  default Watch watch(Bytes prefix, Watch.Listener listener) {
    return watch(prefix, Watch.Options.DEFAULT, listener);
  }

  /**
   * Tells a listener of writes to keys with a prefix.
   *
   * @param prefix how the keys begin; empty means every key
   * @param options from where on, how safe, how many may wait
   * @param listener whom to tell
   * @return the watch, to be closed
   */
  Watch watch(Bytes prefix, Watch.Options options, Watch.Listener listener);
}
