package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.MissingPlugins;
import io.warpengine.api.Problem;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.access.AccessRings;
import io.warpengine.kernel.access.MutationTail;
import io.warpengine.kernel.config.Configuration;
import io.warpengine.kernel.control.Control;
import io.warpengine.kernel.control.FrequencySketch;
import io.warpengine.kernel.engine.Engine;
import io.warpengine.kernel.engine.EngineConfig;
import io.warpengine.kernel.engine.EngineParts;
import io.warpengine.kernel.engine.KeyHash;
import io.warpengine.kernel.engine.NoJournal;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.kernel.store.HeapStorage;
import io.warpengine.spi.access.AccessObserver;
import io.warpengine.spi.access.WriteInterceptor;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.PlacementPolicy;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one database from a plan: directory, manifest, owners, components, engine, recovery, start.
 * A failure closes what was opened so far, in reverse.
 */
final class Opening {

  private static final Logger LOG = LoggerFactory.getLogger("io.warpengine.kernel");

  private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(5);

  private final CompositionPlan plan;
  private final Request request;
  private final Configuration configuration;
  private final Lifecycle lifecycle;
  private final Components components;
  private final AtomicReference<WarpDatabase> database = new AtomicReference<>();

  Opening(CompositionPlan plan) {
    this.plan = plan;
    request = plan.request();
    configuration = plan.configuration();
    lifecycle = new Lifecycle(configuration.record(EngineConfig.Open.class).timeout());
    components = new Components(plan, lifecycle);
  }

  WarpDatabase open() {
    int wanted = configuration.record(EngineConfig.class).shards();
    DataDirectory directory =
        request.directory().isEmpty()
            ? DataDirectory.inMemory(wanted)
            : request.readOnly()
                ? DataDirectory.openReadOnly(request.directory().get(), request.disks())
                : DataDirectory.open(request.directory().get(), request.disks(), wanted);
    try {
      return open(directory);
    } catch (Throwable e) {
      Optional<WarpDatabase> opened = Optional.ofNullable(database.get());
      closeAfter(
          e,
          opened.isPresent() ? opened.get()::close : () -> close(directory, List::of, List.of()));
      throw e;
    }
  }

  /** Closes after a failure, which carries a second failure as suppressed. */
  static void closeAfter(Throwable failure, Runnable close) {
    try {
      close.run();
    } catch (Throwable second) {
      failure.addSuppressed(second);
    }
  }

  private WarpDatabase open(DataDirectory directory) {
    EngineConfig config = config(directory);
    Owners owners = new Owners(directory.manifest().header().owners());
    String refusal = refusal(owners, directory);
    Slots.check(
        directory.manifest(),
        config.placement(),
        configuration.setting(Port.PLACEMENT.key()).source(),
        directory.location());
    boolean readOnly = !refusal.isEmpty();
    KernelMetrics metrics = new KernelMetrics();
    AccessRings rings =
        new AccessRings(
            configuration.record(EngineConfig.Access.class).observe()
                && components.watchAccesses());
    MutationTail tail = new MutationTail(config.shards(), metrics);
    long seed = directory.manifest().header().hashSeed();
    KeyHash hash = new KeyHash(seed);
    Control control =
        new Control(
            request.clock(),
            patience(),
            metrics,
            rings,
            new FrequencySketch(),
            tail,
            key -> hash.of(SpaceKeys.stored(SpaceKeys.DEFAULT, key)));
    components.make(
        new KernelObjects(
            Optional.of(control),
            request.clock(),
            metrics,
            directory.disk(readOnly),
            () -> directory.manifest(readOnly),
            Optional.of(this::database)),
        configuration);
    Storage storage = components.port(Port.STORAGE, Storage.class).orElseGet(HeapStorage::new);
    Journal journal = components.port(Port.JOURNAL, Journal.class).orElseGet(NoJournal::new);
    warnOfIdleCache();
    nameOwners(owners, directory.location(), storage, journal);
    if (!readOnly) {
      commit(owners.beforeStart(), directory);
    }
    components
        .<AccessObserver>all(Declarations::observers)
        .forEach(observer -> control.observe(observer.object()));
    components.eachFollower(tail::follow);
    Services services = new Services(operations -> close(directory, control::late, operations));
    components.fill(services);
    Engine engine =
        new Engine(
            new EngineParts(
                config,
                configuration.record(EngineConfig.Async.class),
                configuration.record(EngineConfig.Open.class),
                configuration.record(EngineConfig.Snapshot.class),
                directory.manifest(readOnly),
                seed,
                Slots.of(
                    directory.manifest(),
                    components.choice(Port.PLACEMENT).name(),
                    components.port(Port.PLACEMENT, PlacementPolicy.class),
                    config.shards(),
                    readOnly),
                storage,
                journal,
                objects(components.<WriteInterceptor>all(Declarations::interceptors)),
                rings,
                tail,
                request.clock(),
                metrics,
                control,
                refusal,
                services));
    List<Checkpointable> parts =
        new ArrayList<>(objects(components.<Checkpointable>all(Declarations::checkpointables)));
    if (!readOnly) {
      parts.addAll(owners.absent());
    }
    engine.recover(parts);
    database.set(engine);
    components.start();
    if (!readOnly) {
      commit(owners.present(), directory);
    }
    lifecycle.opened(Components.CONTROL, "kernel", control);
    control.start();
    return engine;
  }

