package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.KeyRange;
import io.warpengine.api.Position;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is done with all records of a range of keys of a space. In a shard such a range is one
 * interval of stored keys, or two.
 */
final class Ranges {

  /** So few that writers do not wait long for the locks of a batch. */
  private static final int CHUNK = 1024;

  private static final int CHUNK_BYTES = 1 << 18;

  /** Records of one shard that are looked at to estimate the size of the others. */
  private static final int PROBES = 64;

  private final EngineCore core;
  private final EngineSpace home;
  private final Space space;
  private final Writer writer;
  private final Shards shards;
  private final Expiry expiry;

  Ranges(EngineCore core, EngineSpace home) {
    this.core = core;
    this.home = home;
    space = home.space;
    writer = core.writer;
    shards = core.shards;
    expiry = core.expiry;
  }

  /** As {@link io.warpengine.api.WarpSpace#deleteRange(KeyRange, WriteOptions)}. */
  KeyRange.Deleted delete(KeyRange range, WriteOptions options) {
    shards.checkOpen();
    writer.checkWritable();
    Durability durability = writer.durability(space, options);
    long records = 0;
    long lsn = 0;
    KeyRange left = present(range);
    WriteBatch chunk = chunk(left);
    while (chunk.size() > 0) {
      PlannedWrite[] planned =
          core.batches.plan(space, chunk.writes(), WriteOptions.DEFAULT, core.spaces::require);
      lsn = Math.max(lsn, core.batches.commit(planned, ReadSet.NONE));
      for (PlannedWrite write : planned) {
        records += write.record == null ? 0 : 1;
      }
      left = new KeyRange(after(chunk.writes().getLast().key()), left.to());
      chunk = chunk(left);
    }
    if (!writer.isJournalled()) {
      return new KeyRange.Deleted(records, Position.START, durability);
    }
    Position position = lsn == 0 ? writer.journal.staged() : Position.of(lsn);
    Durability reached = writer.journal.await(position.lsn(0), durability);
    return new KeyRange.Deleted(records, position, reached);
  }

  /**
   * The part of a range up to the last key that is there now, so that whoever writes at its end
   * meanwhile does not prolong the work.
   */
  private KeyRange present(KeyRange range) {
    try (ScanCursor last = home.scan(Scan.in(range).reversed().limit(1))) {
      return last.hasNext()
          ? KeyRange.of(range.from(), after(last.next().key()))
          : KeyRange.of(Bytes.EMPTY, Bytes.EMPTY);
    }
  }

  /** The key that follows a key. */
  private static Bytes after(Bytes key) {
    byte[] bytes = Arrays.copyOf(key.toArray(), key.size() + 1);
    return Bytes.wrap(bytes, 0, bytes.length);
  }

  /**
   * The deletes of the first records of a range. The walk ends before they are removed, since an
   * open one keeps what is removed.
   */
  private WriteBatch chunk(KeyRange range) {
    WriteBatch chunk = new WriteBatch();
    long bytes = 0;
    try (ScanCursor cursor = home.scan(Scan.in(range).limit(CHUNK))) {
      while (bytes < CHUNK_BYTES && cursor.hasNext()) {
        Bytes key = cursor.next().key();
        chunk.delete(key);
        bytes += key.size();
      }
    }
    return chunk;
  }

  /** As {@link io.warpengine.api.WarpSpace#approximateSize(KeyRange)}. */
  KeyRange.Size size(KeyRange range) {
    shards.checkOpen();
    List<Interval> intervals = Interval.upwards(space, range.from(), range.to());
    long records = 0;
    long bytes = 0;
    for (Shard shard : shards.all) {
      KeyRange.Size size = size(shard, intervals);
      records += size.records();
      bytes += size.bytes();
    }
    return new KeyRange.Size(records, bytes);
  }

