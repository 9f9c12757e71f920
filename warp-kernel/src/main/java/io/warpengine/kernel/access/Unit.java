package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.api.Position;
import io.warpengine.spi.access.Mutation;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Mutations that are delivered together: one write, or those of a batch, or a run of a rebuild.
 *
 * @param lsn durable means durable up to here
 * @param mutations one or more
 * @param bytes about what they hold in memory
 */
record Unit(long lsn, List<Mutation> mutations, long bytes) {

  /** About what one mutation holds beyond its data. */
  static final int OVERHEAD = 96;

  /**
   * What followers see of some records: not what the engine keeps for itself.
   *
   * @param lsn durable means durable up to here
   * @param shardOf the shard of each record
   * @param records records and tombstones
   * @param names knows the names of spaces
   * @return null if they see nothing of it
   */
  static @Nullable Unit of(
      long lsn, IntUnaryOperator shardOf, List<StoredRecord> records, MutationTail.Records names) {
    Position position = Position.of(lsn);
    List<Mutation> mutations = new ArrayList<>(records.size());
    long bytes = 0;
    for (int i = 0; i < records.size(); i++) {
      StoredRecord record = records.get(i);
      Bytes key = record.key();
      int space = SpaceKeys.spaceOf(key);
      if (space != SpaceKeys.CATALOG) {
        mutations.add(mutation(shardOf.applyAsInt(i), position, space, names, key, record));
        bytes += record.dataSize() + OVERHEAD;
      }
    }
    return mutations.isEmpty() ? null : new Unit(lsn, mutations, bytes);
  }

  private static Mutation mutation(
      int shard,
      Position position,
      int space,
      MutationTail.Records names,
      Bytes key,
      StoredRecord record) {
    return new Mutation(
        shard,
        record.sequence(),
        position,
        space,
        space == SpaceKeys.DEFAULT ? "" : names.spaceName(space),
        SpaceKeys.keyOf(key),
        record.isTombstone() ? Optional.empty() : Optional.of(record.value()),
        record.expires()
            ? Optional.of(Instant.ofEpochMilli(record.expiresAtMillis()))
            : Optional.empty());
  }
}