  /** So long that what goes on after two of them is named before the bound of a close is over. */
  private Duration patience() {
    Duration third = configuration.record(EngineConfig.Open.class).timeout().dividedBy(3);
    return third.compareTo(LONGEST_PATIENCE) < 0 ? third : LONGEST_PATIENCE;
  }

  private static <T> List<T> objects(List<Components.Owned<T>> owned) {
    return owned.stream().map(Components.Owned::object).toList();
  }

  private WarpDatabase database() {
    return Optional.ofNullable(database.get())
        .orElseThrow(() ->
            new WarpException(
                CoreError.CLOSED,
                "The database is not open yet: its provider gives it only after recovery.",
                "Ask the provider in start or later, not in a constructor."));
  }

  /** The configuration with the number of shards that the data has. */
  private EngineConfig config(DataDirectory directory) {
    EngineConfig config = configuration.record(EngineConfig.class);
    int shards = directory.manifest().header().shards();
    String source = configuration.setting("warp.shards").source();
    if (config.shards() != shards && !source.equals("default")) {
      throw new WarpException(
          CoreError.CONFIG_OUT_OF_RANGE,
          List.of(
              new Problem(
                  CoreError.CONFIG_OUT_OF_RANGE,
                  source,
                  "The key [warp.shards] is ["
                      + config.shards()
                      + "], and the data in ["
                      + directory.location()
                      + "] was made with ["
                      + shards
                      + "] shards, which never changes.",
                  "Remove the key, or export the data and import it into a new directory.")));
    }
    return new EngineConfig(
        shards,
        config.maxValueBytes(),
        config.maxBatchBytes(),
        config.storage(),
        config.placement(),
        config.cache(),
        config.journal());
  }

  /** Why writes are refused from the beginning; empty if they are not. */
  private String refusal(Owners owners, DataDirectory directory) {
    List<Problem> missing = owners.missing(plan.choices(), plan.pluginIds(), directory.location());
    String sentences = missing.stream().map(Problem::what).collect(Collectors.joining(" "));
    MissingPlugins policy = configuration.record(EngineConfig.Open.class).missingPlugins();
    if (!missing.isEmpty()) {
      if (policy == MissingPlugins.REFUSE) {
        throw new WarpException(CoreError.OWNER_MISSING, missing);
      }
      LOG.warn(
          "Opening [{}] without all of its data, as asked: {}", directory.location(), sentences);
    }
    if (request.readOnly()) {
      return "The database was opened read-only.";
    }
    boolean readOnly = !missing.isEmpty() && policy == MissingPlugins.READ_ONLY;
    if (!readOnly && directory.disk().isPresent() && !components.hasJournal()) {
      LOG.warn(
          "The database in [{}] has no journal: nothing that is written survives this process. Add"
              + " the jar [plugin-wal] to change that.",
          directory.location());
    }
    return readOnly ? "The database was opened read-only. " + sentences : "";
  }

  private void warnOfIdleCache() {
    PortChoice cache = components.choice(Port.CACHE);
    if (cache.offer().isPresent()) {
      LOG.warn("The cache [{}] is idle: no storage asks a cache yet.", cache.name());
    }
  }

  private void nameOwners(Owners owners, String location, Storage storage, Journal journal) {
    if (components.hasJournal()) {
      owners.record(
          Owners.JOURNAL,
          Owners.name(components.choice(Port.JOURNAL)),
          journal.formatVersion(),
          location);
    }
    owners.record(
        Owners.STORAGE,
        Owners.name(components.choice(Port.STORAGE)),
        storage.formatVersion(),
        location);
    Map<String, String> pluginOf = new HashMap<>();
    for (Components.Owned<Checkpointable> part :
        components.<Checkpointable>all(Declarations::checkpointables)) {
      String owner = part.object().owner();
      String other = pluginOf.putIfAbsent(owner, part.plugin());
      if (other != null) {
        throw new WarpException(
            CoreError.PLUGIN_DUPLICATE,
            "The checkpoint owner ["
                + owner
                + "] is declared by ["
                + other
                + "] and by ["
                + part.plugin()
                + "].",
            "Remove one of the plugins.");
      }
      owners.record(
          Owners.CHECKPOINT + owner, part.plugin(), part.object().formatVersion(), location);
    }
  }

  private static void commit(SortedMap<String, String> owners, DataDirectory directory) {
    if (!owners.equals(directory.manifest().header().owners())) {
      directory.manifest().commitOwners(owners);
    }
  }

  /**
   * Closes everything. While code of a plugin still runs although its time is over, the directory
   * stays locked: nobody else may write what that code still might.
   */
  private void close(
      DataDirectory directory, Supplier<List<Thread>> background, List<Runnable> operations) {
    try {
      lifecycle.close();
    } finally {
      List<Runnable> waits = new ArrayList<>(operations);
      background.get().forEach(thread -> waits.add(() -> Bounded.join(thread)));
      lifecycle.whenNothingRuns(waits, directory::unlock);
    }
  }
}
