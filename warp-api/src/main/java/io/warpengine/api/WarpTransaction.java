package io.warpengine.api;

import java.time.Duration;
import java.util.function.Function;

/**
 * Reads and writes that take effect together or not at all. For the thread that runs the body, and
 * only as long as the body runs.
 *
 * <p>Transactions are optimistic and serializable: nothing is locked while the body runs; at its
 * end everything that it read, keys that were absent and ranges that it scanned included, is
 * compared with the present state, and if something has changed the body runs again. So a body has
 * no effects but through this object, and may see a state that is never committed: what it throws
 * then is not reported, and it runs again.
 *
 * <p>One that writes nothing waits, like one that writes, until what it may have read is as durable
 * as asked; one that was begun to read only does not.
 *
 * <p>Reads see the transaction's own writes, before interceptors; in an {@link Entry} their
 * sequence is 0.
 */
public interface WarpTransaction extends WarpReader {

  /**
   * The same transaction in another space.
   *
   * @param name the space's name; empty for the default space. It is made at once if it is not
   *     there, whatever becomes of the transaction
   * @return reads and writes of that space, as part of this transaction
   */
  WarpTransaction space(String name);

  /**
   * Stores a value.
   *
   * @param key 1 byte to 64 KiB
   * @param value up to the configured limit
   */
  void put(Bytes key, Bytes value);

  /**
   * Stores a value that expires.
   *
   * @param key 1 byte to 64 KiB
   * @param value up to the configured limit
   * @param timeToLive at least 1 ms, from now
   */
  void put(Bytes key, Bytes value, Duration timeToLive);

  /**
   * Removes a record if it is there.
   *
   * @param key 1 byte to 64 KiB
   */
  void delete(Bytes key);

  /**
   * Runs a part that can fail by itself: what it throws undoes its writes, and only those.
   *
   * @param body the part; gets this transaction
   * @param <T> what it returns
   * @return what the body returns
   */
  <T> T transact(Function<WarpTransaction, T> body);
}
