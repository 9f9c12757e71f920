package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.AsyncWarpDatabase;
import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.DatabaseStats;
import io.warpengine.api.Durability;
import io.warpengine.api.ErrorCode;
import io.warpengine.api.KeyRange;
import io.warpengine.api.Position;
import io.warpengine.api.Receipt;
import io.warpengine.api.Scan;
import io.warpengine.api.ShardStats;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link WarpDatabase} keeps, sentence by sentence of its documentation, however it was
 * opened: embedded, in memory, with any plugins, or over a network. Extend it and say how to open
 * one.
 */
@Timeout(300)
public abstract class WarpDatabaseContract extends DatabaseDropTests {

  /** For subclasses. */
  protected WarpDatabaseContract() {}

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static void failsLater(ErrorCode code, CompletionStage<?> stage) {
    fails(
        code,
        () -> {
          try {
            join(stage);
          } catch (CompletionException e) {
            if (e.getCause() instanceof WarpException failure) {
              throw failure;
            }
            throw e;
          }
        });
  }

  private static List<Runnable> reads(WarpDatabase database) {
    return List.of(
        () -> database.get(b("a")),
        () -> database.entry(b("a")),
        () -> database.multiGet(List.of(b("a"))),
        () -> database.scan(Scan.all()).close(),
        () -> database.approximateSize(KeyRange.all()),
        () -> database.sample(KeyRange.all(), 1, 1));
  }

  private static List<Runnable> writeCalls(WarpDatabase database) {
    WriteOptions options = WriteOptions.DEFAULT;
    return List.of(
        () -> database.put(b("a"), b("1")),
        () -> database.delete(b("a")),
        () -> database.putIfAbsent(b("new"), b("1"), options),
        () -> database.compareAndSet(b("a"), b("1"), b("2"), options),
        () -> database.increment(b("n"), 1, options),
        () -> database.writeBatch(new WriteBatch().put(b("a"), b("1"))),
        () -> database.deleteRange(b("a"), b("b")));
  }

  private static List<CompletionStage<?>> asyncWrites(AsyncWarpDatabase database, Bytes key) {
    WriteOptions options = WriteOptions.DEFAULT;
    return List.of(
        database.put(key, b("1")),
        database.delete(key, options),
        database.putIfAbsent(key, b("1"), options),
        database.compareAndSet(key, b("1"), b("2"), options),
        database.increment(key, 1, options),
        database.writeBatch(new WriteBatch().put(key, b("1")), options));
  }

  @Test
  void asynchronousTwinsDoTheSame() {
    AsyncWarpDatabase database = open().async();
    WriteOptions options = WriteOptions.DEFAULT;
    assertThat(join(database.put(b("a"), b("1"))).sequence()).isPositive();
    assertThat(join(database.get(b("a")))).contains(b("1"));
    assertThat(join(database.multiGet(List.of(b("x"), b("a")))))
        .containsExactly(Optional.empty(), Optional.of(b("1")));
    assertThat(join(database.putIfAbsent(b("a"), b("2"), options))).isEmpty();
    assertThat(join(database.compareAndSet(b("a"), b("1"), b("2"), options))).isPresent();
    assertThat(join(database.compareAndSet(b("a"), b("1"), b("2"), options))).isEmpty();
    assertThat(join(database.increment(b("n"), 3, options)).value()).isEqualTo(3);
    assertThat(join(database.delete(b("a"), options))).isPresent();
    assertThat(join(database.delete(b("a"), options))).isEmpty();
    WriteBatch batch = new WriteBatch().put(b("b"), b("1")).delete(b("n"));
    assertThat(join(database.writeBatch(batch, options)).operations()).isEqualTo(2);
    assertThat(join(database.multiGet(List.of(b("b"), b("n")))))
        .containsExactly(Optional.of(b("1")), Optional.empty());
    join(database.flush());
  }

