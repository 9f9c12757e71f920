package io.warpengine.wal.internal;

import io.warpengine.spi.control.Metrics;
import io.warpengine.spi.control.Metrics.Counter;
import io.warpengine.spi.control.Metrics.Histogram;

/**
 * What the log counts, once per write or sync and never per frame.
 *
 * @param syncs syncs of the device
 * @param syncNanos how long each took
 * @param groupFrames frames that became durable together
 * @param writtenBytes bytes handed to the operating system
 */
record WalMetrics(Counter syncs, Histogram syncNanos, Histogram groupFrames, Counter writtenBytes) {

  static WalMetrics register(Metrics metrics) {
    return new WalMetrics(
        metrics.counter("wal_syncs_count", "Syncs of the log's device."),
        metrics.histogram("wal_sync_nanos", "How long a sync of the log took, in nanoseconds."),
        metrics.histogram("wal_group_frames", "Frames that one sync of the log made durable."),
        metrics.counter("wal_written_bytes", "Bytes of log handed to the operating system."));
  }
}
