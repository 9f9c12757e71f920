package io.warpengine.kernel.engine;

import io.warpengine.api.MissingPlugins;
import io.warpengine.api.Tree;
import io.warpengine.kernel.access.AccessRings;
import io.warpengine.kernel.access.MutationTail;
import io.warpengine.kernel.manifest.ManifestFile;
import io.warpengine.kernel.manifest.ManifestHeader;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.kernel.store.HashPlacement;
import io.warpengine.kernel.store.HeapStorage;
import io.warpengine.kernel.version.OpenMoments;
import io.warpengine.spi.Operation;
import io.warpengine.spi.access.WriteInterceptor;
import io.warpengine.spi.config.ByteSize;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.Manifest;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.Storage;
import io.warpengine.testkit.ManualClock;
import io.warpengine.testkit.ManualControlPlane;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes engines for tests: few shards, small limits, a clock and a control plane moved by hand. */
final class EngineFixture {

  static final int MAX_VALUE = 30_000;
  static final int MAX_BATCH = 60_000;
  static final int MAX_ASYNC = 1_000;

  final ManualClock clock = new ManualClock();
  final ManualControlPlane control = new ManualControlPlane(clock);
  int shards = 5;
  Journal journal = new NoJournal();
  WarpClock time = clock;
  Storage storage = new HeapStorage();
  List<WriteInterceptor> interceptors = List.of();
  String readOnly = "";
  Manifest manifest =
      ManifestFile.inMemory(
          new ManifestHeader(1, "test", new UUID(1, 2), 42, 5, Collections.emptySortedMap()));
  long maxKept = 1L << 20;
  Duration maxAge = Duration.ofHours(1);
  Duration timeout = Duration.ofSeconds(30);
  Runnable onCall = () -> {};
  int closes;
  List<Runnable> late = List.of();

  /** Shards without an engine. */
  static Shards shards(KeyHash hash, SlotTable slots, Storage storage) {
    return new Shards(hash, slots, storage, new OpenMoments(1 << 20, Duration.ofHours(1)));
  }

  Engine open() {
    Engine engine = new Engine(parts());
    engine.recover(List.of());
    return engine;
  }

  EngineParts parts() {
    KernelMetrics metrics = new KernelMetrics();
    return new EngineParts(
        new EngineConfig(shards, new ByteSize(MAX_VALUE), new ByteSize(MAX_BATCH), "", "", "", ""),
        new EngineConfig.Async(new ByteSize(MAX_ASYNC)),
        new EngineConfig.Open(timeout, MissingPlugins.REFUSE),
        new EngineConfig.Snapshot(new ByteSize(maxKept), maxAge),
        manifest,
        42,
        new HashPlacement().place(shards),
        storage,
        journal,
        interceptors,
        new AccessRings(false),
        new MutationTail(shards, metrics),
        time,
        metrics,
        control,
        readOnly,
        new Services());
  }

  private final class Services implements EngineServices {

    @Override
    public <T> Optional<T> extension(Class<T> api) {
      return api == CharSequence.class ? Optional.of(api.cast("extension")) : Optional.empty();
    }

    @Override
    public List<Operation> operations() {
      return List.of(new Operation("test", "Tests.", List.of(), Operation.Mode.ONLINE));
    }

    @Override
    public Tree call(String name, Map<String, Object> arguments, Consumer<Tree> rows) {
      onCall.run();
      return Tree.of(name);
    }

    @Override
    public void close(List<Runnable> operations) {
      late = operations;
      closes++;
      journal.close();
    }
  }
}
