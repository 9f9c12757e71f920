package io.warpengine.kernel.engine;

import io.warpengine.api.AsyncWarpDatabase;
import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Incremented;
import io.warpengine.api.KeyRange;
import io.warpengine.api.ReadOptions;
import io.warpengine.api.Receipt;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WarpTransaction;
import io.warpengine.api.Watch;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations on one space. The engine itself is the default space. */
class EngineSpace implements WarpSpace {

  final EngineCore core;
  final Space space;
  private final Writer writer;
  private final Ranges ranges;
  private final AsyncEngine async;

  EngineSpace(EngineCore core, Space space) {
    this.core = core;
    this.space = space;
    writer = core.writer;
    ranges = new Ranges(core, this);
    async = new AsyncEngine(core, this);
  }

  @Override
  public final String name() {
    return space.name;
  }

  @Override
  public final Optional<Bytes> get(Bytes key) {
    StoredRecord record = core.read(space, key, 0);
    return record == null ? Optional.empty() : Optional.of(record.value());
  }

  @Override
  public final Optional<Bytes> get(Bytes key, ReadOptions options) {
    StoredRecord record = core.read(space, key, options.context());
    return record == null ? Optional.empty() : Optional.of(record.value());
  }

  @Override
  public final Optional<Entry> entry(Bytes key) {
    StoredRecord record = core.read(space, key, 0);
    return record == null ? Optional.empty() : Optional.of(Cursor.entryOf(record));
  }

  @Override
  public final List<Optional<Bytes>> multiGet(List<Bytes> keys) {
    List<Optional<Bytes>> values = new ArrayList<>(keys.size());
    for (Bytes key : keys) {
      values.add(get(key));
    }
    return Collections.unmodifiableList(values);
  }

  @Override
  public final Receipt put(Bytes key, Bytes value, WriteOptions options) {
    return writer.acknowledged(writer.put(space, key, value, options));
  }

  @Override
  public final Optional<Receipt> delete(Bytes key, WriteOptions options) {
    return outcome(writer.delete(space, key, options), options);
  }

  @Override
  public final Optional<Receipt> putIfAbsent(Bytes key, Bytes value, WriteOptions options) {
    return outcome(writer.putIfAbsent(space, key, value, options), options);
  }

  @Override
  public final Optional<Receipt> compareAndSet(
      Bytes key, Bytes expected, Bytes value, WriteOptions options) {
    return outcome(writer.compareAndSet(space, key, expected, value, options), options);
  }

  @Override
  public final Incremented increment(Bytes key, long delta, WriteOptions options) {
    Writer.Sum sum = writer.increment(space, key, delta, options);
    return new Incremented(sum.value(), writer.acknowledged(sum.receipt()));
  }

  @Override
  public final BatchReceipt writeBatch(WriteBatch batch, WriteOptions options) {
    return core.acknowledged(core.apply(space, batch, options));
  }

  @Override
  public final ScanCursor scan(Scan scan) {
    return core.scan(space, scan);
  }

  @Override
  public final WarpSnapshot snapshot() {
    return core.snapshot(space);
  }

  @Override
  public final <T> T transact(TransactionOptions options, Function<WarpTransaction, T> body) {
    Transactions.Committed<T> committed = core.transactions.run(space, options, body);
    if (committed.lsn() != 0) {
      core.journal.await(committed.lsn(), committed.durability());
    }
    return committed.value();
  }

  @Override
  public final AsyncWarpDatabase async() {
    return async;
  }

  @Override
  public final KeyRange.Deleted deleteRange(KeyRange range, WriteOptions options) {
    return ranges.delete(range, options);
  }

  @Override
  public final KeyRange.Size approximateSize(KeyRange range) {
    return ranges.size(range);
  }

  @Override
  public final List<Entry> sample(KeyRange range, int count, long seed) {
    return ranges.sample(range, count, seed);
  }

  @Override
  public final Watch watch(Bytes prefix, Watch.Options options, Watch.Listener listener) {
    core.shards.checkOpen();
    space.checkThere();
    Watch watch = core.watches.open(space.id, prefix, options, listener);
    if (space.isDropped()) {
      watch.close();
    }
    space.checkThere();
    return watch;
  }

  private Optional<Receipt> outcome(@Nullable Receipt receipt, WriteOptions options) {
    if (receipt == null) {
      writer.settled(space, options);
      return Optional.empty();
    }
    return Optional.of(writer.acknowledged(receipt));
  }
}