  @Test
  void asynchronousWriteIsVisibleBeforeItIsAcknowledged() {
    WarpDatabase database = open();
    List<CompletionStage<Receipt>> stages = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      stages.add(database.async().put(b("k" + i), b("v" + i)));
      assertThat(database.get(b("k" + i))).contains(b("v" + i));
    }
    for (CompletionStage<Receipt> stage : stages) {
      assertThat(join(stage).durability()).isGreaterThanOrEqualTo(database.durability());
    }
  }

  @Test
  void asynchronousRefusalFailsTheStage() {
    WarpDatabase database = open();
    long writes = writes(database);
    asyncWrites(database.async(), Bytes.EMPTY)
        .forEach(stage -> failsLater(CoreError.KEY_EMPTY, stage));
    failsLater(CoreError.KEY_EMPTY, database.async().get(Bytes.EMPTY));
    failsLater(CoreError.KEY_EMPTY, database.async().multiGet(List.of(Bytes.EMPTY)));
    assertThat(writes(database)).isEqualTo(writes);
  }

  @Test
  void flushReturnsAPositionThatIncludesWhatWasWritten() {
    WarpDatabase database = open();
    Position last = Position.START;
    for (int i = 0; i < 50; i++) {
      last = join(database.async().put(b("k" + i), b("v"))).position();
    }
    Position flushed = database.flush();
    assertThat(flushed.includes(last)).isTrue();
    assertThat(database.stats().durable().includes(flushed)).isTrue();
    assertThat(join(database.async().flush()).includes(last)).isTrue();
  }

  @Test
  void statsCountWhatIsThere() {
    WarpDatabase database = open();
    database.put(b("a"), b("123"));
    database.put(b("bb"), b("1"));
    database.put(b("bb"), b("12"));
    database.put(b("ccc"), b("1"));
    database.delete(b("ccc"));
    DatabaseStats stats = database.stats();
    assertThat(stats.keys()).isEqualTo(2);
    assertThat(stats.keyBytes()).isEqualTo(3);
    assertThat(stats.valueBytes()).isEqualTo(5);
    assertThat(stats.durability()).isEqualTo(database.durability());
    assertThat(stats.position().includes(stats.durable())).isTrue();
    assertThat(stats.shards()).hasSize(SHARDS);
    assertThat(stats.shards())
        .extracting(ShardStats::shard)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(stats.shards().stream().mapToLong(ShardStats::keys).sum()).isEqualTo(2);
    assertThat(stats.shards().stream().mapToLong(ShardStats::keyBytes).sum()).isEqualTo(3);
    assertThat(stats.shards().stream().mapToLong(ShardStats::valueBytes).sum()).isEqualTo(5);
    assertThat(writes(database)).isEqualTo(5);
  }

  @Test
  void unknownExtensionsAndOperationsAreRefused() {
    WarpDatabase database = open();
    fails(CoreError.EXTENSION_MISSING, () -> database.extension(Runnable.class));
    assertThat(database.findExtension(Runnable.class)).isEmpty();
    fails(CoreError.OPERATION_UNKNOWN, () -> database.call("no such thing", Map.of(), row -> {}));
    assertThat(database.operations()).extracting(Operation::name).isSorted();
  }

  @Test
  void closedDatabaseRefusesEverything() {
    WarpDatabase database = open();
    AsyncWarpDatabase async = database.async();
    database.put(b("a"), b("1"));
    database.close();
    database.close();
    reads(database).forEach(call -> fails(CoreError.CLOSED, call));
    writeCalls(database).forEach(call -> fails(CoreError.CLOSED, call));
    fails(CoreError.CLOSED, database::flush);
    fails(CoreError.CLOSED, database::stats);
    asyncWrites(async, b("a")).forEach(stage -> failsLater(CoreError.CLOSED, stage));
    failsLater(CoreError.CLOSED, async.get(b("a")));
  }

  @Test
  void everythingIsThereAfterOpeningAgain() {
    if (!has(Capability.KEEPS_DATA)) {
      return;
    }
    WarpDatabase database = open();
    Receipt receipt = database.put(b("a"), b("1"));
    database.put(b("gone"), b("1"));
    database.delete(b("gone"));
    database.put(b("soon"), b("1"), WriteOptions.timeToLive(Duration.ofMillis(100)));
    database.put(b("later"), b("1"), WriteOptions.timeToLive(Duration.ofMillis(200)));
    database.close();
    clock().advance(Duration.ofMillis(100));
    WarpDatabase again = open();
    assertThat(again.entry(b("a")).orElseThrow().sequence()).isEqualTo(receipt.sequence());
    assertThat(DatabaseModel.entries(again))
        .extracting(entry -> entry.key().toUtf8())
        .containsExactly("a", "later");
    Receipt next = again.put(b("a"), b("2"));
    assertThat(next.shard()).isEqualTo(receipt.shard());
    assertThat(next.sequence()).isGreaterThan(receipt.sequence());
    assertThat(next.position().includes(receipt.position())).isTrue();
  }

  @Test
  void readOnlyDatabaseReadsAndRefusesWrites() {
    if (!has(Capability.OPENS_READ_ONLY)) {
      return;
    }
    WarpDatabase database = open();
    assertThat(database.readOnly()).isFalse();
    database.put(b("a"), b("1"));
    database.close();
    WarpDatabase reader = open(true);
    assertThat(reader.readOnly()).isTrue();
    reads(reader).forEach(Runnable::run);
    assertThat(reader.get(b("a")).isPresent()).isEqualTo(has(Capability.KEEPS_DATA));
    writeCalls(reader).forEach(call -> refuses(reader, CoreError.READ_ONLY, call));
    asyncWrites(reader.async(), b("a")).forEach(stage -> failsLater(CoreError.READ_ONLY, stage));
  }

  @Test
  void incrementsOfManyThreadsAreAllCounted() throws Exception {
    WarpDatabase database = open();
    int threads = 4;
    int each = Seeds.times(300);
    inThreads(
        threads,
        thread -> {
          for (int i = 0; i < each; i++) {
            database.increment(b("n"), 1, WriteOptions.DEFAULT);
          }
          return true;
        });
    assertThat(database.get(b("n"))).contains(b(String.valueOf(threads * each)));
  }

  @Test
  void oneOfManyThreadsWins() throws Exception {
    WarpDatabase database = open();
    for (int i = 0; i < Seeds.times(50); i++) {
      Bytes key = b("k" + i);
      List<Boolean> wins =
          inThreads(
              4,
              thread ->
                  database.putIfAbsent(key, b("t" + thread), WriteOptions.DEFAULT).isPresent());
      assertThat(wins).containsOnlyOnce(true);
      assertThat(database.get(key)).contains(b("t" + wins.indexOf(true)));
    }
  }

  @Test
  void compareAndSetOfManyThreadsLosesNoUpdate() throws Exception {
    WarpDatabase database = open();
    database.put(b("n"), b("0"));
    int each = Seeds.times(100);
    inThreads(
        4,
        thread -> {
          for (int done = 0; done < each; ) {
            Bytes before = database.get(b("n")).orElseThrow();
            Bytes after = b(String.valueOf(Long.parseLong(before.toUtf8()) + 1));
            done +=
                database.compareAndSet(b("n"), before, after, WriteOptions.DEFAULT).isPresent()
                    ? 1
                    : 0;
          }
          return true;
        });
    assertThat(database.get(b("n"))).contains(b(String.valueOf(4 * each)));
  }

  @Test
  void batchesOfManyThreadsAreNotMixed() throws Exception {
    WarpDatabase database = open();
    inThreads(
        4,
        thread -> {
          for (int i = 0; i < Seeds.times(100); i++) {
            WriteBatch batch = new WriteBatch();
            for (int key = 0; key < 16; key++) {
              batch.put(b("k" + (thread % 2 == 0 ? key : 15 - key)), b(thread + "-" + i));
            }
            database.writeBatch(batch);
          }
          return true;
        });
    List<Bytes> keys = new ArrayList<>();
    for (int key = 0; key < 16; key++) {
      keys.add(b("k" + key));
    }
    assertThat(database.multiGet(keys)).doesNotContain(Optional.empty());
    assertThat(List.copyOf(new HashSet<>(database.multiGet(keys)))).hasSize(1);
  }

  /** Something that one of several threads does. */
  private interface ThreadTask<T> {
    T run(int thread) throws Exception;
  }

  private static <T> List<T> inThreads(int threads, ThreadTask<T> task) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        tasks.add(() -> task.run(thread));
      }
      for (Future<T> result : pool.invokeAll(tasks)) {
        results.add(result.get());
      }
    }
    return results;
  }

  @Test
  void anySequenceOfWritesEqualsTheModel() {
    List<Durability> modes = List.copyOf(durabilities());
    WarpDatabase database = open();
    DatabaseModel model = new DatabaseModel(clock());
    Seeds.forEach(
        10,
        seed -> {
          Generator data = new Generator(seed);
          for (int i = 0; i < 300; i++) {
            step(database, model, DatabaseStep.next(data, model, modes), "step " + i);
            if (data.chance(0.05)) {
              clock().advance(Duration.ofMillis(data.below(2_000)));
            }
            Bytes key = data.key();
            assertThat(database.get(key)).as("step %s: %s", i, key).isEqualTo(model.get(key));
          }
          model.assertHeldBy(database, "at the end");
        });
    if (has(Capability.KEEPS_DATA)) {
      database.close();
      model.assertHeldBy(open(), "after opening again");
    }
  }

  private static void step(
      WarpDatabase database, DatabaseModel model, DatabaseStep step, String what) {
    String expected = model.apply(step);
    if (expected.equals(CoreError.NOT_A_NUMBER.name())) {
      refuses(database, CoreError.NOT_A_NUMBER, () -> step.doTo(database));
    } else {
      assertThat(step.doTo(database)).as("%s: %s", what, step).isEqualTo(expected);
    }
  }
}
