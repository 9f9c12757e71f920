package io.warpengine.kernel.engine;

import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.Scan;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.kernel.access.AccessRings;
import io.warpengine.kernel.access.Watches;
import io.warpengine.kernel.version.OpenMoments;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.StoredRecord;
import org.jspecify.annotations.Nullable;

/** What all spaces of a database share: the shards and the ways to read and write them. */
final class EngineCore {

  final Shards shards;
  final Expiry expiry;
  final Writer writer;
  final Batches batches;
  final Spaces spaces;
  final Journal journal;
  final InFlight inFlight;
  final OpenMoments openMoments;
  final Moments moments;
  final Transactions transactions;
  final Watches watches;
  private final KeyHash hash;
  private final AccessRings rings;

  EngineCore(EngineParts parts) {
    hash = new KeyHash(parts.hashSeed());
    openMoments = new OpenMoments(parts.snapshot().maxBytes().bytes(), parts.snapshot().maxAge());
    shards = new Shards(hash, parts.slots(), parts.storage(), openMoments);
    expiry = new Expiry(parts.clock());
    journal = parts.journal();
    moments = new Moments(shards, openMoments, journal, expiry, parts.clock());
    rings = parts.rings();
    writer = new Writer(parts, shards, expiry);
    batches = new Batches(parts, writer);
    inFlight = new InFlight(parts.async().maxBytes().bytes());
    transactions = new Transactions(this);
    watches = new Watches(parts.tail(), parts.control(), parts.clock(), parts.metrics());
    spaces = new Spaces(this);
  }

  /** The present moment, to read a space at; to be closed. */
  Snapshot snapshot(Space space) {
    shards.checkOpen();
    Snapshot snapshot = new Snapshot(this, moments.take(), space);
    try {
      space.checkThere();
    } catch (WarpException e) {
      snapshot.close();
      throw e;
    }
    return snapshot;
  }

  /** A walk through a space as it is now, which gives up its moment at its end. */
  Cursor scan(Space space, Scan scan) {
    Snapshot snapshot = snapshot(space);
    try {
      return new Cursor(snapshot, true, scan);
    } catch (RuntimeException | Error e) {
      snapshot.close();
      throw e;
    }
  }

  /** The record of a user's key; null if there is none or it has expired. */
  @Nullable StoredRecord read(Space space, Bytes userKey, long context) {
    shards.checkOpen();
    Shards.checkKey(userKey);
    Bytes key = space.stored(userKey);
    long keyHash = hash.of(key);
    return read(space, key, keyHash, hash.ofSlot(key, keyHash), context);
  }

  /** The record of a stored key, noted as an access; null if there is none or it has expired. */
  @Nullable StoredRecord read(Space space, Bytes key, long keyHash, long slotHash, long context) {
    while (true) {
      SlotTable table = shards.slots();
      Shard shard = shards.owner(table, slotHash);
      StoredRecord record = shard.store.find(Shards.indexHash(keyHash), key);
      if (shards.owner(shards.slots(), slotHash) != shard) {
        continue;
      }
      space.checkThere();
      if (record != null && (!record.expires() || expiry.isLive(record))) {
        rings.record(Access.HIT, keyHash, shard.number, record, record.dataSize(), context);
        return record;
      }
      rings.record(Access.MISS, keyHash, shard.number, key, key.size(), context);
      return null;
    }
  }

  /** The end of what is staged in an open database. */
  Position staged() {
    shards.checkOpen();
    return journal.staged();
  }

  /** Applies a batch to a space; the caller waits for what the receipt promises. */
  BatchReceipt apply(Space space, WriteBatch batch, WriteOptions options) {
    return batches.apply(space, batch, options, spaces::require);
  }

  /** Waits until a batch has reached what it asked for. */
  BatchReceipt acknowledged(BatchReceipt receipt) {
    if (!writer.isJournalled()) {
      return receipt;
    }
    Durability reached = journal.await(receipt.position().lsn(0), receipt.durability());
    return new BatchReceipt(receipt.operations(), receipt.position(), reached);
  }
}
