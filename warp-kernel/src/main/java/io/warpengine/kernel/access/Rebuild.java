package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.spi.access.Mutation;
import io.warpengine.spi.store.SpaceKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads all current records for a follower that missed some, and tells which mutations they already
 * contain.
 *
 * <p>Shards are read in runs of key order, each under the shard's lock, while writers go on. A run
 * that ends at key k when its shard is at sequence s shows every write up to s to the keys since
 * the run before. So a mutation that is looked at between two runs is contained if its key was not
 * read yet, since a later run will show it, or if its sequence is at most that of the run that read
 * its key. The ends of the runs are kept for each shard until a mutation beyond all of them has
 * come, because an old one may come late.
 */
final class Rebuild {

  private final MutationTail.Records records;
  private final int max;
  private final List<@Nullable List<RunEnd>> ends = new ArrayList<>();
  private int shard;

  Rebuild(MutationTail.Records records, int shards, int max) {
    this.records = records;
    this.max = max;
    for (int i = 0; i < shards; i++) {
      ends.add(new ArrayList<>());
    }
  }

  /** Whether every shard was read to its end. */
  boolean isRead() {
    return shard == ends.size();
  }

  /** Reads the next run; null if followers see nothing of it. */
  @Nullable Unit next() {
    List<RunEnd> known = ends.get(shard);
    if (known == null) {
      throw new IllegalStateException("The shard [" + shard + "] was read already.");
    }
    Optional<Bytes> after = known.isEmpty() ? Optional.empty() : known.getLast().key;
    MutationTail.Run run = records.read(shard, after, max);
    long lsn = records.staged();
    int readShard = shard;
    if (run.records().size() < max) {
      known.add(new RunEnd(Optional.empty(), run.sequence()));
      shard++;
    } else {
      Bytes last = Bytes.copyOf(run.records().getLast().key().toArray());
      known.add(new RunEnd(Optional.of(last), run.sequence()));
    }
    return Unit.of(lsn, i -> readShard, run.records(), records);
  }

  /** Whether a mutation that is looked at now, between two runs, is or will be in a run. */
  boolean contains(Mutation mutation) {
    List<RunEnd> known = ends.get(mutation.shard());
    if (known == null) {
      return false;
    }
    if (mutation.shard() < shard && mutation.sequence() > known.getLast().sequence) {
      ends.set(mutation.shard(), null);
      return false;
    }
    Bytes key = SpaceKeys.stored(mutation.space(), mutation.key());
    int low = 0;
    int high = known.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (known.get(middle).isBefore(key)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == known.size() || mutation.sequence() <= known.get(low).sequence;
  }

  /** The last key of a run, or empty for the end of the shard, and the sequence it shows. */
  private record RunEnd(Optional<Bytes> key, long sequence) {

    boolean isBefore(Bytes other) {
      return key.isPresent() && key.get().compareTo(other) < 0;
    }
  }
}
