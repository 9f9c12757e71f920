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

  private final Engine engine;
  private final Writer writer;
  private final ReadSet reads = new ReadSet();
  private final Map<Bytes, PlannedWrite> writes = new LinkedHashMap<>();
  private final List<Undo> undo = new ArrayList<>();
  private final List<ScanCursor> cursors = new ArrayList<>();
  private boolean ended;

  /** What a key was going to become before it was written again. */
  private record Undo(Bytes key, @Nullable PlannedWrite before) {}

  Transaction(Engine engine, Writer writer) {
    this.engine = engine;
    this.writer = writer;
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
    Snapshot snapshot = engine.take();
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
    NavigableMap<Bytes, PlannedWrite> own = new TreeMap<>(writes).tailMap(low, true);
    if (high.isPresent()) {
      own = low.compareTo(high.get()) < 0 ? own.headMap(high.get(), false) : new TreeMap<>();
    }
    if (place.isPresent()) {
      own = scan.backwards() ? own.headMap(place.get(), false) : own.tailMap(place.get(), false);
      low = scan.backwards() ? low : RangeRead.after(place.get());
      high = scan.backwards() ? place : high;
    }
    RangeRead range = new RangeRead(snapshot, low, high, scan.backwards());
    reads.add(range);
    ScanCursor cursor =
        new TransactionCursor(
            base, (scan.backwards() ? own.descendingMap() : own).values().iterator(), range, scan);
    cursors.add(cursor);
    return cursor;
  }

  @Override
  public void put(Bytes key, Bytes value) {
    put(key, value, Expiry.NEVER);
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
    int mark = undo.size();
    try {
      return body.apply(this);
    } catch (Throwable e) {
      for (int i = undo.size() - 1; i >= mark; i--) {
        Undo last = undo.remove(i);
        if (last.before == null) {
          writes.remove(last.key);
        } else {
          writes.put(last.key, last.before);
        }
      }
      throw e;
    }
  }

  /** Lets nothing be done with it any more, and gives up what its walks kept. */
  void end() {
    ended = true;
    cursors.forEach(ScanCursor::close);
  }

  /** What it has read. */
  ReadSet reads() {
    return reads;
  }

  /** What it writes. */
  PlannedWrite[] writes() {
    return writes.values().toArray(PlannedWrite[]::new);
  }

  /** Its own write as others will see it. */
  static Entry entryOf(PlannedWrite write) {
    return new Entry(
        write.key,
        write.value.orElse(Bytes.EMPTY),
        0,
        write.expiresAt == Expiry.NEVER
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(write.expiresAt)));
  }

  private @Nullable PlannedWrite written(Bytes key) {
    checkRunning();
    Shards.checkKey(key);
    return writes.isEmpty() ? null : writes.get(key);
  }

  private @Nullable StoredRecord read(Bytes key) {
    KeyHash hashing = writer.shards.hash;
    long hash = hashing.of(key);
    long slotHash = hashing.ofSlot(key, hash);
    StoredRecord record = engine.read(key, hash, slotHash, 0);
    reads.add(key, hash, slotHash, record);
    return record;
  }

  private void write(Bytes key, Optional<Bytes> value, long expiresAt) {
    PlannedWrite write = new PlannedWrite(writer.shards.hash, key, value, expiresAt);
    undo.add(new Undo(key, writes.put(key, write)));
  }

  private void checkRunning() {
    if (ended) {
      throw Refusals.transactionEnded();
    }
    writer.shards.checkOpen();
  }
}
