package io.warpengine.testkit;

import io.warpengine.api.AsyncWarpDatabase;
import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.DatabaseStats;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.Incremented;
import io.warpengine.api.KeyRange;
import io.warpengine.api.Position;
import io.warpengine.api.Problem;
import io.warpengine.api.ReadOptions;
import io.warpengine.api.Receipt;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.ShardStats;
import io.warpengine.api.SpaceOptions;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WarpTransaction;
import io.warpengine.api.Watch;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.Operation;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The simplest database that keeps the contract: one lock, one map, one journal. */
final class ReferenceDatabase implements WarpDatabase {

  /** What can be planted. */
  enum Bug {
    ACKNOWLEDGES_EARLY,
    DELETES_NOTHING_LOUDLY,
    EXPIRES_LATE,
    BRINGS_BACK_EXPIRED,
    SPLITS_BATCHES,
    INCREMENT_FORGETS_EXPIRY,
    SCANS_EXPIRED,
    SNAPSHOTS_MOVE_ON,
    CLOSED_SNAPSHOTS_READ,
    READS_NOT_COMPARED,
    RANGES_NOT_COMPARED,
    ROLLS_NOTHING_BACK,
    PARTS_STAY,
    SCANS_THE_END,
    RESUMES_AT_THE_TOKEN,
    TAKES_ANY_TOKEN,
    WRITES_REFUSED_PUTS,
    READS_AFTER_CLOSE,
    SKIPS_SEQUENCES,
    WRITES_WHEN_READ_ONLY,
    DELETES_THE_END,
    COUNTS_WRONG,
    SAMPLES_THE_FIRST,
    WATCHES_EVERY_KEY,
    WATCHES_NO_DELETES,
    WATCHES_WITHOUT_GAPS,
    WATCHES_AFTER_A_FAILURE,
    WATCHES_AFTER_CLOSE,
    ENDS_WATCHES_IN_SILENCE
  }

  private static final int SHARDS = DatabaseHooks.SHARDS;

  private final ManualClock clock;
  private final boolean readOnly;
  private final Set<Bug> bugs;
  private final ReferenceJournal journal;
  private final NavigableMap<Bytes, StoredRecord> records = new TreeMap<>();
  private final long[] sequences = new long[SHARDS];
  private final ReferenceWatches watches;
  private long latest;
  private boolean closed;

  ReferenceDatabase(SimDisk disk, ManualClock clock, boolean readOnly, Set<Bug> bugs) {
    this.clock = clock;
    this.readOnly = readOnly;
    this.bugs = bugs;
    journal = new ReferenceJournal(disk, EnumSet.noneOf(ReferenceJournal.Bug.class));
    journal.recover(readOnly, this::replay, List.of());
    watches = new ReferenceWatches(journal.staged(), bugs);
  }

  private boolean has(Bug bug) {
    return bugs.contains(bug);
  }

  private void replay(
      int shard, long sequence, byte[] data, int keySize, boolean expires, boolean tombstone) {
    apply(shard, StoredRecord.ofData(data, keySize, expires, tombstone, 0, sequence));
  }

  private void apply(int shard, StoredRecord record) {
    sequences[shard] = record.sequence();
    if (record.isTombstone()) {
      records.remove(record.key());
    } else {
      records.put(record.key(), record);
    }
  }

  static WarpException refused(CoreError code) {
    return new WarpException(code, "It is refused: [" + code + "].", "");
  }

  void checkOpen() {
    if (closed && !has(Bug.READS_AFTER_CLOSE)) {
      throw refused(CoreError.CLOSED);
    }
  }

  static void checkKey(Bytes key) {
    if (key.isEmpty()) {
      throw refused(CoreError.KEY_EMPTY);
    }
    if (key.size() > SpaceKeys.MAX_KEY_BYTES) {
      throw refused(CoreError.KEY_TOO_LONG);
    }
  }

  private void checkWrite(Bytes key, Bytes value, WriteOptions options) {
    if (closed) {
      throw refused(CoreError.CLOSED);
    }
    checkKey(key);
    if (value.size() > DatabaseHooks.MAX_VALUE) {
      throw refused(CoreError.VALUE_TOO_LARGE);
    }
    if (!journal.durabilities().contains(mode(options))) {
      throw refused(CoreError.DURABILITY_UNSUPPORTED);
    }
    if (readOnly && !has(Bug.WRITES_WHEN_READ_ONLY)) {
      throw refused(CoreError.READ_ONLY);
    }
    expiry(options.timeToLive());
  }

