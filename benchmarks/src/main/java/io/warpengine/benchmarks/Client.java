package io.warpengine.benchmarks;

import java.util.concurrent.CompletionStage;

/** One thread's way into a {@link Contender}. Keys and values are arrays that nobody changes. */
interface Client extends AutoCloseable {

  /**
   * Reads a record and touches its value.
   *
   * @param key an array that the engine has never seen
   * @return the value's first byte as 0 to 255; -1 if there is no record
   */
  int get(byte[] key);

  /**
   * Stores a record and returns when it is acknowledged. The engine must not rely on the arrays
   * afterwards.
   *
   * @param key an array that the engine has never seen
   * @param value one of few arrays that are used again and again
   */
  void put(byte[] key, byte[] value);

  /**
   * Stores a record and returns before it is acknowledged.
   *
   * @param key an array that the engine has never seen
   * @param value one of few arrays that are used again and again
   * @return completes with the acknowledgement
   * @throws UnsupportedOperationException if the engine has no such call
   */
  default CompletionStage<?> putAsync(byte[] key, byte[] value) {
    throw new UnsupportedOperationException("The engine has blocking calls only.");
  }

  /**
   * Moves an amount between the balances of two accounts, the first eight bytes of their values, in
   * a serializable transaction, tried until it succeeds; returns when it is acknowledged.
   *
   * @param from a key
   * @param to another key
   * @param amount what to take from one and give to the other
   */
  default void transfer(byte[] from, byte[] to, long amount) {
    throw new UnsupportedOperationException("The engine has no transactions here.");
  }

  /**
   * As {@link #transfer}, but returns before it is acknowledged.
   *
   * @param from a key
   * @param to another key
   * @param amount what to take from one and give to the other
   * @return completes with the acknowledgement
   */
  default CompletionStage<?> transferAsync(byte[] from, byte[] to, long amount) {
    throw new UnsupportedOperationException("The engine has blocking calls only.");
  }

  @Override
  default void close() {}
}
