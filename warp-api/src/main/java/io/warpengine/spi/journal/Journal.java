package io.warpengine.spi.journal;

import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import java.util.List;
import java.util.Set;

/**
 * The persistence port: puts frames into one order, makes them durable, and gives them back after a
 * restart.
 *
 * <p>Order of calls: {@link #recover} once; then {@link #stage} by writers that hold the locks of
 * the shards concerned, and {@link #await} or {@link #whenReached} without any lock; {@link #close}
 * last. An LSN is the offset of the end of a frame in the stream's history.
 */
public interface Journal extends AutoCloseable {

  /**
   * What the journal can give.
   *
   * @return at least one mode
   */
  Set<Durability> durabilities();

  /**
   * What writes wait for when they name nothing.
   *
   * @return one of {@link #durabilities()}
   */
  Durability defaultDurability();

  /**
   * The newest version of its files that it reads and the one that it writes, recorded in the
   * manifest.
   *
   * @return 1 or more
   */
  default int formatVersion() {
    return 1;
  }

  /**
   * Brings back what was written before: owners are restored from the newest checkpoint, then every
   * record after it is replayed. Not bounded in time.
   *
   * @param readOnly whether no file may be changed; then nothing can be staged afterwards
   * @param replay receives the records
   * @param owners everything that takes part in checkpoints, now and later
   */
  void recover(boolean readOnly, Replay replay, List<Checkpointable> owners);

  /**
   * Stages one record as one frame. The caller holds the lock of the record's shard and applies the
   * record after this returns.
   *
   * @param shard the record's shard
   * @param record a record or a tombstone
   * @return the LSN to wait for
   * @throws io.warpengine.api.WarpException READ_ONLY, DISK_FULL or CLOSED, or DISK_FAILED if the
   *     disk refuses what only this frame needs; then nothing is staged
   */
  long stage(int shard, StoredRecord record);

  /**
   * Stages several records as one frame, all or nothing after a crash. The caller holds the locks
   * of all their shards.
   *
   * @param shards the shard of each record
   * @param records records and tombstones
   * @param count how many of them
   * @return the LSN to wait for
   * @throws io.warpengine.api.WarpException as {@link #stage(int, StoredRecord)}, and
   *     BATCH_TOO_LARGE; then nothing is staged
   */
  long stage(int[] shards, StoredRecord[] records, int count);

  /**
   * Waits until a frame has reached a durability. An interrupt does not end the wait; the thread's
   * flag stays set.
   *
   * @param lsn what {@link #stage} returned
   * @param durability one of {@link #durabilities()}
   * @return what had been reached, at least what was asked for
   * @throws io.warpengine.api.WarpException OUTCOME_UNKNOWN if the journal failed meanwhile;
   *     DURABILITY_UNSUPPORTED if it is not one of {@link #durabilities()}
   */
  Durability await(long lsn, Durability durability);

  /**
   * Calls back when a frame has reached a durability: at once in this thread, or later in the
   * journal's.
   *
   * @param lsn what {@link #stage} returned
   * @param durability one of {@link #durabilities()}
   * @param waiter what to call, once
   * @throws io.warpengine.api.WarpException DURABILITY_UNSUPPORTED if it is not one of {@link
   *     #durabilities()}; then the waiter is not called
   */
  void whenReached(long lsn, Durability durability, Waiter waiter);

  /**
   * The end of what was staged.
   *
   * @return the position of this moment
   */
  Position staged();

  /**
   * The end of what is known to be durable.
   *
   * @return the position of this moment
   */
  Position durable();

  /**
   * Whether staging is refused, and why.
   *
   * @return a sentence; empty if it is not refused
   */
  String refusal();

  /**
   * Makes everything staged durable, records a clean end and frees all files. Has no effect the
   * second time. Without {@link #recover}, because the opening failed before it, only frees what
   * the constructor took.
   */
  @Override
  void close();

  /** Receives records during recovery. */
  interface Replay {

    /**
     * One record or tombstone. Those of one shard come one at a time in the order of their
     * sequences; those of different shards may come from different threads at once.
     *
     * @param shard its shard
     * @param sequence the number of the write in its shard
     * @param data key, value and, if it expires, eight bytes of expiry, as {@link
     *     StoredRecord#copyTo} gave them; given away
     * @param keySize bytes of the key
     * @param expires whether the data ends with an expiry
     * @param tombstone whether the key was deleted; then the data is the key alone
     */
    void record(
        int shard, long sequence, byte[] data, int keySize, boolean expires, boolean tombstone);
  }

  /** Waits for a durability without a thread. */
  interface Waiter {

    /**
     * The durability is reached.
     *
     * @param durability what had been reached, at least what was asked for
     */
    void reached(Durability durability);

    /**
     * The journal failed: nobody knows whether the frame is durable.
     *
     * @param failure OUTCOME_UNKNOWN with the reason
     */
    void failed(io.warpengine.api.WarpException failure);
  }
}
