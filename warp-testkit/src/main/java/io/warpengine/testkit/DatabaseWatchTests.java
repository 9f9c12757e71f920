package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.Position;
import io.warpengine.api.Receipt;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.Watch;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The part of {@link WarpDatabaseContract} about watches. */
abstract class DatabaseWatchTests extends DatabaseRangeTests {

  private static final Watch.Options FROM_NOW = Watch.Options.DEFAULT;

  /** Lets time pass until something holds. */
  private void until(BooleanSupplier condition, String what) {
    awaitCondition(
        () -> {
          clock().advance(Duration.ofMillis(5));
          return condition.getAsBoolean();
        },
        what);
  }

  /** Waits until something holds, while another thread lets time pass. */
  private void awaitCondition(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + patience().toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time: %s", what).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Lets time pass in another thread while something runs. */
  private void whileTimePasses(Runnable work) throws Exception {
    AtomicBoolean ticking = new AtomicBoolean(true);
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<?> ticker =
          pool.submit(() -> {
            while (ticking.get()) {
              clock().advance(Duration.ofMillis(5));
              Thread.onSpinWait();
            }
          });
      try {
        work.run();
      } finally {
        ticking.set(false);
      }
      ticker.get();
    }
  }

  private void untilTold(WatchLog log, int count) {
    until(() -> log.events.size() >= count, count + " events, not " + log.events);
  }

  /** Lets time pass long enough for whatever is to be told to be told. */
  private void settle(WarpDatabase database) {
    WatchLog log = new WatchLog(database, b("settled"));
    try (Watch watch = database.watch(b("settled"), log)) {
      database.put(b("settled"), b("1"));
      untilTold(log, 1);
      assertThat(watch.isOpen()).isTrue();
    }
  }

  private static Watch.Event.Put put(String key, String value, Receipt receipt) {
    return new Watch.Event.Put(
        b(key), b(value), receipt.sequence(), receipt.position(), Optional.empty());
  }

  private static Watch.Event.Delete delete(String key, Receipt receipt) {
    return new Watch.Event.Delete(b(key), receipt.sequence(), receipt.position());
  }

  private static Position position(Watch.Event event) {
    return switch (event) {
      case Watch.Event.Put put -> put.position();
      case Watch.Event.Delete delete -> delete.position();
      case Watch.Event.Gap gap -> gap.after();
    };
  }

  private static NavigableMap<Bytes, Bytes> content(WarpDatabase database, Bytes prefix) {
    NavigableMap<Bytes, Bytes> content = new TreeMap<>();
    for (Entry entry : DatabaseModel.entries(database)) {
      if (entry.key().startsWith(prefix)) {
        content.put(entry.key(), entry.value());
      }
    }
    return content;
  }

  @Test
  void watchTellsEveryWriteOfItsKeysAndNoOther() {
    WarpDatabase database = open();
    database.put(b("user:0"), b("before"));
    WatchLog log = new WatchLog(database, b("user:"));
    try (Watch watch = database.watch(b("user:"), log)) {
      List<Watch.Event> expected = new ArrayList<>();
      expected.add(put("user:1", "1", database.put(b("user:1"), b("1"))));
      expected.add(put("user:1", "2", database.put(b("user:1"), b("2"))));
      database.put(b("use"), b("other"));
      database.put(b("user;"), b("other"));
      expected.add(delete("user:1", database.delete(b("user:1")).orElseThrow()));
      database.delete(b("user:never"));
      expected.add(
          put("user:1", "5", database.increment(b("user:1"), 5, WriteOptions.DEFAULT).receipt()));
      untilTold(log, expected.size());
      assertThat(log.events).containsExactlyElementsOf(expected);
      assertThat(watch.isOpen()).isTrue();
    }
    assertThat(log.broken).isEmpty();
    assertThat(log.ends).isEmpty();
  }

  @Test
  void watchTellsWhenARecordWillBeGone() {
    WarpDatabase database = open();
    WatchLog log = new WatchLog(database, Bytes.EMPTY);
    try (Watch watch = database.watch(Bytes.EMPTY, log)) {
      database.put(b("a"), b("1"), WriteOptions.timeToLive(Duration.ofMinutes(1)));
      untilTold(log, 1);
      assertThat(log.events.getFirst())
          .isInstanceOfSatisfying(
              Watch.Event.Put.class,
              event ->
                  assertThat(event.expiresAt())
                      .isEqualTo(database.entry(b("a")).orElseThrow().expiresAt()));
      assertThat(watch.isOpen()).isTrue();
    }
  }

  @Test
  void watchTellsTheWritesOfBatchesAndRangeDeletes() {
    WarpDatabase database = open();
    WatchLog log = new WatchLog(database, b("k"));
    try (Watch watch = database.watch(b("k"), log)) {
      WriteBatch batch = new WriteBatch();
      for (int i = 0; i < 100; i++) {
        batch.put(b("k" + i), b("v" + i));
      }
      database.writeBatch(batch);
      until(() -> log.copy().equals(content(database, b("k"))), "all of the batch");
      assertThat(log.copy()).hasSize(100);
      database.deleteRange(b("k1"), b("k2"));
      untilTold(log, 111);
      assertThat(log.copy()).hasSize(89).isEqualTo(content(database, b("k")));
      assertThat(watch.isOpen()).isTrue();
    }
    assertThat(log.broken).isEmpty();
  }

