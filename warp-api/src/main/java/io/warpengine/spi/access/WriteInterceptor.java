package io.warpengine.spi.access;

import io.warpengine.api.Bytes;

/**
 * Sees every write before it is applied, in the writer's thread with the shard locked: it must be
 * quick, must not block and must not call the database. To refuse a write it throws {@link
 * io.warpengine.api.WarpException}; nothing is applied then, nor is any other write of the same
 * batch.
 *
 * <p>It does not see a record expire: nobody asked for that, so it cannot be refused. Nor does it
 * see a space being dropped.
 */
public interface WriteInterceptor {

  /**
   * Sees a put.
   *
   * @param space the name of the space; empty for the default space
   * @param key the key
   * @param value the value
   * @return the value to store, the same or another
   */
  Bytes onPut(String space, Bytes key, Bytes value);

  /**
   * Sees a delete.
   *
   * @param space the name of the space; empty for the default space
   * @param key the key
   */
  void onDelete(String space, Bytes key);
}