  private Durability mode(WriteOptions options) {
    return options.durability().orElse(durability());
  }

  private long now() {
    latest = has(Bug.BRINGS_BACK_EXPIRED) ? clock.millis() : Math.max(latest, clock.millis());
    return latest;
  }

  private long expiry(Optional<Duration> ttl) {
    if (ttl.isEmpty()) {
      return 0;
    }
    try {
      long millis = ttl.get().toMillis();
      if (millis > 0) {
        return Math.addExact(now(), millis);
      }
    } catch (ArithmeticException e) {
      throw refused(CoreError.TTL_INVALID);
    }
    throw refused(CoreError.TTL_INVALID);
  }

  private boolean isLive(StoredRecord record) {
    return record.expiresAtMillis() > now() - (has(Bug.EXPIRES_LATE) ? 1 : 0);
  }

  private Optional<StoredRecord> find(Bytes key) {
    return Optional.ofNullable(records.get(key)).filter(this::isLive);
  }

  static int shard(Bytes key) {
    return Math.floorMod(key.hashCode(), SHARDS);
  }

  /** Writes several records as one frame, or none. */
  private long write(Map<Bytes, Optional<Bytes>> values, Map<Bytes, Long> expiries) {
    long[] next = sequences.clone();
    int[] shards = new int[values.size()];
    StoredRecord[] made = new StoredRecord[values.size()];
    int count = 0;
    for (Map.Entry<Bytes, Optional<Bytes>> one : values.entrySet()) {
      Bytes key = one.getKey();
      shards[count] = shard(key);
      next[shards[count]] += has(Bug.SKIPS_SEQUENCES) ? 2 : 1;
      long sequence = next[shards[count]];
      made[count++] =
          one.getValue()
              .map(
                  value -> StoredRecord.of(key, value, 0, sequence, expiries.getOrDefault(key, 0L)))
              .orElseGet(() -> StoredRecord.tombstone(key, 0, sequence));
    }
    long lsn = journal.staged().lsn(0);
    if (has(Bug.SPLITS_BATCHES)) {
      for (int i = 0; i < count; i++) {
        lsn = journal.stage(shards[i], made[i]);
      }
    } else if (count > 0) {
      lsn = journal.stage(shards, made, count);
    }
    for (int i = 0; i < count; i++) {
      apply(shards[i], made[i]);
    }
    if (watches.isNeeded()) {
      journal.await(lsn, Durability.SYNC);
    }
    for (int i = 0; i < count; i++) {
      watches.written(made[i], Position.of(lsn));
    }
    return lsn;
  }

  private Durability reached(long lsn, WriteOptions options) {
    if (has(Bug.ACKNOWLEDGES_EARLY)) {
      return mode(options);
    }
    return journal.await(lsn, mode(options));
  }

  private Receipt write(Bytes key, Optional<Bytes> value, long expiry, WriteOptions options) {
    long lsn = write(Map.of(key, value), Map.of(key, expiry));
    long sequence = sequences[shard(key)];
    return new Receipt(shard(key), sequence, Position.of(lsn), reached(lsn, options));
  }

  @Override
  public synchronized Optional<Bytes> get(Bytes key) {
    return entry(key).map(Entry::value);
  }

  @Override
  public Optional<Bytes> get(Bytes key, ReadOptions options) {
    return get(key);
  }

  @Override
  public synchronized Optional<Entry> entry(Bytes key) {
    checkOpen();
    checkKey(key);
    return find(key).map(ReferenceDatabase::entryOf);
  }

  static Entry entryOf(StoredRecord record) {
    return new Entry(
        record.key(),
        record.value(),
        record.sequence(),
        record.expires()
            ? Optional.of(Instant.ofEpochMilli(record.expiresAtMillis()))
            : Optional.empty());
  }

  @Override
  public List<Optional<Bytes>> multiGet(List<Bytes> keys) {
    return keys.stream().map(this::get).toList();
  }

