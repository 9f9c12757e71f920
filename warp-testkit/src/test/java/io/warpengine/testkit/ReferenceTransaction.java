package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpTransaction;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.ReferenceDatabase.Bug;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Notes what it reads, keeps what it writes, and compares at its end. */
final class ReferenceTransaction implements WarpTransaction {

  private final ReferenceDatabase database;
  private final boolean readOnly;
  private final Set<Bug> bugs;
  private final NavigableMap<Bytes, StoredRecord> begun;
  private final Map<Bytes, Optional<StoredRecord>> reads = new HashMap<>();
  private final List<Walk> walks = new ArrayList<>();
  private final NavigableMap<Bytes, Optional<StoredRecord>> writes = new TreeMap<>();
  private boolean ended;

  private record Walk(Scan scan, ReferenceCursor cursor, NavigableMap<Bytes, StoredRecord> base) {

    /** The part of the range that was walked through. */
    private NavigableMap<Bytes, StoredRecord> walked(NavigableMap<Bytes, StoredRecord> records) {
      NavigableMap<Bytes, StoredRecord> range = ReferenceCursor.range(records, scan, Set.of());
      if (cursor.hasNext() || scan.limit() < Long.MAX_VALUE) {
        return cursor.last().map(key -> range.headMap(key, true)).orElseGet(TreeMap::new);
      }
      return range;
    }
  }

  ReferenceTransaction(ReferenceDatabase database, boolean readOnly, Set<Bug> bugs) {
    this.database = database;
    this.readOnly = readOnly;
    this.bugs = bugs;
    begun = database.live();
  }

  /** Ends it, and says which key was not as it was read; writes if none and if it is asked to. */
  Optional<Bytes> end(boolean write, TransactionOptions options) {
    Optional<Bytes> conflict;
    synchronized (database) {
      conflict = readOnly ? Optional.empty() : conflict();
      if (write && conflict.isEmpty()) {
        database.commit(writes, options);
      }
    }
    ended = true;
    walks.forEach(walk -> walk.cursor.close());
    return conflict;
  }

  private Optional<Bytes> conflict() {
    NavigableMap<Bytes, StoredRecord> present = database.live();
    if (!bugs.contains(Bug.READS_NOT_COMPARED)) {
      for (Map.Entry<Bytes, Optional<StoredRecord>> read : reads.entrySet()) {
        if (!Optional.ofNullable(present.get(read.getKey())).equals(read.getValue())) {
          return Optional.of(read.getKey());
        }
      }
    }
    if (!bugs.contains(Bug.RANGES_NOT_COMPARED)) {
      for (Walk walk : walks) {
        if (!walk.walked(walk.base).equals(walk.walked(present))) {
          return Optional.of(walk.scan.from());
        }
      }
    }
    return Optional.empty();
  }

  private NavigableMap<Bytes, StoredRecord> seen() {
    checkRunning();
    return readOnly ? begun : database.live();
  }

  private void checkRunning() {
    database.checkOpen();
    if (ended) {
      throw ReferenceDatabase.refused(CoreError.CLOSED);
    }
  }

  @Override
  public WarpTransaction space(String name) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return entry(key).map(Entry::value);
  }

  @Override
  public Optional<Entry> entry(Bytes key) {
    ReferenceDatabase.checkKey(key);
    Optional<StoredRecord> there = Optional.ofNullable(seen().get(key));
    Optional<Optional<StoredRecord>> own = Optional.ofNullable(writes.get(key));
    return own.orElseGet(() -> reads.computeIfAbsent(key, _ -> there))
        .map(ReferenceDatabase::entryOf);
  }

  @Override
  public List<Optional<Bytes>> multiGet(List<Bytes> keys) {
    return keys.stream().map(this::get).toList();
  }

  @Override
  public ScanCursor scan(Scan scan) {
    NavigableMap<Bytes, StoredRecord> base = seen();
    NavigableMap<Bytes, StoredRecord> own = new TreeMap<>(base);
    writes.forEach((key, record) -> {
      own.remove(key);
      record.ifPresent(present -> own.put(key, present));
    });
    ReferenceCursor cursor = new ReferenceCursor(own, scan, bugs);
    walks.add(new Walk(scan, cursor, base));
    return cursor;
  }

  @Override
  public void put(Bytes key, Bytes value) {
    write(key, Optional.of(database.planned(key, value, Optional.empty())));
  }

  @Override
  public void put(Bytes key, Bytes value, Duration timeToLive) {
    write(key, Optional.of(database.planned(key, value, Optional.of(timeToLive))));
  }

  @Override
  public void delete(Bytes key) {
    ReferenceDatabase.checkKey(key);
    write(key, Optional.empty());
  }

  private void write(Bytes key, Optional<StoredRecord> record) {
    checkRunning();
    if (readOnly) {
      throw ReferenceDatabase.refused(CoreError.READ_ONLY);
    }
    writes.put(key, record);
  }

  @Override
  public <T> T transact(Function<WarpTransaction, T> body) {
    checkRunning();
    NavigableMap<Bytes, Optional<StoredRecord>> before = new TreeMap<>(writes);
    try {
      return body.apply(this);
    } catch (RuntimeException e) {
      if (!bugs.contains(Bug.PARTS_STAY)) {
        writes.clear();
        writes.putAll(before);
      }
      throw e;
    }
  }
}
