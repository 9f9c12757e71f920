package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range that a transaction walks through at a moment, as far as it has come: how many records it
 * has seen of each shard. That part is still as it was if no record in it was written after the
 * moment and none is missing.
 */
final class RangeRead {

  private static final int RUN = 256;

  private final Snapshot snapshot;
  private final Bytes low;
  private final Optional<Bytes> high;
  private final boolean backwards;
  private final int[] seen;
  private @Nullable Bytes reached;
  private boolean whole;

  /**
   * A range of which nothing is seen yet.
   *
   * @param snapshot the moment
   * @param low the lowest key
   * @param high the end, not included; empty for none
   * @param backwards whether it is walked through from its end
   */
  RangeRead(Snapshot snapshot, Bytes low, Optional<Bytes> high, boolean backwards) {
    this.snapshot = snapshot;
    this.low = low;
    this.high = high;
    this.backwards = backwards;
    seen = new int[snapshot.shards()];
  }

  /** Notes the next record, and its shard. */
  void saw(Bytes key, int shard) {
    reached = key;
    seen[shard]++;
  }

  /** Notes that there is nothing more. */
  void sawEnd() {
    whole = true;
  }

  /**
   * Compares with the present; with all shards locked.
   *
   * @return a key that has changed, or one in the part where something is missing; empty if nothing
   *     has
   */
  Optional<Bytes> changed(Shards shards) {
    Bytes from = low;
    Optional<Bytes> to = high;
    if (!whole) {
      if (reached == null) {
        return Optional.empty();
      }
      if (backwards) {
        from = reached;
      } else {
        to = Optional.of(after(reached));
      }
    }
    List<Interval> intervals = Interval.upwards(snapshot.space(), from, to);
    if (!intervals.isEmpty()) {
      for (Shard shard : shards.all) {
        Optional<Bytes> changed = changed(shard, intervals, from);
        if (changed.isPresent()) {
          return changed;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Bytes> changed(Shard shard, List<Interval> intervals, Bytes from) {
    long sequence = snapshot.sequence(shard.number);
    if (shard.sequence == sequence) {
      return Optional.empty();
    }
    StoredRecord[] run = new StoredRecord[RUN];
    int there = 0;
    for (Interval interval : intervals) {
      Bytes place = interval.from();
      boolean inclusive = interval.inclusive();
      int count;
      do {
        count = shard.store.scan(place, inclusive, interval.end(), false, run);
        for (int i = 0; i < count; i++) {
          if (run[i].sequence() > sequence) {
            return Optional.of(SpaceKeys.keyOf(run[i].key()));
          }
          there += snapshot.isLive(run[i]) ? 1 : 0;
        }
        inclusive = false;
        place = count == 0 ? place : run[count - 1].key();
      } while (count == RUN);
    }
    if (there == seen[shard.number]) {
      return Optional.empty();
    }
    return Optional.of(from.isEmpty() && reached != null ? reached : from);
  }

  /** The lowest key above a key. */
  static Bytes after(Bytes key) {
    byte[] bytes = new byte[key.size() + 1];
    key.copyTo(0, bytes, 0, key.size());
    return Bytes.wrap(bytes, 0, bytes.length);
  }
}
