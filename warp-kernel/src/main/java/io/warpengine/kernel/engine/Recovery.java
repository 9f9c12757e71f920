package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the shards back: checkpoint, then what the journal replays, then the order of the keys.
 */
final class Recovery implements Journal.Replay {

  private final Shards shards;
  private final Runnable atCheckpoint;

  Recovery(Shards shards, Runnable atCheckpoint) {
    this.shards = shards;
    this.atCheckpoint = atCheckpoint;
  }

  void run(
      Journal journal, boolean readOnly, int storageVersion, List<Checkpointable> pluginOwners) {
    List<Checkpointable> owners = new ArrayList<>();
    owners.add(new ShardCheckpoint(shards, storageVersion, atCheckpoint));
    owners.addAll(pluginOwners);
    journal.recover(readOnly, this, List.copyOf(owners));
    Crew.run("warp-recover", shards.all.length, i -> finish(shards.all[i]));
  }

  @Override
  public void record(
      int number, long sequence, byte[] data, int keySize, boolean expires, boolean tombstone) {
    int hash = Shards.indexHash(shards.hash.of(Bytes.wrap(data, 0, keySize)));
    StoredRecord record = StoredRecord.ofData(data, keySize, expires, tombstone, hash, sequence);
    Shard shard = shards.all[number];
    shard.lock.lock();
    try {
      shard.store.load(record);
      shard.sequence = Math.max(shard.sequence, sequence);
    } finally {
      shard.lock.unlock();
    }
  }

  private static void finish(Shard shard) {
    shard.lock.lock();
    try {
      shard.finishLoading();
    } finally {
      shard.lock.unlock();
    }
  }
}
