package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.kernel.version.ShardVersions;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.util.Optional;

/**
 * One shard: its lock, its sequence and its store. Whoever holds the lock is the writer. What the
 * writer changes lies on cache lines of its own, away from what readers need and from other shards.
 */
final class Shard extends ShardPadding {

  private static final int RUN = 256;

  final int number;
  final ShardStore store;
  final ShardVersions versions;
  final ShardLock lock = new ShardLock();

  /** What is stored under marked keys, by space. */
  final SpaceCounts marked = new SpaceCounts();

  Shard(int number, ShardStore store, ShardVersions versions) {
    this.number = number;
    this.store = store;
    this.versions = versions;
  }

  /**
   * Ends loading, if it has not ended: the store orders its keys. A journal may write a checkpoint
   * before its recovery returns, so whoever scans a shard first does this. With the lock held.
   */
  void finishLoading() {
    if (loaded) {
      return;
    }
    loaded = true;
    store.loaded();
    countMarked();
    if (store.size() == 0) {
      firstExpiry = Long.MAX_VALUE;
    }
  }

  /** Stores a record, or removes what a tombstone names. With the lock held. */
  void apply(StoredRecord record) {
    sequence = record.sequence();
    boolean watched = newestMoment != NO_MOMENT;
    if (record.isTombstone()) {
      if (watched) {
        versions.remove(record, store, newestMoment);
      }
      forget(record);
    } else {
      if (record.expires()) {
        firstExpiry = Math.min(firstExpiry, record.expiresAtMillis());
      }
      StoredRecord before =
          store.put(watched ? versions.replace(record, store, newestMoment) : record);
      if (SpaceKeys.isMarked(record.firstKeyByte())) {
        marked.stored(record, before);
      }
    }
  }

  /** Takes a record out of memory alone. With the lock held. */
  void forget(StoredRecord record) {
    StoredRecord before = store.remove(record.hash(), record.key());
    if (before != null && SpaceKeys.isMarked(record.firstKeyByte())) {
      marked.removed(before);
    }
  }

  /** What it holds of a space, in the user's keys. With the lock held. */
  SpaceCounts.Figures figures(int space) {
    return space == SpaceKeys.DEFAULT
        ? marked.main(store.size(), store.keyBytes(), store.valueBytes())
        : marked.of(space);
  }

  private void countMarked() {
    StoredRecord[] run = new StoredRecord[RUN];
    Bytes place = SpaceKeys.FIRST_MARKED;
    int count = RUN;
    while (count == RUN) {
      count = store.scan(place, false, Optional.empty(), false, run);
      for (int i = 0; i < count; i++) {
        marked.stored(run[i], null);
      }
      if (count > 0) {
        place = run[count - 1].key();
      }
    }
  }
}

/** Fills the cache lines between what changes and what does not. */
@SuppressWarnings("unused")
abstract class ShardPadding extends ShardState {
  private long after0;
  private long after1;
  private long after2;
  private long after3;
  private long after4;
  private long after5;
  private long after6;
  private long after7;
}

/** What changes under the lock. */
abstract class ShardState extends ShardHead {

  static final long NO_MOMENT = -1;

  /** The number of the last write. */
  long sequence;

  /** The number of the last write before the newest moment that is open. */
  long newestMoment = NO_MOMENT;

  /** Whether the store has ended loading. */
  boolean loaded;

  /** No record expires before this time; 0 before the first look. */
  long firstExpiry;
}

/** Fills the cache line before. */
@SuppressWarnings("unused")
abstract class ShardHead {
  private long before0;
  private long before1;
  private long before2;
  private long before3;
  private long before4;
  private long before5;
  private long before6;
  private long before7;
}
