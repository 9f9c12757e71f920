package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.SpaceOptions;
import io.warpengine.api.SpaceStats;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.Watch;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The part of {@link WarpDatabaseContract} about spaces that are dropped, made again, opened. */
abstract class DatabaseDropTests extends DatabaseSpaceTests {

  private static long stored(WarpDatabase database) {
    return database.stats().shards().stream().mapToLong(shard -> shard.keys()).sum();
  }

  /** Runs background work until nothing is left of dropped spaces. */
  private void reclaim(WarpDatabase database, long left) {
    for (int i = 0; i < 100 && stored(database) != left; i++) {
      clock().advance(Duration.ofMillis(100));
    }
    assertThat(stored(database)).as("stored records after reclaiming").isEqualTo(left);
  }

  private static List<Runnable> calls(WarpSpace space) {
    WriteOptions options = WriteOptions.DEFAULT;
    return List.of(
        () -> space.get(b("k")),
        () -> space.get(b("nothing")),
        () -> space.entry(b("k")),
        () -> space.multiGet(List.of(b("k"))),
        () -> space.scan(Scan.all()).close(),
        () -> space.put(b("k"), b("1")),
        () -> space.delete(b("k")),
        () -> space.putIfAbsent(b("new"), b("1"), options),
        () -> space.compareAndSet(b("k"), b("1"), b("2"), options),
        () -> space.increment(b("n"), 1, options),
        () -> space.writeBatch(new WriteBatch().put(b("k"), b("1"))));
  }

  @Test
  void droppedSpaceIsGoneForEverybodyAtOnce() {
    WarpDatabase database = openWithSpaces();
    database.put(b("k"), b("default"));
    WarpSpace held = database.space("a");
    for (int i = 0; i < 100; i++) {
      held.put(b("k" + i), b("v"));
    }
    ScanCursor cursor = held.scan(Scan.all());
    cursor.next();
    assertThat(database.dropSpace("a")).isTrue();
    assertThat(database.dropSpace("a")).isFalse();
    calls(held).forEach(call -> refuses(database, CoreError.SPACE_DROPPED, call));
    cursor.next();
    cursor.close();
    fails(CoreError.SPACE_DROPPED, held::snapshot);
    refuses(database, CoreError.SPACE_DROPPED, () -> held.transact(inside -> inside.get(b("k"))));
    try {
      held.async().put(b("k"), b("v")).toCompletableFuture().join();
      assertThat(false).as("a write to a dropped space").isTrue();
    } catch (CompletionException e) {
      assertThat(e.getCause())
          .isInstanceOfSatisfying(
              WarpException.class,
              failure -> assertThat(failure.code()).isEqualTo(CoreError.SPACE_DROPPED));
    }
    assertThat(database.spaces()).isEmpty();
    assertThat(database.stats().spaces()).isEmpty();
    assertThat(database.stats().keys()).isEqualTo(1);
    assertThat(database.get(b("k"))).contains(b("default"));
  }

  @Test
  void spaceThatIsMadeAgainIsEmptyAndItsOwn() {
    WarpDatabase database = openWithSpaces();
    SpaceOptions options = SpaceOptions.DEFAULT.withTimeToLive(Duration.ofDays(1));
    WarpSpace first = database.space("a", options);
    first.put(b("k"), b("first"));
    database.dropSpace("a");
    WarpSpace second = database.space("a");
    assertThat(second.get(b("k"))).isEmpty();
    second.put(b("other"), b("second"));
    assertThat(stats(database, "a")).contains(new SpaceStats("a", SpaceOptions.DEFAULT, 1, 5, 6));
    fails(CoreError.SPACE_DROPPED, () -> first.get(b("k")));
    clock().advance(Duration.ofSeconds(1));
    assertThat(DatabaseModel.entries(second)).extracting(Entry::key).containsExactly(b("other"));
  }

  @Test
  void transactionThatReadASpaceRunsAgainWhenItIsDropped() {
    WarpDatabase database = openWithSpaces();
    database.space("a").put(b("k"), b("1"));
    AtomicInteger attempts = new AtomicInteger();
    Optional<Bytes> read =
        database.transact(tx -> {
          Optional<Bytes> found = tx.space("a").get(b("k"));
          if (attempts.incrementAndGet() == 1) {
            database.dropSpace("a");
          }
          tx.put(b("copy"), found.orElse(b("nothing")));
          return found;
        });
    assertThat(read).isEmpty();
    assertThat(attempts).hasValue(2);
    assertThat(database.get(b("copy"))).contains(b("nothing"));
  }

  @Test
  void watchOfADroppedSpaceIsToldSoAndEnds() {
    WarpDatabase database = openWithSpaces();
    WarpSpace space = database.space("a");
    WatchLog log = new WatchLog(database, b("k"));
    Watch watch = space.watch(b("k"), Watch.Options.DEFAULT.asTheyHappen(), log);
    database.dropSpace("a");
    assertThat(watch.isOpen()).isFalse();
    assertThat(log.ends)
        .singleElement()
        .satisfies(end -> assertThat(end.code()).isEqualTo(CoreError.SPACE_DROPPED));
    assertThat(log.broken).isEmpty();
  }