  private KeyRange.Size size(Shard shard, List<Interval> intervals) {
    shards.lock(shard);
    try {
      space.checkThere();
      long count = count(shard, intervals);
      if (count <= PROBES) {
        return all(shard, intervals);
      }
      SpaceCounts.Figures figures = shard.figures(space.id);
      if (count == figures.keys()) {
        return new KeyRange.Size(count, figures.keyBytes() + figures.valueBytes());
      }
      return new KeyRange.Size(count, Math.round(mean(shard, intervals, count) * count));
    } finally {
      shard.lock.unlock();
    }
  }

  private static long count(Shard shard, List<Interval> intervals) {
    long count = 0;
    for (Interval interval : intervals) {
      count += shard.store.count(interval.from(), interval.end());
    }
    return count;
  }

  private KeyRange.Size all(Shard shard, List<Interval> intervals) {
    StoredRecord[] few = new StoredRecord[PROBES];
    long records = 0;
    long bytes = 0;
    for (Interval interval : intervals) {
      int length = shard.store.scan(interval.from(), true, interval.end(), false, few);
      for (int i = 0; i < length; i++) {
        if (expiry.isLive(few[i])) {
          records++;
          bytes += bytes(few[i]);
        }
      }
    }
    return new KeyRange.Size(records, bytes);
  }

  private static double mean(Shard shard, List<Interval> intervals, long count) {
    double bytes = 0;
    int probes = 0;
    for (int i = 0; i < PROBES; i++) {
      long number = (2L * i + 1) * count / (2 * PROBES);
      StoredRecord record = pick(shard, intervals, number);
      if (record != null) {
        bytes += bytes(record);
        probes++;
      }
    }
    return probes == 0 ? 0 : bytes / probes;
  }

  /** The record with a number among those of the intervals; null if there are not so many. */
  private static @Nullable StoredRecord pick(Shard shard, List<Interval> intervals, long number) {
    long left = number;
    for (Interval interval : intervals) {
      long count = shard.store.count(interval.from(), interval.end());
      if (left < count) {
        return shard.store.pick(interval.from(), interval.end(), left);
      }
      left -= count;
    }
    return null;
  }

  private static long bytes(StoredRecord record) {
    return (long) record.keySize() - SpaceKeys.keyAt(record.key()) + record.valueSize();
  }

  /**
   * As {@link io.warpengine.api.WarpSpace#sample}: numbers of all records of the range are drawn
   * without putting them back (Fisher and Yates; of the numbers that would be moved only those that
   * were are remembered), and what stands at a number is taken unless it has expired.
   */
  List<Entry> sample(KeyRange range, int count, long seed) {
    shards.checkOpen();
    if (count < 0) {
      throw new IllegalArgumentException("The number [" + count + "] of records is below 0.");
    }
    List<Interval> intervals = Interval.upwards(space, range.from(), range.to());
    long[] ends = new long[shards.all.length];
    long total = 0;
    for (Shard shard : shards.all) {
      shards.lock(shard);
      try {
        space.checkThere();
        total += count(shard, intervals);
      } finally {
        shard.lock.unlock();
      }
      ends[shard.number] = total;
    }
    SplittableRandom random = new SplittableRandom(seed);
    Map<Long, Long> moved = new HashMap<>();
    Map<Bytes, Entry> chosen = new LinkedHashMap<>();
    for (long left = total; left > 0 && chosen.size() < count; left--) {
      long drawn = random.nextLong(left);
      Long number = moved.getOrDefault(drawn, drawn);
      Long last = moved.remove(left - 1);
      if (drawn != left - 1) {
        moved.put(drawn, last == null ? left - 1 : last);
      }
      pick(intervals, ends, number)
          .ifPresent(record -> chosen.putIfAbsent(record.key(), Cursor.entryOf(record)));
    }
    return new ArrayList<>(chosen.values());
  }

  private Optional<StoredRecord> pick(List<Interval> intervals, long[] ends, long number) {
    int shard = 0;
    while (ends[shard] <= number) {
      shard++;
    }
    long within = shard == 0 ? number : number - ends[shard - 1];
    Shard owner = shards.all[shard];
    shards.lock(owner);
    try {
      space.checkThere();
      return Optional.ofNullable(pick(owner, intervals, within)).filter(expiry::isLive);
    } finally {
      owner.lock.unlock();
    }
  }
}
