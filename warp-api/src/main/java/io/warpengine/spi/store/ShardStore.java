package io.warpengine.spi.store;

import io.warpengine.api.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of one shard: an index by hash and an index by key order. {@link #find} may be called
 * by any thread at any time and never blocks; everything else is called with the shard locked, one
 * call at a time. A record becomes visible to {@code find} at once and completely.
 */
public interface ShardStore {

  /**
   * Finds the current record of a key.
   *
   * @param hash the lower 32 bits of the key's hash
   * @param key the key
   * @return the record, expired or not; null if there is none
   */
  @Nullable StoredRecord find(int hash, Bytes key);

  /**
   * Stores a record in place of the one with the same key. A record with {@link
   * StoredRecord#older()} stays the same object for {@link #find} until it is replaced or removed.
   *
   * @param record a record, not a tombstone
   * @return what was there; null if nothing
   */
  @Nullable StoredRecord put(StoredRecord record);

  /**
   * Removes the record of a key.
   *
   * @param hash the lower 32 bits of the key's hash
   * @param key the key
   * @return what was there; null if nothing
   */
  @Nullable StoredRecord remove(int hash, Bytes key);

  /**
   * Takes a record or tombstone during recovery, before any other use. Of several with the same key
   * the one with the highest sequence wins, in whatever order they come.
   *
   * @param record a record or a tombstone
   */
  void load(StoredRecord record);

  /**
   * Ends recovery: drops what only loading needed and builds what was put off. Called once, also
   * when nothing was loaded.
   */
  void loaded();

  /**
   * Copies a run of records in key order.
   *
   * @param from the first key in the direction of the walk; empty bytes mean from that direction's
   *     very first
   * @param inclusive whether a record with exactly that key belongs to the run
   * @param to the key at which to stop, never included going up, always included going down; empty
   *     means no stop
   * @param backwards whether to walk from higher to lower keys
   * @param target where to put the records
   * @return number of records put; less than {@code target.length} only at the end of the run
   */
  int scan(
      Bytes from, boolean inclusive, Optional<Bytes> to, boolean backwards, StoredRecord[] target);

  /**
   * Number of records.
   *
   * @return 0 or more; may be read at any time
   */
  long size();

  /**
   * Bytes of all keys.
   *
   * @return 0 or more; may be read at any time
   */
  long keyBytes();

  /**
   * Bytes of all values.
   *
   * @return 0 or more; may be read at any time
   */
  long valueBytes();
}
