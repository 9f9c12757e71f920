package io.warpengine.kernel.version;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.spi.store.StoredRecord.OlderVersions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one shard that open moments may still read (multiversion concurrency control with
 * version chains, newest to oldest, as in Larson et al., High-Performance Concurrency Control
 * Mechanisms for Main-Memory Databases, VLDB 2012; the index stays one of current records only).
 *
 * <p>While a moment is open, a write that replaces a record which that moment sees puts the old one
 * into a chain, and the new record leads to the chain. A deleted key has no record that could lead
 * anywhere: its chain lies in a grave, found by key. Writers do this before they change the store,
 * with the shard locked; so a reader who finds, without a lock, a record that is too new for its
 * moment, or none, finds the chain too. A grave stays where it is when the key is written again,
 * since a reader may have looked into the store before.
 *
 * <p>What no open moment sees is not kept: a key that is overwritten again and again has at most
 * one version per moment. When moments end, a background task looks at the chains again.
 */
public final class ShardVersions {

  private static final long REPORTED_BYTES = 64L << 10;
  private static final int GRAVE_BYTES = 160;

  private final OpenMoments moments;
  private ArrayDeque<OlderVersions> chains = new ArrayDeque<>();
  private final ConcurrentNavigableMap<Bytes, Grave> graves = new ConcurrentSkipListMap<>();
  private long unreported;

  /** A deleted key: the delete, and what was before it. */
  private record Grave(StoredRecord tombstone, OlderVersions older) {

    long bytes() {
      return (long) GRAVE_BYTES + tombstone.dataSize();
    }

    @Nullable StoredRecord at(long sequence) {
      return tombstone.sequence() <= sequence ? null : present(older.at(sequence));
    }
  }

  /** Records of a run, in order, and how far it went. */
  public record Run(List<StoredRecord> records, Bytes reached, boolean more) {}

  /**
   * No versions.
   *
   * @param moments what is open
   */
  public ShardVersions(OpenMoments moments) {
    this.moments = moments;
  }

  /**
   * Keeps what a record replaces, as far as a moment sees it. With the shard locked, before the
   * store is changed.
   *
   * @param record what will be stored
   * @param store the shard's store
   * @param newest the sequence of the newest open moment
   * @return the record to store
   */
  public StoredRecord replace(StoredRecord record, ShardStore store, long newest) {
    OlderVersions older = olderOf(record, store, newest);
    return older == null ? record : record.withOlder(older);
  }

  /**
   * Keeps what a delete removes, as far as a moment sees it. With the shard locked, before the
   * store is changed.
   *
   * @param tombstone the delete
   * @param store the shard's store
   * @param newest the sequence of the newest open moment
   */
  public void remove(StoredRecord tombstone, ShardStore store, long newest) {
    OlderVersions older = olderOf(tombstone, store, newest);
    if (older != null) {
      Grave grave = new Grave(tombstone, older);
      Grave former = graves.put(tombstone.key(), grave);
      unreported += grave.bytes() - (former == null ? 0 : former.bytes());
    }
  }

  /**
   * The version of a key at a moment; for any thread.
   *
   * @param store the shard's store
   * @param hash the lower 32 bits of the key's hash
   * @param key the key
   * @param sequence the number of the last write before the moment
   * @return the record, expired or not; null if there was none
   */
  public @Nullable StoredRecord find(ShardStore store, int hash, Bytes key, long sequence) {
    StoredRecord record = store.find(hash, key);
    if (record != null) {
      return at(record, sequence);
    }
    Grave grave = graves.isEmpty() ? null : graves.get(key);
    return grave == null ? null : grave.at(sequence);
  }

  /**
   * A run of versions at a moment, in key order. With the shard locked; the arguments are those of
   * {@link ShardStore#scan}.
   *
   * @param max how many present records to look at, and how many deleted keys between them
   * @return what the moment sees of them
   */
  public Run scan(
      ShardStore store,
      Bytes from,
      boolean inclusive,
      Optional<Bytes> to,
      boolean backwards,
      int max,
      long sequence) {
    StoredRecord[] run = new StoredRecord[max];
    int count = store.scan(from, inclusive, to, backwards, run);
    boolean storeEnds = count < max;
    Iterator<Grave> buried = buried(from, inclusive, backwards);
    Grave grave = next(buried);
    List<StoredRecord> records = new ArrayList<>(count);
    Bytes reached = from;
    int at = 0;
    int visited = 0;
    while (true) {
      StoredRecord record = at < count ? run[at] : null;
      int order = grave == null ? 1 : order(grave, record, backwards);
      if (grave != null && order == 0) {
        grave = next(buried); // The record that is there leads to the same versions.
      } else if (grave != null
          && order < 0
          && (record != null || (storeEnds && isBefore(grave.tombstone, to, backwards)))) {
        if (visited == max) {
          return new Run(records, reached, true);
        }
        visited++;
        add(records, grave.at(sequence));
        reached = grave.tombstone.key();
        grave = next(buried);
      } else if (record != null) {
        add(records, at(record, sequence));
        reached = record.key();
        at++;
      } else {
        return new Run(records, reached, !storeEnds);
      }
    }
  }

