package io.warpengine.wal.internal;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.spi.config.ByteSize;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.DiskManifest;
import io.warpengine.testkit.MemoryMetrics;
import io.warpengine.wal.WalConfig;
import io.warpengine.wal.WalConfig.RecoveryMode;
import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.Records;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Journals for tests. */
final class Logs {

  static final UUID ID = new UUID(1, 2);
  static final WalConfig SMALL = config(RecoveryMode.STRICT);

  private Logs() {}

  static WalConfig config(RecoveryMode recovery) {
    return config(recovery, 256 << 10, 64 << 10);
  }

  static WalConfig config(RecoveryMode recovery, long segmentBytes, long bufferBytes) {
    return new WalConfig(
        Durability.SYNC,
        Duration.ofMillis(200),
        new ByteSize(segmentBytes),
        new ByteSize(bufferBytes),
        new ByteSize(1L << 40),
        recovery);
  }

  static WalJournal make(Disk disk, WalConfig config) {
    return new WalJournal(config, disk, DiskManifest.on(disk, ID), new MemoryMetrics());
  }

  static WalJournal open(Disk disk, WalConfig config, Recorded replay, Checkpointable... owners) {
    WalJournal journal = make(disk, config);
    journal.recover(false, replay, List.of(owners));
    return journal;
  }

  static WalJournal open(Disk disk, Recorded replay) {
    return open(disk, SMALL, replay);
  }

  /** What the log on a disk holds, without changing it. */
  static Recorded read(Disk disk) {
    Recorded recorded = new Recorded();
    try (WalJournal journal = make(disk, SMALL)) {
      journal.recover(true, recorded, List.of());
    }
    return recorded;
  }

  /** Size in the log of a frame that holds such a record. */
  static int frameBytes(long sequence, int valueBytes) {
    return Frame.size(Records.size(0, record(sequence, valueBytes)));
  }

  static StoredRecord record(long sequence, int valueBytes) {
    byte[] value = new byte[valueBytes];
    for (int i = 0; i < valueBytes; i++) {
      value[i] = (byte) (i * 31 + sequence);
    }
    return StoredRecord.of(
        Bytes.utf8("key" + sequence), Bytes.wrap(value, 0, valueBytes), 0, sequence, 0);
  }
}
