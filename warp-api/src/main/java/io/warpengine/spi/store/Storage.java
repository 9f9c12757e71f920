package io.warpengine.spi.store;

/** The storage port: makes the store of each shard. */
public interface Storage {

  /**
   * Makes the empty store of one shard.
   *
   * @param shard its number, from 0
   * @return the store
   */
  ShardStore newShard(int shard);

  /**
   * The version of what it writes into checkpoints.
   *
   * @return 1 or more
   */
  int formatVersion();
}