  /**
   * Looks at some chains again. With the shard locked.
   *
   * @param sequences the number of the last write before each open moment, ascending
   * @param count how many chains to look at, at most as many as there are
   */
  public void trim(long[] sequences, int count) {
    for (int i = 0; i < count; i++) {
      OlderVersions chain = chains.remove();
      unreported -= chain.retain(sequences);
      if (!chain.isEmpty()) {
        chains.add(chain);
      }
    }
    if (chains.isEmpty()) {
      chains = new ArrayDeque<>();
    }
    report();
  }

  /** The number of chains. With the shard locked. */
  public int chains() {
    return chains.size();
  }

  /**
   * Forgets deleted keys of which nothing is kept any more, or nothing that a moment may read.
   *
   * @param sequences the number of the last write before each open moment, ascending
   */
  public void clearGraves(long[] sequences) {
    long freed = 0;
    for (Map.Entry<Bytes, Grave> entry : graves.entrySet()) {
      Grave grave = entry.getValue();
      boolean read = sequences.length > 0 && sequences[0] < grave.tombstone.sequence();
      if ((!read || grave.older.isEmpty()) && graves.remove(entry.getKey(), grave)) {
        freed += grave.bytes();
      }
    }
    moments.kept(-freed);
  }

  /** The chain behind what replaces the present version of a key; null if there is none. */
  private @Nullable OlderVersions olderOf(StoredRecord replacing, ShardStore store, long newest) {
    Bytes key = replacing.key();
    StoredRecord old = store.find(replacing.hash(), key);
    OlderVersions older;
    if (old != null) {
      older = old.older();
    } else {
      Grave grave = graves.isEmpty() ? null : graves.get(key);
      if (grave == null) {
        return null;
      }
      old = grave.tombstone;
      older = grave.older;
    }
    if (old.sequence() > newest) {
      return older == null || older.isEmpty() ? null : older;
    }
    if (older == null || older.isEmpty()) {
      if (old.isTombstone()) {
        return null;
      }
      older = new OlderVersions();
      chains.add(older);
    }
    unreported += older.add(old, replacing.sequence());
    if (unreported > REPORTED_BYTES) {
      report();
    }
    return older;
  }

  private void report() {
    if (unreported != 0) {
      long bytes = unreported;
      unreported = 0;
      moments.kept(bytes);
    }
  }

  private Iterator<Grave> buried(Bytes from, boolean inclusive, boolean backwards) {
    if (graves.isEmpty()) {
      return Collections.emptyIterator();
    }
    ConcurrentNavigableMap<Bytes, Grave> ordered = backwards ? graves.descendingMap() : graves;
    return (from.isEmpty() ? ordered : ordered.tailMap(from, inclusive)).values().iterator();
  }

  private static @Nullable StoredRecord at(StoredRecord record, long sequence) {
    if (record.sequence() <= sequence) {
      return record;
    }
    OlderVersions older = record.older();
    return older == null ? null : present(older.at(sequence));
  }

  private static @Nullable StoredRecord present(@Nullable StoredRecord record) {
    return record == null || record.isTombstone() ? null : record;
  }

  private static void add(List<StoredRecord> records, @Nullable StoredRecord record) {
    if (record != null) {
      records.add(record);
    }
  }

  private static @Nullable Grave next(Iterator<Grave> graves) {
    return graves.hasNext() ? graves.next() : null;
  }

  /** Where a grave lies beside a record, in the direction of a walk; before the end of it. */
  private static int order(Grave grave, @Nullable StoredRecord record, boolean backwards) {
    if (record == null) {
      return -1;
    }
    int compared = grave.tombstone.compareKey(record);
    return backwards ? -compared : compared;
  }

  private static boolean isBefore(StoredRecord record, Optional<Bytes> to, boolean backwards) {
    return to.isEmpty()
        || (backwards ? record.compareKey(to.get()) >= 0 : record.compareKey(to.get()) < 0);
  }
}