  @Override
  public synchronized Receipt put(Bytes key, Bytes value, WriteOptions options) {
    checkWrite(key, value, options);
    return write(key, Optional.of(value), expiry(options.timeToLive()), options);
  }

  @Override
  public synchronized Optional<Receipt> delete(Bytes key, WriteOptions options) {
    checkWrite(key, Bytes.EMPTY, options);
    if (find(key).isEmpty() && !has(Bug.DELETES_NOTHING_LOUDLY)) {
      return Optional.empty();
    }
    return Optional.of(write(key, Optional.empty(), 0, options));
  }

  @Override
  public synchronized Optional<Receipt> putIfAbsent(Bytes key, Bytes value, WriteOptions options) {
    checkWrite(key, value, options);
    if (find(key).isPresent()) {
      if (has(Bug.WRITES_REFUSED_PUTS)) {
        put(key, value, options);
      }
      return Optional.empty();
    }
    return Optional.of(put(key, value, options));
  }

  @Override
  public synchronized Optional<Receipt> compareAndSet(
      Bytes key, Bytes expected, Bytes value, WriteOptions options) {
    checkWrite(key, value, options);
    return find(key).filter(record -> record.value().equals(expected)).isEmpty()
        ? Optional.empty()
        : Optional.of(put(key, value, options));
  }

  @Override
  public synchronized Incremented increment(Bytes key, long delta, WriteOptions options) {
    checkWrite(key, Bytes.EMPTY, options);
    Optional<StoredRecord> there = find(key);
    long sum;
    try {
      String text = there.map(record -> record.value().toUtf8()).orElse("0");
      sum = Math.addExact(Long.parseLong(text), delta);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new WarpException(CoreError.NOT_A_NUMBER, "It is no number.", "", e);
    }
    long kept = there.filter(StoredRecord::expires).map(StoredRecord::expiresAtMillis).orElse(0L);
    boolean keeps = options.timeToLive().isEmpty() && !has(Bug.INCREMENT_FORGETS_EXPIRY);
    long expiry = keeps ? kept : expiry(options.timeToLive());
    return new Incremented(
        sum, write(key, Optional.of(Bytes.utf8(String.valueOf(sum))), expiry, options));
  }

  @Override
  public synchronized BatchReceipt writeBatch(WriteBatch batch, WriteOptions options) {
    Map<Bytes, Optional<Bytes>> values = new LinkedHashMap<>();
    Map<Bytes, Long> expiries = new TreeMap<>();
    long bytes = 0;
    for (WriteBatch.Write write : batch.writes()) {
      Bytes value = write.value().orElse(Bytes.EMPTY);
      checkWrite(write.key(), value, options);
      values.put(write.key(), write.value());
      expiries.put(write.key(), expiry(write.timeToLive().or(options::timeToLive)));
      bytes += write.key().size() + value.size();
    }
    if (bytes > DatabaseHooks.MAX_BATCH) {
      throw refused(CoreError.BATCH_TOO_LARGE);
    }
    long lsn = write(values, expiries);
    return new BatchReceipt(batch.size(), Position.of(lsn), reached(lsn, options));
  }

  @Override
  public synchronized ScanCursor scan(Scan scan) {
    checkOpen();
    NavigableMap<Bytes, StoredRecord> seen =
        has(Bug.SCANS_EXPIRED) ? new TreeMap<>(records) : live();
    return new ReferenceCursor(seen, scan, bugs);
  }

  /** The records that are there. */
  synchronized NavigableMap<Bytes, StoredRecord> live() {
    checkOpen();
    NavigableMap<Bytes, StoredRecord> live = new TreeMap<>(records);
    live.values().removeIf(record -> !isLive(record));
    return live;
  }

  @Override
  public synchronized WarpSnapshot snapshot() {
    return new ReferenceSnapshot(this, live(), journal.staged(), now(), bugs);
  }

