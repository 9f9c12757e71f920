package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.api.Position;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.spi.access.MutationFollower;
import io.warpengine.spi.store.StoredRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries mutations from writers to followers, in order and without making writers wait. */
public final class MutationTail {

  /**
   * A tail.
   *
   * @param shards number of shards
   * @param metrics where it registers its figures
   */
  public MutationTail(int shards, KernelMetrics metrics) {}

  /**
   * Adds a follower; before {@link #start}.
   *
   * @param name its name in logs
   * @param follower what to call
   */
  public void follow(String name, MutationFollower follower) {}

  /**
   * Begins delivery; before the first append.
   *
   * @param durable the end of what is durable
   * @param records gives all current records after a gap
   * @param gap whether to begin with a gap, because there are records that no follower has seen
   */
  public void start(Supplier<Position> durable, Records records, boolean gap) {}

  /**
   * Appends one write. The caller holds the lock of its shard and has staged it; it applies the
   * record before it unlocks.
   *
   * @param lsn the end of its frame in the journal; 0 without one
   * @param shard its shard
   * @param record a record or a tombstone
   */
  public void append(long lsn, int shard, StoredRecord record) {}

  /**
   * Appends the writes of a batch. The caller holds the locks of all their shards and applies all
   * before it unlocks any.
   *
   * @param lsn the end of their frame in the journal; 0 without one
   * @param shards the shard of each record
   * @param records records and tombstones
   * @param count how many of them
   */
  public void append(long lsn, int[] shards, StoredRecord[] records, int count) {}

  /** Gives all current records, for followers that missed some. Implemented by the engine. */
  public interface Records {

    /**
     * Reads a run of one shard's records in key order, with the shard locked during the call.
     *
     * @param shard the shard
     * @param after the last key of the run before; empty for the first run
     * @param max the largest number of records wanted, 1 or more
     * @return the run
     */
    Run read(int shard, Optional<Bytes> after, int max);

    /**
     * The end of what is staged in the journal.
     *
     * @return an LSN that no record already read is beyond; 0 without a journal
     */
    long staged();
  }

  /**
   * A run of records.
   *
   * @param records in key order; fewer than wanted only at the end of the shard
   * @param sequence the shard's sequence at that moment: every write up to it is reflected
   */
  public record Run(List<StoredRecord> records, long sequence) {

    /** Keeps its own copy of the records. */
    public Run {
      records = List.copyOf(records);
    }
  }
}
