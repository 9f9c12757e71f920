package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.KeyRange;
import io.warpengine.api.ShardStats;
import io.warpengine.api.WarpDatabase;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.ReferenceDatabase.Bug;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** How much there is, by looking at all of it. */
final class ReferenceRanges {

  private ReferenceRanges() {}

  static Map<Bytes, Optional<Bytes>> deletes(WarpDatabase database, KeyRange range, Set<Bug> bugs) {
    Map<Bytes, Optional<Bytes>> deletes = new LinkedHashMap<>();
    DatabaseModel.entries(database, range)
        .forEach(entry -> deletes.put(entry.key(), Optional.empty()));
    if (bugs.contains(Bug.DELETES_THE_END)) {
      range
          .to()
          .filter(end -> database.get(end).isPresent())
          .ifPresent(end -> deletes.put(end, Optional.empty()));
    }
    return deletes;
  }

  static KeyRange.Size size(WarpDatabase database, KeyRange range, Set<Bug> bugs) {
    List<Entry> entries = DatabaseModel.entries(database, range);
    long bytes = entries.stream().mapToLong(one -> one.key().size() + one.value().size()).sum();
    return new KeyRange.Size(entries.size() + (bugs.contains(Bug.COUNTS_WRONG) ? 1 : 0), bytes);
  }

  static List<Entry> sample(
      WarpDatabase database, KeyRange range, int count, long seed, Set<Bug> bugs) {
    if (count < 0) {
      throw new IllegalArgumentException("The number [" + count + "] is below 0.");
    }
    List<Entry> entries = DatabaseModel.entries(database, range);
    if (!bugs.contains(Bug.SAMPLES_THE_FIRST)) {
      Collections.shuffle(entries, new Random(seed));
    }
    return entries.subList(0, Math.min(count, entries.size()));
  }

  static List<ShardStats> shards(NavigableMap<Bytes, StoredRecord> records, long[] sequences) {
    List<ShardStats> shards = new ArrayList<>();
    for (int shard = 0; shard < sequences.length; shard++) {
      long keys = 0;
      long keyBytes = 0;
      long valueBytes = 0;
      for (StoredRecord record : records.values()) {
        boolean here = ReferenceDatabase.shard(record.key()) == shard;
        keys += here ? 1 : 0;
        keyBytes += here ? record.keySize() : 0;
        valueBytes += here ? record.valueSize() : 0;
      }
      shards.add(new ShardStats(shard, keys, keyBytes, valueBytes, sequences[shard]));
    }
    return shards;
  }
}
