package io.warpengine.kernel.engine;

import io.warpengine.api.AsyncWarpDatabase;
import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.DatabaseStats;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.Incremented;
import io.warpengine.api.KeyRange;
import io.warpengine.api.Position;
import io.warpengine.api.ReadOptions;
import io.warpengine.api.Receipt;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.ShardStats;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.api.WarpTransaction;
import io.warpengine.api.Watch;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.kernel.access.AccessRings;
import io.warpengine.kernel.access.Watches;
import io.warpengine.kernel.version.OpenMoments;
import io.warpengine.spi.Operation;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The database: routes every operation to its shard. Reads are answered here; single writes,
 * batches and scans by the classes beside it.
 */
public final class Engine implements WarpDatabase {

  private final EngineParts parts;
  private final Shards shards;
  private final KeyHash hash;
  private final OpenMoments openMoments;
  private final Moments moments;
  private final Expiry expiry;
  private final ExpiryMark expiryMark;
  private final Writer writer;
  private final Batches batches;
  private final Transactions transactions;
  private final Ranges ranges;
  private final Journal journal;
  private final AccessRings rings;
  private final InFlight inFlight;
  private final AsyncEngine async;
  private final RunningCalls calls = new RunningCalls();
  private final Watches watches;

  /**
   * Held while the database closes, so that whoever closes it too returns only when it is closed.
   */
  private final ReentrantLock closing = new ReentrantLock();

  private boolean closed;

  /**
   * An engine that holds nothing yet; {@link #recover} comes next.
   *
   * @param parts what it is made of
   */
  public Engine(EngineParts parts) {
    this.parts = parts;
    hash = new KeyHash(parts.hashSeed());
    openMoments = new OpenMoments(parts.snapshot().maxBytes().bytes(), parts.snapshot().maxAge());
    shards = new Shards(hash, parts.slots(), parts.storage(), openMoments);
    expiry = new Expiry(parts.clock());
    expiryMark = new ExpiryMark(parts.manifest(), expiry);
    journal = parts.journal();
    moments = new Moments(shards, openMoments, journal, expiry, parts.clock());
    rings = parts.rings();
    writer = new Writer(parts, shards, expiry);
    batches = new Batches(parts, writer);
    ranges = new Ranges(this, writer, batches);
    inFlight = new InFlight(parts.async().maxBytes().bytes());
    transactions = new Transactions(this, writer, batches);
    async = new AsyncEngine(this, writer, batches, transactions, inFlight);
    watches = new Watches(parts.tail(), parts.control(), parts.clock(), parts.metrics());
  }

  /**
   * Brings back what the journal kept, starts the mutation tail, and registers background work and
   * figures. Called once, before any operation, also without a journal.
   *
   * @param pluginOwners what takes part in checkpoints besides the shards
   */
  public void recover(List<Checkpointable> pluginOwners) {
    boolean readOnly = !parts.readOnly().isEmpty();
    new Recovery(shards, expiryMark::keep)
        .run(journal, readOnly, parts.storage().formatVersion(), pluginOwners);
    ShardRuns runs = runs();
    parts.tail().start(journal::durable, runs, runs.hasHistory());
    expiryMark.enforce(writer, readOnly);
    Sweeper sweeper = new Sweeper(writer);
    if (!readOnly) {
      parts.control().schedule("expiry", Sweeper.PERIOD, sweeper);
    }
    parts.control().schedule("snapshots", Moments.PERIOD, moments);
    new EngineMetrics(shards, inFlight, sweeper, openMoments).register(parts.metrics());
    transactions.register(parts.metrics());
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    StoredRecord record = read(key, 0);
    return record == null ? Optional.empty() : Optional.of(record.value());
  }

  @Override
  public Optional<Bytes> get(Bytes key, ReadOptions options) {
    StoredRecord record = read(key, options.context());
    return record == null ? Optional.empty() : Optional.of(record.value());
  }

