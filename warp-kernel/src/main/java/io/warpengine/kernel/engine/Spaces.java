package io.warpengine.kernel.engine;

import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.SpaceOptions;
import io.warpengine.api.SpaceStats;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The named spaces, and the catalog that keeps them: records of a space that nobody else sees,
 * written as atomic batches. {@code space/NAME} holds the number and the options of a space, {@code
 * dropped/NUMBER} the name of one whose records are yet to be reclaimed, {@code next-id} the number
 * of the next space. A number is never used again.
 *
 * <p>A change is staged, then takes effect in memory, and its caller waits until it is durable;
 * everybody else finds it done. The log keeps a prefix, so no record of a space outlives what is
 * known of it. One lock orders all changes; it is taken before any shard's, and nobody waits for
 * the journal while holding it, since the journal's own thread may want it for whoever it
 * acknowledges.
 */
final class Spaces {

  private static final int MOST_NAME_BYTES = 255;
  private static final String SPACE = "space/";
  private static final String DROPPED = "dropped/";
  private static final String NEXT = "next-id";
  private static final int RUN = 256;

  private final EngineCore core;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, EngineSpace> live = new ConcurrentHashMap<>();
  private final Map<Integer, String> names = new ConcurrentHashMap<>();
  private final Set<Integer> dropped = ConcurrentHashMap.newKeySet();
  private int next = 1;

  Spaces(EngineCore core) {
    this.core = core;
  }

  /** Reads the catalog; once, after recovery and before any other use. */
  void read() {
    Interval all = Interval.all(SpaceKeys.CATALOG);
    StoredRecord[] run = new StoredRecord[RUN];
    for (Shard shard : core.shards.all) {
      next = Math.max(next, shard.marked.highest() + 1);
      Bytes place = all.from();
      int count = RUN;
      while (count == RUN) {
        core.shards.lock(shard);
        try {
          count = shard.store.scan(place, false, all.end(), false, run);
        } finally {
          shard.lock.unlock();
        }
        for (int i = 0; i < count; i++) {
          place = run[i].key();
          read(SpaceKeys.keyOf(place).toUtf8(), run[i].value());
        }
      }
    }
  }

  private void read(String key, Bytes value) {
    if (key.startsWith(SPACE)) {
      CatalogEntry space = CatalogEntry.of(value);
      add(new Space(space.id(), key.substring(SPACE.length()), space.options()));
      next = Math.max(next, space.id() + 1);
    } else if (key.startsWith(DROPPED)) {
      int id = Integer.parseInt(key.substring(DROPPED.length()));
      dropped.add(id);
      next = Math.max(next, id + 1);
    } else if (key.equals(NEXT)) {
      next = Math.max(next, Integer.parseInt(value.toUtf8()));
    }
  }

  private EngineSpace add(Space space) {
    EngineSpace added = new EngineSpace(core, space);
    names.put(space.id, space.name);
    live.put(space.name, added);
    return added;
  }

  /** The space of a name, made if it is not there; empty means the default space. */
  Space require(String name) {
    return name.isEmpty() ? Space.MAIN : open(name, Optional.empty()).space;
  }

  /** The space of a name, which must be there; empty means the default space. */
  Space find(String name) {
    EngineSpace present = live.get(name);
    if (present == null && !name.isEmpty()) {
      throw Refusals.spaceMissing(name);
    }
    return present == null ? Space.MAIN : present.space;
  }

