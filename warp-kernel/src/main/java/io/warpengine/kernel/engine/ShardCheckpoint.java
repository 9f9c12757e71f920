package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Position;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import java.util.Optional;

/**
 * The shards' part of a checkpoint: one file per shard.
 *
 * <p>Format 1, numbers as unsigned LEB128: the shard's sequence when its file was begun; then each
 * record in key order: (key bytes x 2, plus 1 if it expires) + 1, value bytes, sequence, then key,
 * value and, if it expires, eight bytes of expiry in milliseconds, little-endian; then 0.
 *
 * <p>A file is not a picture of one moment: it is written in runs of records, each read under the
 * shard's lock, and writers go on in between. That is enough, since every change up to the
 * checkpoint's position was applied before the lock was first taken, and later ones are replayed
 * from the journal, where the higher sequence wins.
 */
final class ShardCheckpoint implements Checkpointable {

  private static final int RUN = 256;

  private final Shards shards;
  private final int storageVersion;
  private final Runnable before;

  ShardCheckpoint(Shards shards, int storageVersion, Runnable before) {
    this.shards = shards;
    this.storageVersion = storageVersion;
    this.before = before;
  }

  @Override
  public String owner() {
    return "shards";
  }

  @Override
  public int formatVersion() {
    return storageVersion;
  }

  @Override
  public void write(Position position, CheckpointSink sink) {
    before.run();
    for (Shard shard : shards.all) {
      try (VarintWriter out = new VarintWriter(sink.file(fileOf(shard.number)))) {
        write(shard, out);
      }
    }
  }

  @Override
  public void restore(int formatVersion, CheckpointSource source) {
    Crew.run("warp-restore", shards.all.length, i -> restore(shards.all[i], source));
  }

  private static String fileOf(int shard) {
    return "shard-" + (shard < 10 ? "0" : "") + shard;
  }

  private void write(Shard shard, VarintWriter out) {
    StoredRecord[] run = new StoredRecord[RUN];
    Bytes place = Bytes.EMPTY;
    boolean begun = false;
    int count = RUN;
    while (count == RUN) {
      long sequence;
      shard.lock.lock();
      try {
        shards.checkWhole();
        shard.finishLoading();
        sequence = shard.sequence;
        count = shard.store.scan(place, false, Optional.empty(), false, run);
      } finally {
        shard.lock.unlock();
      }
      if (!begun) {
        out.number(sequence);
        begun = true;
      }
      for (int i = 0; i < count; i++) {
        StoredRecord record = run[i];
        out.number(record.keySize() * 2L + (record.expires() ? 2 : 1));
        out.number(record.valueSize());
        out.number(record.sequence());
        out.data(record);
      }
      if (count > 0) {
        place = run[count - 1].key();
      }
    }
    out.number(0);
  }

  private void restore(Shard shard, CheckpointSource source) {
    try (VarintReader in = new VarintReader(source.open(fileOf(shard.number)))) {
      long sequence = in.number();
      shard.lock.lock();
      try {
        for (long head = in.number(); head != 0; head = in.number()) {
          int keySize = (int) ((head - 1) / 2);
          boolean expires = (head - 1) % 2 == 1;
          int valueSize = (int) in.number();
          long written = in.number();
          byte[] data = in.bytes(keySize + valueSize + (expires ? 8 : 0));
          int hash = Shards.indexHash(shards.hash.of(Bytes.wrap(data, 0, keySize)));
          shard.store.load(StoredRecord.ofData(data, keySize, expires, false, hash, written));
          sequence = Math.max(sequence, written);
        }
        shard.sequence = Math.max(shard.sequence, sequence);
      } finally {
        shard.lock.unlock();
      }
    }
  }
}
