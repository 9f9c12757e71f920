package io.warpengine.kernel.engine;

import io.warpengine.kernel.access.AccessRings;
import io.warpengine.kernel.access.MutationTail;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.spi.access.WriteInterceptor;
import io.warpengine.spi.control.ControlPlane;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.Manifest;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.Storage;
import java.util.List;

/**
 * Everything an engine is made of.
 *
 * @param config shards and limits
 * @param async bounds of asynchronous writes
 * @param open bounds of closing
 * @param snapshot bounds of snapshots
 * @param manifest where the engine keeps what it must know when it is opened again
 * @param hashSeed the manifest's seed of the key hash
 * @param slots which shard owns each slot
 * @param storage makes the shards' stores
 * @param journal order and durability
 * @param interceptors see every write, in this order
 * @param rings take the sampled accesses
 * @param tail takes every write in order
 * @param clock the source of time
 * @param metrics where the engine registers its figures
 * @param control runs the engine's background work
 * @param readOnly why writes are refused from the beginning, as a sentence; empty if they are not
 * @param services the plugins around the engine
 */
public record EngineParts(
    EngineConfig config,
    EngineConfig.Async async,
    EngineConfig.Open open,
    EngineConfig.Snapshot snapshot,
    Manifest manifest,
    long hashSeed,
    SlotTable slots,
    Storage storage,
    Journal journal,
    List<WriteInterceptor> interceptors,
    AccessRings rings,
    MutationTail tail,
    WarpClock clock,
    KernelMetrics metrics,
    ControlPlane control,
    String readOnly,
    EngineServices services) {

  /** Keeps its own copy of the interceptors. */
  public EngineParts {
    interceptors = List.copyOf(interceptors);
  }
}