  @Override
  public <T> T transact(TransactionOptions options, Function<WarpTransaction, T> body) {
    checkOpen();
    for (int attempt = 1; ; attempt++) {
      ReferenceTransaction transaction =
          new ReferenceTransaction(this, options.readOnly() || readOnly, bugs);
      T value;
      try {
        value = body.apply(transaction);
      } catch (RuntimeException e) {
        if (transaction.end(has(Bug.ROLLS_NOTHING_BACK), options).isPresent()) {
          continue;
        }
        throw e;
      }
      Optional<Bytes> conflict = transaction.end(true, options);
      if (conflict.isEmpty()) {
        return value;
      }
      if (attempt == options.attempts()) {
        CoreError code = CoreError.TRANSACTION_CONFLICT;
        throw new WarpException(
            code, List.of(new Problem(code, conflict.get().toString(), "It is refused.", "")));
      }
    }
  }

  /** Checks what a transaction wants to write. */
  synchronized StoredRecord planned(Bytes key, Bytes value, Optional<Duration> ttl) {
    checkWrite(key, value, WriteOptions.DEFAULT);
    return StoredRecord.of(key, value, 0, 0, expiry(ttl));
  }

  /** Writes what a transaction has planned; an empty record deletes. */
  synchronized void commit(Map<Bytes, Optional<StoredRecord>> writes, TransactionOptions options) {
    Map<Bytes, Optional<Bytes>> values = new LinkedHashMap<>();
    Map<Bytes, Long> expiries = new TreeMap<>();
    writes.forEach((key, record) -> {
      values.put(key, record.map(StoredRecord::value));
      record
          .filter(StoredRecord::expires)
          .ifPresent(expiring -> expiries.put(key, expiring.expiresAtMillis()));
    });
    if (!values.isEmpty()) {
      long lsn = write(values, expiries);
      reached(lsn, new WriteOptions(options.durability(), Optional.empty()));
    }
  }

  @Override
  public synchronized KeyRange.Deleted deleteRange(KeyRange range, WriteOptions options) {
    checkWrite(Bytes.utf8("any"), Bytes.EMPTY, options);
    Map<Bytes, Optional<Bytes>> values = ReferenceRanges.deletes(this, range, bugs);
    long lsn = write(values, Map.of());
    return new KeyRange.Deleted(values.size(), Position.of(lsn), reached(lsn, options));
  }

  @Override
  public synchronized KeyRange.Size approximateSize(KeyRange range) {
    return ReferenceRanges.size(this, range, bugs);
  }

  @Override
  public synchronized List<Entry> sample(KeyRange range, int count, long seed) {
    return ReferenceRanges.sample(this, range, count, seed, bugs);
  }

  @Override
  public synchronized Watch watch(Bytes prefix, Watch.Options options, Watch.Listener listener) {
    checkOpen();
    journal.await(journal.staged().lsn(0), Durability.SYNC);
    return watches.open(prefix, options, listener);
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public WarpSpace space(String name) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public WarpSpace space(String name, SpaceOptions options) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public List<String> spaces() {
    return List.of();
  }

  @Override
  public boolean dropSpace(String name) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public AsyncWarpDatabase async() {
    return new ReferenceAsyncDatabase(this);
  }

  @Override
  public synchronized Position flush() {
    if (closed) {
      throw refused(CoreError.CLOSED);
    }
    journal.await(journal.staged().lsn(0), Durability.SYNC);
    return journal.durable();
  }

  @Override
  public synchronized DatabaseStats stats() {
    checkOpen();
    List<ShardStats> shards = ReferenceRanges.shards(records, sequences);
    return new DatabaseStats(
        shards.stream().mapToLong(ShardStats::keys).sum(),
        shards.stream().mapToLong(ShardStats::keyBytes).sum(),
        shards.stream().mapToLong(ShardStats::valueBytes).sum(),
        durability(),
        journal.staged(),
        journal.durable(),
        shards,
        List.of(),
        new TreeMap<>());
  }

  @Override
  public Durability durability() {
    return Durability.SYNC;
  }

  @Override
  public boolean readOnly() {
    return !journal.refusal().isEmpty();
  }

  @Override
  public <T> T extension(Class<T> api) {
    throw refused(CoreError.EXTENSION_MISSING);
  }

  @Override
  public <T> Optional<T> findExtension(Class<T> api) {
    return Optional.empty();
  }

  @Override
  public List<Operation> operations() {
    return List.of();
  }

  @Override
  public Tree call(String name, Map<String, Object> arguments, Consumer<Tree> rows) {
    throw refused(CoreError.OPERATION_UNKNOWN);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      watches.close();
      journal.close();
    }
  }
}