  @Test
  void eventsOfEachKeyComeInOrderWhoeverWrites() throws Exception {
    WarpDatabase database = open();
    WatchLog log = new WatchLog(database, b("k"));
    int each = Seeds.times(400);
    try (Watch watch = database.watch(b("k"), log);
        ExecutorService pool = Executors.newFixedThreadPool(3)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        Generator data = new Generator(t);
        writers.add(
            pool.submit(() -> {
              for (int i = 0; i < each; i++) {
                database.put(b("k" + data.below(5)), b("v" + i));
              }
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      untilTold(log, 3 * each);
      assertThat(log.events).hasSize(3 * each);
      assertThat(log.copy()).isEqualTo(content(database, b("k")));
      assertThat(watch.isOpen()).isTrue();
    }
    assertThat(log.broken).isEmpty();
  }

  @Test
  void whatIsToldIsDurableUnlessAskedOtherwise() {
    WarpDatabase database = open();
    List<String> early = new ArrayList<>();
    AtomicBoolean told = new AtomicBoolean();
    WatchLog live = new WatchLog(database, b("k"));
    try (Watch watch =
            database.watch(
                b("k"),
                event -> {
                  if (event instanceof Watch.Event.Put put) {
                    if (!database.stats().durable().includes(put.position())) {
                      early.add(put.toString());
                    }
                    told.compareAndSet(false, put.key().equals(b("k99")));
                  }
                });
        Watch other = database.watch(b("k"), FROM_NOW.asTheyHappen(), live)) {
      Durability weakest = durabilities().stream().min(Durability::compareTo).orElseThrow();
      for (int i = 0; i < 100; i++) {
        database.put(b("k" + i), b("v"), WriteOptions.durability(weakest));
        clock().advance(Duration.ofMillis(5));
      }
      database.flush();
      until(told::get, "the last write");
      untilTold(live, 100);
      assertThat(watch.isOpen() && other.isOpen()).isTrue();
    }
    assertThat(early).isEmpty();
  }

  @Test
  void watchFromAPositionTellsWhatCameAfterIt() {
    WarpDatabase database = open();
    WatchLog first = new WatchLog(database, b("k"));
    try (Watch watch = database.watch(b("k"), first)) {
      database.put(b("k1"), b("1"));
      Receipt known = database.put(b("k2"), b("2"));
      database.put(b("k3"), b("3"));
      database.delete(b("k1"));
      untilTold(first, 4);
      WatchLog second = new WatchLog(database, b("k"));
      try (Watch later = database.watch(b("k"), FROM_NOW.from(known.position()), second)) {
        database.put(b("k4"), b("4"));
        untilTold(first, 5);
        if (database.durability() == Durability.NONE) {
          until(() -> second.gaps() == 1, "a gap, since there are no positions");
        } else {
          untilTold(second, 3);
          assertThat(second.events)
              .hasSize(3)
              .hasSameElementsAs(
                  first.events.stream()
                      .filter(event -> !known.position().includes(position(event)))
                      .toList());
        }
        assertThat(later.isOpen() && watch.isOpen()).isTrue();
      }
    }
  }

  @Test
  void positionThatIsNotKeptGivesAGapFirst() {
    if (!has(Capability.KEEPS_DATA)) {
      return;
    }
    WarpDatabase database = open();
    Receipt old = database.put(b("k1"), b("1"));
    database.put(b("k2"), b("2"));
    database.close();
    WarpDatabase again = open();
    WatchLog log = new WatchLog(again, b("k"));
    try (Watch watch = again.watch(b("k"), FROM_NOW.from(old.position()), log)) {
      again.put(b("k3"), b("3"));
      untilTold(log, 2);
      assertThat(log.events.getFirst()).isEqualTo(new Watch.Event.Gap(old.position()));
      assertThat(log.events).hasSize(2);
      assertThat(log.copy()).isEqualTo(content(again, b("k"))).hasSize(3);
      assertThat(watch.isOpen()).isTrue();
    }
  }

  @Test
  void listenerThatThrowsEndsItsOwnWatch() {
    WarpDatabase database = open();
    List<String> calls = new ArrayList<>();
    Watch.Listener failing =
        new Watch.Listener() {
          @Override
          public void onEvent(Watch.Event event) {
            calls.add("event");
            throw new IllegalStateException("meant to happen");
          }

          @Override
          public void onEnd(WarpException reason) {
            calls.add(reason.code().name() + " " + reason.getCause());
          }
        };
    WatchLog log = new WatchLog(database, b("k"));
    try (Watch broken = database.watch(b("k"), failing);
        Watch watch = database.watch(b("k"), log)) {
      database.put(b("k1"), b("1"));
      until(() -> !broken.isOpen(), "the end of the watch");
      database.put(b("k2"), b("2"));
      untilTold(log, 2);
      settle(database);
      assertThat(watch.isOpen()).isTrue();
    }
    assertThat(calls)
        .containsExactly("event", "WATCH_FAILED java.lang.IllegalStateException: meant to happen");
  }

  @Test
  void listenerThatStallsGetsAGapAndHoldsNobodyUp() throws Exception {
    WarpDatabase database = open();
    WatchLog slow = new WatchLog(database, b("k"));
    CountDownLatch stalled = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Watch.Listener stalling =
        event -> {
          stalled.countDown();
          await(go);
          slow.onEvent(event);
        };
    try (Watch watch = database.watch(b("k"), FROM_NOW.capacity(10), stalling)) {
      whileTimePasses(() -> {
        try {
          database.put(b("k"), b("first"));
          await(stalled);
          for (int i = 0; i < 200; i++) {
            database.put(b("k" + i % 20), b("v" + i));
          }
          database.deleteRange(b("k1"), b("k2"));
        } finally {
          go.countDown();
        }
        awaitCondition(() -> slow.copy().equals(content(database, b("k"))), "the copy");
      });
      assertThat(watch.isOpen()).isTrue();
    }
    assertThat(slow.gaps()).isPositive();
    assertThat(slow.broken).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void closedWatchTellsNothingMore() {
    WarpDatabase database = open();
    WatchLog log = new WatchLog(database, b("k"));
    Watch watch = database.watch(b("k"), log);
    database.put(b("k1"), b("1"));
    untilTold(log, 1);
    watch.close();
    watch.close();
    assertThat(watch.isOpen()).isFalse();
    database.put(b("k2"), b("2"));
    settle(database);
    assertThat(log.events).hasSize(1);
    assertThat(log.ends).isEmpty();
  }

  @Test
  void listenerMayCloseItsWatchAndWrite() {
    WarpDatabase database = open();
    List<Watch> own = new CopyOnWriteArrayList<>();
    List<Watch.Event> events = new ArrayList<>();
    Watch watch =
        database.watch(
            b("k"),
            event -> {
              events.add(event);
              database.put(b("answer"), b("1"));
              own.getFirst().close();
            });
    own.add(watch);
    database.writeBatch(new WriteBatch().put(b("k1"), b("1")).put(b("k2"), b("1")));
    until(() -> !watch.isOpen(), "the close");
    settle(database);
    assertThat(events).hasSize(1);
    assertThat(database.get(b("answer"))).isPresent();
  }

  @Test
  void closeOfAWatchWaitsForTheCallThatRuns() throws Exception {
    WarpDatabase database = open();
    AtomicBoolean inCall = new AtomicBoolean();
    CountDownLatch entered = new CountDownLatch(1);
    Watch watch =
        database.watch(
            b("k"),
            event -> {
              inCall.set(true);
              entered.countDown();
              for (int i = 0; i < 1_000; i++) {
                Thread.onSpinWait();
              }
              inCall.set(false);
            });
    whileTimePasses(() -> {
      database.put(b("k1"), b("1"));
      await(entered);
      watch.close();
      assertThat(inCall).isFalse();
    });
  }

  @Test
  void closeOfTheDatabaseEndsItsWatches() {
    WarpDatabase database = open();
    WatchLog log = new WatchLog(database, b("k"));
    Watch watch = database.watch(b("k"), log);
    database.close();
    awaitCondition(() -> !log.ends.isEmpty(), "the end");
    assertThat(log.ends)
        .singleElement()
        .satisfies(end -> assertThat(end.code().name()).isEqualTo("CLOSED"));
    assertThat(watch.isOpen()).isFalse();
    watch.close();
    fails(CoreError.CLOSED, () -> database.watch(b("k"), log));
  }

  @Test
  void copyKeptByAWatchEqualsTheDatabase() {
    List<Durability> modes = List.copyOf(durabilities());
    WarpDatabase database = open();
    Seeds.forEach(
        12,
        seed -> {
          Generator data = new Generator(seed);
          Bytes prefix = data.chance(0.3) ? Bytes.EMPTY : data.key().slice(0, 1);
          Watch.Options options = FROM_NOW.capacity(data.chance(0.5) ? 5 : 10_000);
          options = data.chance(0.5) ? options.asTheyHappen() : options;
          database.clear();
          settle(database);
          WatchLog log = new WatchLog(database, prefix);
          DatabaseModel model = new DatabaseModel(clock());
          log.onEvent(new Watch.Event.Gap(Position.START));
          try (Watch watch = database.watch(prefix, options, log)) {
            for (int i = 0; i < 150; i++) {
              DatabaseStep step = DatabaseStep.next(data, model, modes).withoutExpiry();
              if (!model.apply(step).equals(CoreError.NOT_A_NUMBER.name())) {
                step.doTo(database);
              }
              if (data.chance(0.1)) {
                clock().advance(Duration.ofMillis(5));
              }
            }
            until(() -> log.copy().equals(content(database, prefix)), "the copy is complete");
            assertThat(watch.isOpen()).isTrue();
          }
          assertThat(log.broken).isEmpty();
        });
  }
}
