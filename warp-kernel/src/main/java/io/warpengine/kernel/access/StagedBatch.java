package io.warpengine.kernel.access;

import io.warpengine.spi.store.StoredRecord;
import java.util.Arrays;

/** The writes of one batch on their way through the lanes of several shards. */
final class StagedBatch {

  final int[] shards;
  final StoredRecord[] records;
  final int lanes;

  /** The drainer's: in how many lanes it has come to the head. */
  int arrived;

  /** The drainer's: whether it was handed on, or given up with a lane that was overrun. */
  boolean done;

  StagedBatch(int[] shards, StoredRecord[] records, int count, int lanes) {
    this.shards = Arrays.copyOf(shards, count);
    this.records = Arrays.copyOf(records, count);
    this.lanes = lanes;
  }
}
