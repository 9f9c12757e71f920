package io.warpengine.kernel.engine;

import io.warpengine.api.DatabaseStats;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.ShardStats;
import io.warpengine.api.SpaceOptions;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpSpace;
import io.warpengine.spi.Operation;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.Checkpointable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The database: its default space, and all that concerns it as a whole. */
public final class Engine extends EngineSpace implements WarpDatabase {

  private final EngineParts parts;
  private final Shards shards;
  private final ExpiryMark expiryMark;
  private final Journal journal;
  private final RunningCalls calls = new RunningCalls();

  /**
   * Held while the database closes, so that whoever closes it too returns only when it is closed.
   */
  private final ReentrantLock closing = new ReentrantLock();

  private boolean closed;

  /**
   * An engine that holds nothing yet; {@link #recover} comes next.
   *
   * @param parts what it is made of
   */
  public Engine(EngineParts parts) {
    super(new EngineCore(parts), Space.MAIN);
    this.parts = parts;
    shards = core.shards;
    expiryMark = new ExpiryMark(parts.manifest(), core.expiry);
    journal = parts.journal();
  }

  /**
   * Brings back what the journal kept, starts the mutation tail, and registers background work and
   * figures. Called once, before any operation, also without a journal.
   *
   * @param pluginOwners what takes part in checkpoints besides the shards
   */
  public void recover(List<Checkpointable> pluginOwners) {
    boolean readOnly = !parts.readOnly().isEmpty();
    new Recovery(shards, expiryMark::keep)
        .run(journal, readOnly, parts.storage().formatVersion(), pluginOwners);
    core.spaces.read();
    ShardRuns runs = runs();
    parts.tail().start(journal::durable, runs, runs.hasHistory());
    expiryMark.enforce(core.writer, readOnly);
    Sweeper sweeper = new Sweeper(core.writer);
    if (!readOnly) {
      parts.control().schedule("expiry", Sweeper.PERIOD, sweeper);
      parts.control().schedule("reclaim", Reclaimer.PERIOD, new Reclaimer(core));
    }
    parts.control().schedule("snapshots", Moments.PERIOD, core.moments);
    new EngineMetrics(core, sweeper).register(parts.metrics());
    core.transactions.register(parts.metrics());
  }

  @Override
  public WarpSpace space(String name) {
    return space(name, Optional.empty());
  }

  @Override
  public WarpSpace space(String name, SpaceOptions options) {
    return space(name, Optional.of(options));
  }

  private WarpSpace space(String name, Optional<SpaceOptions> options) {
    core.shards.checkOpen();
    return name.isEmpty() && options.isEmpty() ? this : core.spaces.open(name, options);
  }

  @Override
  public List<String> spaces() {
    core.shards.checkOpen();
    return core.spaces.names();
  }

  @Override
  public boolean dropSpace(String name) {
    core.shards.checkOpen();
    return core.spaces.drop(name);
  }

  @Override
  public Position flush() {
    shards.checkOpen();
    core.writer.settle();
    return journal.durable();
  }

  @Override
  public DatabaseStats stats() {
    shards.checkOpen();
    List<ShardStats> each = new ArrayList<>(shards.all.length);
    SpaceCounts marked = new SpaceCounts();
    for (Shard shard : shards.all) {
      shards.lock(shard);
      try {
        each.add(
            new ShardStats(
                shard.number,
                shard.store.size(),
                shard.store.keyBytes(),
                shard.store.valueBytes(),
                shard.sequence));
        marked.add(shard.marked);
      } finally {
        shard.lock.unlock();
      }
    }
    SpaceCounts.Figures main =
        marked.main(
            each.stream().mapToLong(ShardStats::keys).sum(),
            each.stream().mapToLong(ShardStats::keyBytes).sum(),
            each.stream().mapToLong(ShardStats::valueBytes).sum());
    return new DatabaseStats(
        main.keys(),
        main.keyBytes(),
        main.valueBytes(),
        durability(),
        journal.staged(),
        journal.durable(),
        List.copyOf(each),
        core.spaces.stats(marked),
        parts.metrics().read());
  }

  @Override
  public Durability durability() {
    return journal.defaultDurability();
  }

  @Override
  public boolean readOnly() {
    return !parts.readOnly().isEmpty() || !journal.refusal().isEmpty();
  }

  @Override
  public <T> T extension(Class<T> api) {
    return findExtension(api).orElseThrow(() -> Refusals.extensionMissing(api));
  }

  @Override
  public <T> Optional<T> findExtension(Class<T> api) {
    return parts.services().extension(api);
  }

  @Override
  public List<Operation> operations() {
    return parts.services().operations();
  }

  @Override
  public Tree call(String name, Map<String, Object> arguments, Consumer<Tree> rows) {
    shards.checkOpen();
    return calls.run(() -> parts.services().call(name, arguments, rows));
  }

  @Override
  public void close() {
    calls.leave();
    closing.lock();
    try {
      if (!closed) {
        closed = true;
        List<Runnable> late = calls.close(parts.open().timeout());
        shards.close();
        core.watches.close(parts.open().timeout().dividedBy(6), Refusals.closed());
        closeServices(late);
      }
    } finally {
      closing.unlock();
    }
  }

  private void closeServices(List<Runnable> late) {
    try {
      if (parts.readOnly().isEmpty()) {
        expiryMark.keep();
      }
    } finally {
      parts.services().close(late);
    }
  }

  /** The shards and their table. */
  Shards shards() {
    return shards;
  }

  /** Reads all records for followers. */
  ShardRuns runs() {
    return new ShardRuns(shards, journal, core.spaces);
  }
}
