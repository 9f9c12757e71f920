package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.spi.control.Metrics;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.Manifest;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.wal.WalConfig;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The persistence port as a write-ahead log with one stream. */
public final class WalJournal implements Journal {

  private final WalConfig config;
  private final Disk disk;
  private final Manifest manifest;
  private final WalMetrics metrics;
  private @Nullable OpenLog log;
  private @Nullable Stream stream;
  private long end;
  private boolean closed;

  /**
   * A log that has not been read yet.
   *
   * @param config the configuration
   * @param disk the data directory
   * @param manifest the database's manifest
   * @param metrics where to count
   */
  @Inject
  public WalJournal(WalConfig config, Disk disk, Manifest manifest, Metrics metrics) {
    this.config = config;
    this.disk = disk;
    this.manifest = manifest;
    this.metrics = WalMetrics.register(metrics);
    metrics.gauge("wal_staged_lsn", () -> staged().lsn(0));
    metrics.gauge("wal_durable_lsn", () -> durable().lsn(0));
    metrics.gauge("wal_segments_count", this::segments);
  }

  @Override
  public Set<Durability> durabilities() {
    return EnumSet.complementOf(EnumSet.of(Durability.NONE));
  }

  @Override
  public Durability defaultDurability() {
    return config.durability();
  }

  @Override
  public void recover(boolean readOnly, Replay replay, List<Checkpointable> owners) {
    Recovery recovery = new Recovery(config, disk, manifest, metrics);
    LogReading.Outcome outcome = recovery.read(replay, owners);
    end = outcome.end();
    if (!readOnly) {
      OpenLog opened = recovery.open(outcome, owners);
      log = opened;
      stream = opened.stream();
      opened.start();
    }
  }

  @Override
  public long stage(int shard, StoredRecord record) {
    return open().stage(shard, record);
  }

  @Override
  public long stage(int[] shards, StoredRecord[] records, int count) {
    return open().stage(shards, records, count);
  }

  @Override
  public Durability await(long lsn, Durability durability) {
    return isReadToTheEnd(lsn) ? Durability.SYNC : open().await(lsn, durability);
  }

  @Override
  public void whenReached(long lsn, Durability durability, Waiter waiter) {
    if (isReadToTheEnd(lsn)) {
      waiter.reached(Durability.SYNC);
    } else {
      open().whenReached(lsn, durability, waiter);
    }
  }

  @Override
  public Position staged() {
    Stream current = stream;
    return Position.of(current == null ? end : current.staged());
  }

  @Override
  public Position durable() {
    Stream current = stream;
    return Position.of(current == null ? end : current.writer().durable());
  }

  @Override
  public String refusal() {
    Stream current = stream;
    return current == null ? "The log was opened read-only." : current.refusal();
  }

  @Override
  public void close() {
    OpenLog opened = log;
    if (!closed && opened != null) {
      closed = true;
      opened.close();
    }
  }

  /** What operations and the extension look at; null if the log is not open for writing. */
  @Nullable OpenLog log() {
    return log;
  }

  private long segments() {
    Stream current = stream;
    return current == null ? 0 : current.writer().segments().size();
  }

  /** What was read from disk needs no waiting, also where nothing may be written. */
  private boolean isReadToTheEnd(long lsn) {
    return stream == null && lsn <= end;
  }

  private Stream open() {
    Stream current = stream;
    if (current == null) {
      throw new WarpException(
          CoreError.READ_ONLY, "The log was opened read-only.", "Open the database for writing.");
    }
    return current;
  }
}
