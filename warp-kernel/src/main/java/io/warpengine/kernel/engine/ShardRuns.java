package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.kernel.access.MutationTail;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.StoredRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads all records, shard by shard, for followers that missed some. */
final class ShardRuns implements MutationTail.Records {

  private final Shards shards;
  private final Journal journal;
  private final Spaces spaces;

  ShardRuns(Shards shards, Journal journal, Spaces spaces) {
    this.shards = shards;
    this.journal = journal;
    this.spaces = spaces;
  }

  /** Whether anything was ever written, even if nothing of it is left. */
  boolean hasHistory() {
    for (Shard shard : shards.all) {
      if (shard.sequence > 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public MutationTail.Run read(int number, Optional<Bytes> after, int max) {
    Shard shard = shards.all[number];
    StoredRecord[] run = new StoredRecord[max];
    int count;
    long sequence;
    shards.lock(shard);
    try {
      count = shard.store.scan(after.orElse(Bytes.EMPTY), false, Optional.empty(), false, run);
      sequence = shard.sequence;
    } finally {
      shard.lock.unlock();
    }
    return new MutationTail.Run(List.of(Arrays.copyOf(run, count)), sequence);
  }

  @Override
  public String spaceName(int space) {
    return spaces.nameOf(space);
  }

  @Override
  public long staged() {
    return journal.staged().lsn(0);
  }

  @Override
  public MutationTail.Moment standstill(Runnable action) {
    return shards.standstill(() -> {
      action.run();
      long[] sequences = Arrays.stream(shards.all).mapToLong(shard -> shard.sequence).toArray();
      return new MutationTail.Moment(sequences, staged());
    });
  }
}
