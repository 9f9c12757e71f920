package io.warpengine.spi.access;

import io.warpengine.api.Bytes;

/**
 * Sees every write before it is applied, in the writer's thread with the shard locked: it must be
 * quick, must not block and must not call the database. To refuse a write it throws {@link
 * io.warpengine.api.WarpException}; nothing is applied then, nor is any other write of the same
 * batch.
 *
 * <p>It does not see a record expire: nobody asked for that, so it cannot be refused.
 */
public interface WriteInterceptor {

  /**
   * Sees a put.
   *
   * @param key the key
   * @param value the value
   * @return the value to store, the same or another
   */
  Bytes onPut(Bytes key, Bytes value);

  /**
   * Sees a delete.
   *
   * @param key the key
   */
  void onDelete(Bytes key);
}
