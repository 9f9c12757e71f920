package io.warpengine.spi.store;

import io.warpengine.api.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The cache port: copies of records whose store keeps them on disk. What it returns counts only
 * with the sequence that the index names, so a write needs no invalidation and nothing stale can be
 * read. Safe for several threads. No storage asks it yet: the kernel makes the chosen cache, and a
 * log line says that it is idle.
 */
public interface CacheTier {

  /**
   * Looks for a copy.
   *
   * @param hash the lower 32 bits of the key's hash
   * @param key the key
   * @param sequence the sequence that the copy must have
   * @return the record; null if there is no copy with this sequence
   */
  @Nullable StoredRecord get(int hash, Bytes key, long sequence);

  /**
   * Offers a record that was just read from disk; the cache may take it or not.
   *
   * @param record the record
   */
  void offer(StoredRecord record);
}
