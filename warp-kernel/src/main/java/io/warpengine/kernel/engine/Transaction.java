package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpTransaction;
import io.warpengine.spi.store.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attempt of a transaction: what it has read, and what it will write. */
final class Transaction implements WarpTransaction {

  private final EngineCore core;
  private final Writer writer;
  private final Space space;
  private final Attempt attempt;

  /** What it has in common with itself in other spaces. */
  private static final class Attempt {
    final ReadSet reads = new ReadSet();

    /** By stored key. */
    final Map<Bytes, PlannedWrite> writes = new LinkedHashMap<>();

    final List<Undo> undo = new ArrayList<>();
    final List<ScanCursor> cursors = new ArrayList<>();
    boolean ended;
  }

  /** What a key was going to become before it was written again. */
  private record Undo(Bytes key, @Nullable PlannedWrite before) {}

  Transaction(EngineCore core, Space space) {
    this(core, space, new Attempt());
  }

  private Transaction(EngineCore core, Space space, Attempt attempt) {
    this.core = core;
    writer = core.writer;
    this.space = space;
    this.attempt = attempt;
    if (space != Space.MAIN) {
      attempt.reads.add(space);
    }
  }

  @Override
  public Transaction space(String name) {
    checkRunning();
    return new Transaction(core, core.spaces.require(name), attempt);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    PlannedWrite written = written(key);
    if (written != null) {
      return written.value;
    }
    StoredRecord record = read(key);
    return record == null ? Optional.empty() : Optional.of(record.value());
  }

  @Override
  public Optional<Entry> entry(Bytes key) {
    PlannedWrite written = written(key);
    if (written != null) {
      return written.value.isPresent() ? Optional.of(entryOf(written)) : Optional.empty();
    }
    StoredRecord record = read(key);
    return record == null ? Optional.empty() : Optional.of(Cursor.entryOf(record));
  }

  @Override
  public List<Optional<Bytes>> multiGet(List<Bytes> keys) {
    List<Optional<Bytes>> values = new ArrayList<>(keys.size());
    for (Bytes key : keys) {
      values.add(get(key));
    }
    return Collections.unmodifiableList(values);
  }

  @Override
  public ScanCursor scan(Scan scan) {
    checkRunning();
    Snapshot snapshot = core.snapshot(space);
    Cursor base;
    try {
      base = new Cursor(snapshot, true, scan.limit(Long.MAX_VALUE));
    } catch (RuntimeException | Error e) {
      snapshot.close();
      throw e;
    }
    Bytes low = scan.from();
    Optional<Bytes> high = scan.to();
    Optional<Bytes> place =
        scan.resume()
            .filter(token -> !token.isEmpty())
            .map(token -> ResumeToken.place(token, scan.backwards()));
    NavigableMap<Bytes, PlannedWrite> own = own().tailMap(low, true);
    if (high.isPresent()) {
      own = low.compareTo(high.get()) < 0 ? own.headMap(high.get(), false) : new TreeMap<>();
    }
    if (place.isPresent()) {
      own = scan.backwards() ? own.headMap(place.get(), false) : own.tailMap(place.get(), false);
      low = scan.backwards() ? low : RangeRead.after(place.get());
      high = scan.backwards() ? place : high;
    }
    RangeRead range = new RangeRead(snapshot, low, high, scan.backwards());
    attempt.reads.add(range);
    ScanCursor cursor =
        new TransactionCursor(
            base, (scan.backwards() ? own.descendingMap() : own).values().iterator(), range, scan);
    attempt.cursors.add(cursor);
    return cursor;
  }

  @Override
  public void put(Bytes key, Bytes value) {
    put(key, value, writer.expiresAt(space, Optional.empty()));
  }

  @Override
  public void put(Bytes key, Bytes value, Duration timeToLive) {
    put(key, value, writer.expiry.expiryOf(Optional.of(timeToLive)));
  }

  private void put(Bytes key, Bytes value, long expiresAt) {
    checkRunning();
    writer.checkWritable();
    Shards.checkKey(key);
    writer.checkValue(value);
    write(key, Optional.of(value), expiresAt);
  }

  @Override
  public void delete(Bytes key) {
    checkRunning();
    writer.checkWritable();
    Shards.checkKey(key);
    write(key, Optional.empty(), Expiry.NEVER);
  }

  @Override
  public <T> T transact(Function<WarpTransaction, T> body) {
    checkRunning();
    int mark = attempt.undo.size();
    try {
      return body.apply(this);
    } catch (Throwable e) {
      for (int i = attempt.undo.size() - 1; i >= mark; i--) {
        Undo last = attempt.undo.remove(i);
        if (last.before == null) {
          attempt.writes.remove(last.key);
        } else {
          attempt.writes.put(last.key, last.before);
        }
      }
      throw e;
    }
  }

  /** Lets nothing be done with it any more, and gives up what its walks kept. */
  void end() {
    attempt.ended = true;
    attempt.cursors.forEach(ScanCursor::close);
  }

  /** What it has read. */
  ReadSet reads() {
    return attempt.reads;
  }

  /** What it writes. */
  PlannedWrite[] writes() {
    return attempt.writes.values().toArray(PlannedWrite[]::new);
  }

  /** Its own write as others will see it. */
  static Entry entryOf(PlannedWrite write) {
    return new Entry(
        write.userKey(),
        write.value.orElse(Bytes.EMPTY),
        0,
        write.expiresAt == Expiry.NEVER
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(write.expiresAt)));
  }

  private @Nullable PlannedWrite written(Bytes key) {
    checkRunning();
    Shards.checkKey(key);
    return attempt.writes.isEmpty() ? null : attempt.writes.get(space.stored(key));
  }

  /** Its own writes to this space, by the user's key. */
  private NavigableMap<Bytes, PlannedWrite> own() {
    NavigableMap<Bytes, PlannedWrite> own = new TreeMap<>();
    for (PlannedWrite write : attempt.writes.values()) {
      if (write.space == space) {
        own.put(write.userKey(), write);
      }
    }
    return own;
  }

  private @Nullable StoredRecord read(Bytes userKey) {
    Bytes key = space.stored(userKey);
    KeyHash hashing = writer.shards.hash;
    long hash = hashing.of(key);
    long slotHash = hashing.ofSlot(key, hash);
    StoredRecord record = core.read(space, key, hash, slotHash, 0);
    attempt.reads.add(key, hash, slotHash, record);
    return record;
  }

  private void write(Bytes key, Optional<Bytes> value, long expiresAt) {
    PlannedWrite write = new PlannedWrite(writer.shards.hash, space, key, value, expiresAt);
    attempt.undo.add(new Undo(write.key, attempt.writes.put(write.key, write)));
  }

  private void checkRunning() {
    if (attempt.ended) {
      throw Refusals.transactionEnded();
    }
    writer.shards.checkOpen();
  }
}
