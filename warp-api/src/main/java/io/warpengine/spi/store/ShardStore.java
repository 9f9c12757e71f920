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
   * Counts the records in a range. A store that can tell without walking through them says so here.
   *
   * @param from the first key included; empty bytes mean from the very first
   * @param to the first key excluded; empty means to the very last
   * @return exactly how many, expired ones included
   */
  default long count(Bytes from, Optional<Bytes> to) {
    StoredRecord[] run = new StoredRecord[256];
    long count = 0;
    int length = scan(from, true, to, false, run);
    while (length == run.length) {
      count += length;
      length = scan(run[length - 1].key(), false, to, false, run);
    }
    return count + length;
  }

  /**
   * One of the records in a range by its number. As long as nothing is written, the numbers from 0
   * on, below {@link #count}, stand for different records, in an order of the store's choice.
   *
   * @param from the first key included; empty bytes mean from the very first
   * @param to the first key excluded; empty means to the very last
   * @param number 0 or more
   * @return the record, expired or not; null if the range holds no more than {@code number}
   */
  default @Nullable StoredRecord pick(Bytes from, Optional<Bytes> to, long number) {
    StoredRecord[] run = new StoredRecord[256];
    long passed = 0;
    int length = scan(from, true, to, false, run);
    while (length == run.length && passed + length <= number) {
      passed += length;
      length = scan(run[length - 1].key(), false, to, false, run);
    }
    return number - passed < length ? run[(int) (number - passed)] : null;
  }

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
