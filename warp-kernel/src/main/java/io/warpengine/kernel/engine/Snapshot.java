package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Position;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.kernel.version.Moment;
import io.warpengine.kernel.version.ShardVersions;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A space as it was at one moment of all shards. */
final class Snapshot implements WarpSnapshot {

  private final EngineCore core;
  private final Shards shards;
  private final Moment moment;
  private final Space space;
  private final AtomicBoolean closed;

  Snapshot(EngineCore core, Moment moment, Space space) {
    this(core, moment, space, new AtomicBoolean());
  }

  private Snapshot(EngineCore core, Moment moment, Space space, AtomicBoolean closed) {
    this.core = core;
    shards = core.shards;
    this.moment = moment;
    this.space = space;
    this.closed = closed;
  }

  @Override
  public Snapshot space(String name) {
    checkUsable();
    return new Snapshot(core, moment, core.spaces.find(name), closed);
  }

  /** Whose keys it reads. */
  Space space() {
    return space;
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    StoredRecord record = find(key);
    return record == null ? Optional.empty() : Optional.of(record.value());
  }

  @Override
  public Optional<Entry> entry(Bytes key) {
    StoredRecord record = find(key);
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
    checkUsable();
    return new Cursor(this, false, scan);
  }

  @Override
  public Position position() {
    return moment.position();
  }

  @Override
  public Instant takenAt() {
    return Instant.ofEpochMilli(moment.millis());
  }

  @Override
  public void close() {
    closed.set(true);
    core.openMoments.remove(moment);
  }

  /** Number of shards. */
  int shards() {
    return shards.all.length;
  }

  /** The number of the last write of a shard. */
  long sequence(int shard) {
    return moment.sequence(shard);
  }

  /** Whether a record had not expired. */
  boolean isLive(StoredRecord record) {
    return !record.expires() || core.expiry.isLive(record, moment.millis());
  }

  /** A run of one shard; the arguments are those of {@link ShardVersions#scan}. */
  ShardVersions.Run read(
      int number, Bytes from, boolean inclusive, Optional<Bytes> to, boolean backwards, int max) {
    Shard shard = shards.all[number];
    shards.lock(shard);
    ShardVersions.Run run;
    try {
      run =
          shard.versions.scan(
              shard.store, from, inclusive, to, backwards, max, moment.sequence(number));
    } finally {
      shard.lock.unlock();
    }
    checkUsable();
    return run;
  }

  private @Nullable StoredRecord find(Bytes userKey) {
    Shards.checkKey(userKey);
    Bytes key = space.stored(userKey);
    long keyHash = shards.hash.of(key);
    long slotHash = shards.hash.ofSlot(key, keyHash);
    long sequence = moment.sequence(moment.owner(SlotTable.slotOf(slotHash)));
    while (true) {
      Shard shard = shards.owner(shards.slots(), slotHash);
      int indexHash = Shards.indexHash(keyHash);
      StoredRecord record = shard.versions.find(shard.store, indexHash, key, sequence);
      if (shards.owner(shards.slots(), slotHash) == shard) {
        checkUsable();
        return record != null && isLive(record) ? record : null;
      }
    }
  }

  /** Refuses if what was just read may have lacked versions. */
  private void checkUsable() {
    shards.checkOpen();
    if (moment.isExpired()) {
      throw Refusals.snapshotExpired();
    }
    if (closed.get()) {
      throw Refusals.snapshotClosed();
    }
  }
}
