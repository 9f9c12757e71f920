package io.warpengine.kernel.engine;

import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteBatch.Write;
import io.warpengine.api.WriteOptions;
import io.warpengine.kernel.access.AccessRings;
import io.warpengine.kernel.access.MutationTail;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.StoredRecord;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies batches and what transactions write: locks all shards concerned in ascending order,
 * stages one frame, then applies. Nothing is applied if anything is refused. Of several writes of a
 * key the last one counts.
 */
final class Batches {

  private final Writer writer;
  private final Shards shards;
  private final Journal journal;
  private final MutationTail tail;
  private final AccessRings rings;
  private final long maxBatchBytes;

  Batches(EngineParts parts, Writer writer) {
    this.writer = writer;
    shards = writer.shards;
    journal = parts.journal();
    tail = parts.tail();
    rings = parts.rings();
    maxBatchBytes = parts.config().maxBatchBytes().bytes();
  }

  /**
   * Applies a batch; the receipt promises what was asked for, and the caller waits for it.
   *
   * @param home where the writes go that name no space
   * @param named finds the space of a name
   */
  BatchReceipt apply(
      Space home, WriteBatch batch, WriteOptions options, Function<String, Space> named) {
    shards.checkOpen();
    writer.checkWritable();
    List<Write> writes = batch.writes();
    if (home != Space.CATALOG) {
      check(writes);
    }
    home.checkThere();
    Durability least = writer.durability(home, options);
    PlannedWrite[] planned;
    Durability durability;
    long lsn;
    while (true) {
      planned = plan(home, writes, options, named);
      durability = planned.length == 0 ? least : durability(home, planned, options);
      try {
        lsn = planned.length == 0 ? 0 : commit(planned, ReadSet.NONE);
        break;
      } catch (WarpException e) {
        if (e.code() != CoreError.SPACE_DROPPED || home.isDropped()) {
          throw e;
        }
        // A space found by its name was dropped meanwhile: it is made anew.
      }
    }
    Position position =
        lsn > 0 ? Position.of(lsn) : writer.isJournalled() ? journal.staged() : Position.START;
    return new BatchReceipt(writes.size(), position, durability);
  }

  /** What writes wait for: what the options name, else the strongest of the spaces concerned. */
  Durability durability(Space home, PlannedWrite[] planned, WriteOptions options) {
    Durability strongest = planned.length == 0 ? writer.durability(home, options) : Durability.NONE;
    for (PlannedWrite write : planned) {
      Durability asked = writer.durability(write.space, options);
      strongest = asked.compareTo(strongest) > 0 ? asked : strongest;
    }
    return strongest;
  }

  /**
   * Applies writes if what was read still holds.
   *
   * @return the end of their frame; 0 if nothing was staged
   * @throws Conflict if something else was written meanwhile
   */
  long commit(PlannedWrite[] planned, ReadSet reads) {
    BitSet owners = lockOwners(planned, reads);
    long lsn;
    try {
      reads.check(shards, writer.expiry);
      lsn = stageAndApply(planned, owners);
    } finally {
      shards.unlock(owners);
    }
    for (PlannedWrite write : planned) {
      if (write.record != null && write.space != Space.CATALOG) {
        int kind = write.record.isTombstone() ? Access.DELETE : Access.PUT;
        rings.record(kind, write.hash, write.shard, write.record, write.record.dataSize(), 0);
      }
    }
    return lsn;
  }

  /** Refuses writes that are too large together. */
  void checkSize(long bytes) {
    if (bytes > maxBatchBytes) {
      throw Refusals.batchTooLarge(bytes, maxBatchBytes);
    }
  }

  private void check(List<Write> writes) {
    long bytes = 0;
    for (Write write : writes) {
      Shards.checkKey(write.key());
      bytes += write.key().size();
      if (write.value().isPresent()) {
        writer.checkValue(write.value().get());
        bytes += write.value().get().size();
      }
    }
    checkSize(bytes);
  }

  /** What is to be written; of several writes of a key the last one. */
  PlannedWrite[] plan(
      Space home, List<Write> writes, WriteOptions options, Function<String, Space> named) {
    Map<Bytes, PlannedWrite> last = LinkedHashMap.newLinkedHashMap(writes.size());
    for (Write write : writes) {
      Space space = write.space().map(named).orElse(home);
      long expiresAt =
          write.expiresAt().isPresent()
              ? writer.expiry.expiryAt(write.expiresAt().get())
              : writer.expiresAt(
                  space,
                  write.timeToLive().isPresent() ? write.timeToLive() : options.timeToLive());
      PlannedWrite planned =
          new PlannedWrite(shards.hash, space, write.key(), write.value(), expiresAt);
      last.remove(planned.key);
      last.put(planned.key, planned);
    }
    return last.values().toArray(PlannedWrite[]::new);
  }

  /** Locks the shards of all writes and reads, and looks again whether they still are. */
  private BitSet lockOwners(PlannedWrite[] planned, ReadSet reads) {
    while (true) {
      SlotTable table = shards.slots();
      BitSet owners = reads.owners(shards, table);
      for (PlannedWrite write : planned) {
        write.shard = shards.owner(table, write.slotHash).number;
        owners.set(write.shard);
      }
      shards.lock(owners);
      if (shards.slots().equals(table)) {
        return owners;
      }
      shards.unlock(owners);
    }
  }

  private long stageAndApply(PlannedWrite[] planned, BitSet owners) {
    for (PlannedWrite write : planned) {
      write.space.checkThere();
    }
    long[] sequences = new long[shards.all.length];
    for (int i = owners.nextSetBit(0); i >= 0; i = owners.nextSetBit(i + 1)) {
      sequences[i] = shards.all[i].sequence;
    }
    StoredRecord[] records = new StoredRecord[planned.length];
    int[] numbers = new int[planned.length];
    int count = 0;
    for (PlannedWrite write : planned) {
      StoredRecord record = recordOf(write, sequences);
      if (record != null) {
        write.record = record;
        numbers[count] = write.shard;
        records[count++] = record;
      }
    }
    if (count == 0) {
      return 0;
    }
    long lsn = writer.isJournalled() ? journal.stage(numbers, records, count) : 0;
    try {
      for (int i = 0; i < count; i++) {
        shards.all[numbers[i]].apply(records[i]);
      }
      tail.append(lsn, numbers, records, count);
    } catch (RuntimeException | Error e) {
      if (writer.isJournalled()) {
        throw shards.part(e);
      }
      throw e;
    }
    return lsn;
  }

  /** The record of a write; null for a delete of what is not there. */
  private @Nullable StoredRecord recordOf(PlannedWrite write, long[] sequences) {
    int hash = Shards.indexHash(write.hash);
    Optional<Bytes> value = write.value;
    if (value.isPresent()) {
      Bytes kept = writer.intercepted(write.space, write.key, value.get());
      return StoredRecord.of(write.key, kept, hash, ++sequences[write.shard], write.expiresAt);
    }
    if (shards.all[write.shard].store.find(hash, write.key) == null) {
      return null;
    }
    writer.interceptDelete(write.space, write.key);
    return StoredRecord.tombstone(write.key, hash, ++sequences[write.shard]);
  }
}
