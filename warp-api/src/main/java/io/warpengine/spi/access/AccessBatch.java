package io.warpengine.spi.access;

import io.warpengine.api.Bytes;

/**
 * Sampled accesses, reads oldest first within each context. Valid only during the call that
 * receives it: the kernel uses it again.
 */
public interface AccessBatch {

  /** What was done. */
  enum Kind {
    /** A read that found a record. */
    HIT,
    /** A read that found nothing. */
    MISS,
    /** A write that stored a record. */
    PUT,
    /** A write that removed a record. */
    DELETE
  }

  /**
   * Number of accesses.
   *
   * @return 1 or more
   */
  int size();

  /**
   * The key.
   *
   * @param index from 0 to {@code size() - 1}
   * @return the key
   */
  Bytes key(int index);

  /**
   * The space of the key.
   *
   * @param index from 0 to {@code size() - 1}
   * @return its number; {@link io.warpengine.spi.store.SpaceKeys#DEFAULT} for the default space
   */
  int space(int index);

  /**
   * The hash of key and space, the same for the same key as long as the database lives.
   *
   * @param index from 0 to {@code size() - 1}
   * @return the 64-bit hash
   */
  long hash(int index);

  /**
   * The shard that served it.
   *
   * @param index from 0 to {@code size() - 1}
   * @return the shard
   */
  int shard(int index);

  /**
   * What was done.
   *
   * @param index from 0 to {@code size() - 1}
   * @return the kind
   */
  Kind kind(int index);

  /**
   * Size of the record's key and value, with what marks its space.
   *
   * @param index from 0 to {@code size() - 1}
   * @return bytes; the key's alone on a miss or a delete
   */
  int bytes(int index);

  /**
   * The session it happened in.
   *
   * @param index from 0 to {@code size() - 1}
   * @return what {@link io.warpengine.api.ReadOptions#context()} named; 0 for none
   */
  long context(int index);
}
