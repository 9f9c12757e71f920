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
        metrics.counter("wal_syncs_count"),
        metrics.histogram("wal_sync_nanos"),
        metrics.histogram("wal_group_frames"),
        metrics.counter("wal_written_bytes"));
  }
}
