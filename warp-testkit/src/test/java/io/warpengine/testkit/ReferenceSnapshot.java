package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Entry;
import io.warpengine.api.Position;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.ReferenceDatabase.Bug;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** A copy of everything. */
final class ReferenceSnapshot implements WarpSnapshot {

  private final ReferenceDatabase database;
  private final NavigableMap<Bytes, StoredRecord> copy;
  private final Position position;
  private final long millis;
  private final Set<Bug> bugs;
  private boolean closed;

  ReferenceSnapshot(
      ReferenceDatabase database,
      NavigableMap<Bytes, StoredRecord> copy,
      Position position,
      long millis,
      Set<Bug> bugs) {
    this.database = database;
    this.copy = copy;
    this.position = position;
    this.millis = millis;
    this.bugs = bugs;
  }

  private NavigableMap<Bytes, StoredRecord> records() {
    database.checkOpen();
    if (closed && !bugs.contains(Bug.CLOSED_SNAPSHOTS_READ)) {
      throw ReferenceDatabase.refused(CoreError.CLOSED);
    }
    return bugs.contains(Bug.SNAPSHOTS_MOVE_ON) ? database.live() : copy;
  }

  @Override
  public WarpReader space(String name) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return entry(key).map(Entry::value);
  }

  @Override
  public Optional<Entry> entry(Bytes key) {
    ReferenceDatabase.checkKey(key);
    return Optional.ofNullable(records().get(key)).map(ReferenceDatabase::entryOf);
  }

  @Override
  public List<Optional<Bytes>> multiGet(List<Bytes> keys) {
    return keys.stream().map(this::get).toList();
  }

  @Override
  public ScanCursor scan(Scan scan) {
    return new ReferenceCursor(records(), scan, bugs);
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public Instant takenAt() {
    return Instant.ofEpochMilli(millis);
  }

  @Override
  public void close() {
    closed = true;
  }
}