  @Test
  void recordsOfADroppedSpaceAreReclaimedInTheBackground() {
    WarpDatabase database = openWithSpaces();
    database.put(b("k"), b("v"));
    WarpSpace other = database.space("other");
    other.put(b("k"), b("v"));
    WarpSpace space = database.space("a");
    long before = stored(database);
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < 10_000; i++) {
      batch.put(b("k" + i), b("v"));
    }
    space.writeBatch(batch);
    long writes = writes(database);
    database.dropSpace("a");
    assertThat(writes(database) - writes).as("writes of a drop").isLessThan(5);
    reclaim(database, before - 1);
    assertThat(other.get(b("k"))).contains(b("v"));
    assertThat(database.get(b("k"))).contains(b("v"));
  }

  @Test
  void reclaimingGoesOnAfterOpeningAgain() {
    WarpDatabase database = openWithSpaces();
    if (!has(Capability.KEEPS_DATA)) {
      return;
    }
    WarpSpace space = database.space("a");
    long before = stored(database);
    for (int i = 0; i < 200; i++) {
      space.put(b("k" + i), b("v"));
    }
    database.dropSpace("a");
    database.close();
    WarpDatabase again = open();
    assertThat(again.spaces()).isEmpty();
    assertThat(again.stats().keys()).isZero();
    WarpSpace second = again.space("a");
    second.put(b("k1"), b("second"));
    reclaim(again, before + 1);
    assertThat(DatabaseModel.entries(second)).hasSize(1);
  }

  @Test
  void writesThatMeetADropLeaveNothing() throws Exception {
    WarpDatabase database = openWithSpaces();
    database.space("a");
    long left = stored(database) - 1;
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      for (int round = 0; round < Seeds.times(20); round++) {
        WarpSpace space = database.space("a");
        List<Future<Integer>> writers = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
          int writer = thread;
          writers.add(pool.submit(() -> writeUntilDropped(space, writer)));
        }
        database.dropSpace("a");
        for (Future<Integer> writer : writers) {
          writer.get();
        }
        assertThat(database.spaces()).isEmpty();
      }
    }
    reclaim(database, left);
  }

  private static int writeUntilDropped(WarpSpace space, int writer) {
    int written = 0;
    try {
      while (true) {
        Bytes key = b(writer + "-" + written);
        space.put(key, key);
        assertThat(space.writeBatch(new WriteBatch().put(b("k"), key)).operations()).isOne();
        written++;
      }
    } catch (WarpException e) {
      assertThat(e.code()).isEqualTo(CoreError.SPACE_DROPPED);
      return written;
    }
  }

  @Test
  void oneSpaceIsMadeHoweverManyAskForIt() throws Exception {
    WarpDatabase database = openWithSpaces();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < Seeds.times(20); round++) {
        String name = "s" + round;
        List<Future<?>> writers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
          Bytes key = b("t" + thread);
          writers.add(pool.submit(() -> database.space(name).put(key, key)));
        }
        for (Future<?> writer : writers) {
          writer.get();
        }
        assertThat(DatabaseModel.entries(database.space(name))).hasSize(4);
      }
    }
  }

  @Test
  void readOnlyDatabaseHasTheSpacesThatAreThere() {
    WarpDatabase database = openWithSpaces();
    if (!has(Capability.OPENS_READ_ONLY)) {
      return;
    }
    database.space("a").put(b("k"), b("v"));
    database.space("dropped").put(b("k"), b("v"));
    database.dropSpace("dropped");
    database.close();
    WarpDatabase reader = open(true);
    fails(CoreError.SPACE_MISSING, () -> reader.space("absent"));
    fails(CoreError.SPACE_MISSING, () -> reader.space("dropped"));
    if (has(Capability.KEEPS_DATA)) {
      assertThat(reader.spaces()).containsExactly("a");
      assertThat(reader.space("a").get(b("k"))).contains(b("v"));
      fails(CoreError.READ_ONLY, () -> reader.space("a").put(b("k"), b("x")));
      fails(CoreError.READ_ONLY, () -> reader.dropSpace("a"));
      SpaceOptions options = SpaceOptions.DEFAULT.withTimeToLive(Duration.ofDays(1));
      fails(CoreError.READ_ONLY, () -> reader.space("a", options));
    }
    assertThat(DatabaseModel.entries(reader)).isEmpty();
  }

  @Test
  void closedDatabaseRefusesItsSpaces() {
    WarpDatabase database = openWithSpaces();
    WarpSpace space = database.space("a");
    database.close();
    calls(space).forEach(call -> fails(CoreError.CLOSED, call));
    fails(CoreError.CLOSED, () -> database.space("a"));
    fails(CoreError.CLOSED, () -> database.space("b"));
    fails(CoreError.CLOSED, database::spaces);
    fails(CoreError.CLOSED, () -> database.dropSpace("a"));
  }
}
