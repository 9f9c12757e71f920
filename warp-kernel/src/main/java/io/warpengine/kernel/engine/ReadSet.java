package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has read: of each key the sequence that it saw, and the ranges. At commit,
 * with the shards of everything read and written locked, all of it is compared with the present
 * (backward validation, as in Tu et al., Speedy Transactions in Multicore In-Memory Databases, SOSP
 * 2013). What only expired since counts as it was seen.
 */
final class ReadSet {

  /** Nothing; not to be added to. */
  static final ReadSet NONE = new ReadSet();

  private static final long ABSENT = 0;

  private final Map<Bytes, KeyRead> keys = new HashMap<>();
  private final List<RangeRead> ranges = new ArrayList<>();
  private final Set<Space> spaces = new HashSet<>();

  private record KeyRead(long hash, long slotHash, long sequence) {}

  ReadSet() {}

  /**
   * Adds a stored key.
   *
   * @param record what was seen; null for nothing
   * @throws Conflict if something else was seen before
   */
  void add(Bytes key, long hash, long slotHash, @Nullable StoredRecord record) {
    long sequence = record == null ? ABSENT : record.sequence();
    KeyRead before = keys.putIfAbsent(key, new KeyRead(hash, slotHash, sequence));
    if (before != null && before.sequence != sequence) {
      throw new Conflict(this, SpaceKeys.keyOf(key));
    }
  }

  /** Adds a space that must still be there. */
  void add(Space space) {
    spaces.add(space);
  }

  /** Adds a range, which grows while it is walked through. */
  void add(RangeRead range) {
    ranges.add(range);
  }

  /** The shards that must be locked for {@link #check}; the caller's own. */
  BitSet owners(Shards shards, SlotTable table) {
    BitSet owners = new BitSet(shards.all.length);
    if (!ranges.isEmpty()) {
      owners.set(0, shards.all.length);
    }
    for (KeyRead read : keys.values()) {
      owners.set(shards.owner(table, read.slotHash).number);
    }
    return owners;
  }

  /**
   * Compares with the present; with the shards locked.
   *
   * @throws Conflict if something has changed
   */
  void check(Shards shards, Expiry expiry) {
    for (Space space : spaces) {
      if (space.isDropped()) {
        throw new Conflict(this, Bytes.utf8(space.name));
      }
    }
    for (Map.Entry<Bytes, KeyRead> entry : keys.entrySet()) {
      KeyRead read = entry.getValue();
      Shard shard = shards.owner(shards.slots(), read.slotHash);
      StoredRecord record = shard.store.find(Shards.indexHash(read.hash), entry.getKey());
      boolean same =
          read.sequence == ABSENT
              ? !expiry.isLive(record)
              : record != null && record.sequence() == read.sequence;
      if (!same) {
        throw new Conflict(this, SpaceKeys.keyOf(entry.getKey()));
      }
    }
    for (RangeRead range : ranges) {
      Optional<Bytes> changed = range.changed(shards);
      if (changed.isPresent()) {
        throw new Conflict(this, changed.get());
      }
    }
  }
}