  @Override
  public Optional<Entry> entry(Bytes key) {
    StoredRecord record = read(key, 0);
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
  public Receipt put(Bytes key, Bytes value, WriteOptions options) {
    return writer.acknowledged(writer.put(key, value, options));
  }

  @Override
  public Optional<Receipt> delete(Bytes key, WriteOptions options) {
    return outcome(writer.delete(key, options), options);
  }

  @Override
  public Optional<Receipt> putIfAbsent(Bytes key, Bytes value, WriteOptions options) {
    return outcome(writer.putIfAbsent(key, value, options), options);
  }

  @Override
  public Optional<Receipt> compareAndSet(
      Bytes key, Bytes expected, Bytes value, WriteOptions options) {
    return outcome(writer.compareAndSet(key, expected, value, options), options);
  }

  @Override
  public Incremented increment(Bytes key, long delta, WriteOptions options) {
    Writer.Sum sum = writer.increment(key, delta, options);
    return new Incremented(sum.value(), writer.acknowledged(sum.receipt()));
  }

  @Override
  public BatchReceipt writeBatch(WriteBatch batch, WriteOptions options) {
    BatchReceipt receipt = batches.apply(batch, options);
    if (!writer.isJournalled()) {
      return receipt;
    }
    Durability reached = journal.await(receipt.position().lsn(0), receipt.durability());
    return new BatchReceipt(receipt.operations(), receipt.position(), reached);
  }

  @Override
  public ScanCursor scan(Scan scan) {
    Snapshot snapshot = take();
    try {
      return new Cursor(snapshot, true, scan);
    } catch (RuntimeException | Error e) {
      snapshot.close();
      throw e;
    }
  }

  @Override
  public WarpSnapshot snapshot() {
    return take();
  }

  @Override
  public <T> T transact(TransactionOptions options, Function<WarpTransaction, T> body) {
    Transactions.Committed<T> committed = transactions.run(options, body);
    if (committed.lsn() != 0) {
      journal.await(committed.lsn(), committed.durability());
    }
    return committed.value();
  }

  @Override
  public KeyRange.Deleted deleteRange(KeyRange range, WriteOptions options) {
    return ranges.delete(range, options);
  }

  @Override
  public KeyRange.Size approximateSize(KeyRange range) {
    return ranges.size(range);
  }

  @Override
  public List<Entry> sample(KeyRange range, int count, long seed) {
    return ranges.sample(range, count, seed);
  }

  @Override
  public Watch watch(Bytes prefix, Watch.Options options, Watch.Listener listener) {
    shards.checkOpen();
    return watches.open(prefix, 0, options, listener);
  }

  @Override
  public AsyncWarpDatabase async() {
    return async;
  }

  @Override
  public Position flush() {
    shards.checkOpen();
    writer.settle();
    return journal.durable();
  }

  @Override
  public DatabaseStats stats() {
    shards.checkOpen();
    List<ShardStats> each = new ArrayList<>(shards.all.length);
    long keys = 0;
    long keyBytes = 0;
    long valueBytes = 0;
    for (Shard shard : shards.all) {
      ShardStats one =
          new ShardStats(
              shard.number,
              shard.store.size(),
              shard.store.keyBytes(),
              shard.store.valueBytes(),
              shard.sequence);
      each.add(one);
      keys += one.keys();
      keyBytes += one.keyBytes();
      valueBytes += one.valueBytes();
    }
    return new DatabaseStats(
        keys,
        keyBytes,
        valueBytes,
        durability(),
        journal.staged(),
        journal.durable(),
        List.copyOf(each),
        parts.metrics().read());
  }

  @Override
  public Durability durability() {
    return journal.defaultDurability();
  }

  @Override
  public boolean readOnly() {
    return !parts.readOnly().isEmpty() || !journal.refusal().isEmpty();
  }

  @Override
  public <T> T extension(Class<T> api) {
    return findExtension(api).orElseThrow(() -> Refusals.extensionMissing(api));
  }

  @Override
  public <T> Optional<T> findExtension(Class<T> api) {
    return parts.services().extension(api);
  }

  @Override
  public List<Operation> operations() {
    return parts.services().operations();
  }

  @Override
  public Tree call(String name, Map<String, Object> arguments, Consumer<Tree> rows) {
    shards.checkOpen();
    return calls.run(() -> parts.services().call(name, arguments, rows));
  }

  @Override
  public void close() {
    calls.leave();
    closing.lock();
    try {
      if (!closed) {
        closed = true;
        List<Runnable> late = calls.close(parts.open().timeout());
        shards.close();
        watches.close(parts.open().timeout().dividedBy(6), Refusals.closed());
        closeServices(late);
      }
    } finally {
      closing.unlock();
    }
  }

  private void closeServices(List<Runnable> late) {
    try {
      if (parts.readOnly().isEmpty()) {
        expiryMark.keep();
      }
    } finally {
      parts.services().close(late);
    }
  }

  /** The end of what is staged in an open database. */
  Position staged() {
    shards.checkOpen();
    return journal.staged();
  }

  /** The shards and their table. */
  Shards shards() {
    return shards;
  }

  /** Reads all records for followers. */
  ShardRuns runs() {
    return new ShardRuns(shards, journal);
  }

  /** The present moment. */
  Snapshot take() {
    shards.checkOpen();
    return moments.take();
  }

  private @Nullable StoredRecord read(Bytes key, long context) {
    shards.checkOpen();
    Shards.checkKey(key);
    long keyHash = hash.of(key);
    return read(key, keyHash, hash.ofSlot(key, keyHash), context);
  }

  /** The record of a key, noted as an access; null if there is none or it has expired. */
  @Nullable StoredRecord read(Bytes key, long keyHash, long slotHash, long context) {
    while (true) {
      SlotTable table = shards.slots();
      Shard shard = shards.owner(table, slotHash);
      StoredRecord record = shard.store.find(Shards.indexHash(keyHash), key);
      if (shards.owner(shards.slots(), slotHash) != shard) {
        continue;
      }
      if (record != null && (!record.expires() || expiry.isLive(record))) {
        rings.record(Access.HIT, keyHash, shard.number, record, record.dataSize(), context);
        return record;
      }
      rings.record(Access.MISS, keyHash, shard.number, key, key.size(), context);
      return null;
    }
  }

  private Optional<Receipt> outcome(@Nullable Receipt receipt, WriteOptions options) {
    if (receipt == null) {
      writer.settled(options);
      return Optional.empty();
    }
    return Optional.of(writer.acknowledged(receipt));
  }
}
