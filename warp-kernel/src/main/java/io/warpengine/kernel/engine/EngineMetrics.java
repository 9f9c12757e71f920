package io.warpengine.kernel.engine;

import io.warpengine.kernel.version.OpenMoments;
import io.warpengine.spi.control.Metrics;
import java.util.function.ToLongFunction;

/** The engine's figures: gauges over what is there anyway. */
final class EngineMetrics {

  private final Shards shards;
  private final InFlight inFlight;
  private final Spaces spaces;
  private final Sweeper sweeper;
  private final OpenMoments moments;

  EngineMetrics(EngineCore core, Sweeper sweeper) {
    shards = core.shards;
    inFlight = core.inFlight;
    spaces = core.spaces;
    this.sweeper = sweeper;
    moments = core.openMoments;
  }

  void register(Metrics metrics) {
    metrics.gauge("engine_records_count", () -> sum(shard -> shard.store.size()));
    metrics.gauge("engine_keys_bytes", () -> sum(shard -> shard.store.keyBytes()));
    metrics.gauge("engine_values_bytes", () -> sum(shard -> shard.store.valueBytes()));
    metrics.gauge("engine_writes_count", () -> sum(shard -> shard.sequence));
    metrics.gauge("engine_async_bytes", inFlight::bytes);
    metrics.gauge("engine_expired_count", sweeper::removed);
    metrics.gauge("snapshots_open_count", moments::count);
    metrics.gauge("snapshots_kept_bytes", moments::bytes);
    metrics.gauge("snapshots_expired_count", moments::expired);
    metrics.gauge("engine_spaces_reclaiming_count", () -> spaces.dropped().size());
  }

  private long sum(ToLongFunction<Shard> figure) {
    long sum = 0;
    for (Shard shard : shards.all) {
      sum += figure.applyAsLong(shard);
    }
    return sum;
  }
}