  /** A named space, made if it is not there; with the given options, if any are given. */
  EngineSpace open(String name, Optional<SpaceOptions> options) {
    EngineSpace known = live.get(name);
    if (known != null && options.isEmpty()) {
      return known;
    }
    checkName(name);
    Optional<SpaceOptions> wanted = options.map(this::checked);
    Optional<BatchReceipt> kept = Optional.empty();
    EngineSpace opened;
    lock.lock();
    try {
      EngineSpace present = live.get(name);
      if (present == null) {
        SpaceOptions first = wanted.orElse(SpaceOptions.DEFAULT);
        kept = Optional.of(stage(name, first));
        opened = add(new Space(next - 1, name, first));
      } else {
        opened = present;
        if (wanted.isPresent() && !wanted.get().equals(present.space.options())) {
          CatalogEntry entry = new CatalogEntry(present.space.id, wanted.get());
          kept = Optional.of(apply(new WriteBatch().put(keyOf(name), entry.toBytes())));
          present.space.options(wanted.get());
        }
      }
    } finally {
      lock.unlock();
    }
    kept.ifPresent(core::acknowledged);
    return opened;
  }

  /** Writes a new space, of the next number, into the catalog. */
  private BatchReceipt stage(String name, SpaceOptions options) {
    if (core.writer.isReadOnly()) {
      throw Refusals.spaceMissing(name);
    }
    int id = next;
    next = Math.addExact(id, 1);
    return apply(
        new WriteBatch()
            .put(keyOf(name), new CatalogEntry(id, options).toBytes())
            .put(Bytes.utf8(NEXT), Bytes.utf8(Integer.toString(next))));
  }

  /** Drops a space; false if there is none of that name. */
  boolean drop(String name) {
    checkName(name);
    BatchReceipt receipt;
    int id;
    lock.lock();
    try {
      EngineSpace present = live.get(name);
      if (present == null) {
        return false;
      }
      id = present.space.id;
      receipt = apply(new WriteBatch().delete(keyOf(name)).put(keyOf(id), Bytes.utf8(name)));
      present.space.drop();
      live.remove(name);
      names.remove(id);
      dropped.add(id);
    } finally {
      lock.unlock();
    }
    core.watches.end(id, Refusals.spaceDropped(name));
    core.acknowledged(receipt);
    return true;
  }

  /** The numbers of spaces whose records are yet to be reclaimed. */
  Set<Integer> dropped() {
    return dropped;
  }

  /** Nothing is left of a dropped space. */
  void reclaimed(int id) {
    core.apply(Space.CATALOG, new WriteBatch().delete(keyOf(id)), WriteOptions.DEFAULT);
    dropped.remove(id);
  }

  /** The names of all spaces, sorted. */
  List<String> names() {
    return live.keySet().stream().sorted().toList();
  }

  /** The name of a space by its number; empty for those that have none, or have it no more. */
  String nameOf(int id) {
    return names.getOrDefault(id, "");
  }

  /** What each space holds, sorted by name. */
  List<SpaceStats> stats(SpaceCounts counts) {
    List<SpaceStats> stats = new ArrayList<>();
    for (EngineSpace one : new TreeMap<>(live).values()) {
      SpaceCounts.Figures figures = counts.of(one.space.id);
      stats.add(
          new SpaceStats(
              one.space.name,
              one.space.options(),
              figures.keys(),
              figures.keyBytes(),
              figures.valueBytes()));
    }
    return List.copyOf(stats);
  }

  private BatchReceipt apply(WriteBatch batch) {
    return core.apply(Space.CATALOG, batch, WriteOptions.durability(core.writer.strongest()));
  }

  private static Bytes keyOf(String name) {
    return Bytes.utf8(SPACE + name);
  }

  private static Bytes keyOf(int id) {
    return Bytes.utf8(DROPPED + id);
  }

  private static void checkName(String name) {
    boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(name);
    if (name.isEmpty()
        || !encodable
        || name.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw Refusals.spaceNameInvalid(name);
    }
  }

  /** The options as they are kept, in whole milliseconds. */
  private SpaceOptions checked(SpaceOptions options) {
    core.expiry.expiryOf(options.timeToLive());
    core.writer.durability(Space.MAIN, new WriteOptions(options.durability(), Optional.empty()));
    return new SpaceOptions(
        options.timeToLive().map(time -> Duration.ofMillis(time.toMillis())), options.durability());
  }
}
