package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.KeyRange;
import io.warpengine.api.Position;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The part of {@link WarpDatabaseContract} about ranges of keys. */
abstract class DatabaseRangeTests extends DatabaseTransactionTests {

  private static final KeyRange NOTHING = KeyRange.of(b("b"), b("a"));

  private static Bytes number(int number) {
    return b("n%06d".formatted(number));
  }

  /** Puts numbered records with values of a size that depends on the number. */
  private static void fill(WarpDatabase database, int count) {
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < count; i++) {
      batch.put(number(i), Bytes.wrap(new byte[i % 40], 0, i % 40));
    }
    database.writeBatch(batch);
  }

  private static List<String> keys(WarpDatabase database) {
    return DatabaseModel.entries(database).stream().map(entry -> entry.key().toUtf8()).toList();
  }

  @Test
  void deleteOfARangeRemovesItsFirstKeyAndNotItsEnd() {
    WarpDatabase database = open();
    List.of("a", "b", "b0", "c", "d").forEach(key -> database.put(b(key), b("1")));
    KeyRange.Deleted deleted = database.deleteRange(b("b"), b("c"));
    assertThat(deleted.records()).isEqualTo(2);
    assertThat(deleted.durability()).isGreaterThanOrEqualTo(database.durability());
    assertThat(keys(database)).containsExactly("a", "c", "d");
    assertThat(database.get(b("b"))).isEmpty();
    assertThat(writes(database)).isEqualTo(7);
  }

  @Test
  void positionOfADeletedRangeIsDurableAsAsked() {
    WarpDatabase database = open();
    for (Durability asked : durabilities()) {
      Position before = database.put(b("a"), b("1")).position();
      WriteOptions options = WriteOptions.durability(asked);
      KeyRange.Deleted deleted = database.deleteRange(KeyRange.prefix(b("a")), options);
      assertThat(deleted.records()).isEqualTo(1);
      assertThat(deleted.durability()).isGreaterThanOrEqualTo(asked);
      assertThat(deleted.position().includes(before)).isTrue();
      if (deleted.durability() == Durability.SYNC) {
        assertThat(database.stats().durable().includes(deleted.position())).isTrue();
      }
    }
  }

  @Test
  void deleteOfARangeThatHoldsNothingWritesNothing() {
    WarpDatabase database = open();
    database.put(b("a"), b("1"));
    long writes = writes(database);
    for (KeyRange range : List.of(NOTHING, KeyRange.of(b("a"), b("a")), KeyRange.prefix(b("x")))) {
      KeyRange.Deleted deleted = database.deleteRange(range, WriteOptions.DEFAULT);
      assertThat(deleted.records()).isZero();
      assertThat(deleted.durability()).isGreaterThanOrEqualTo(database.durability());
    }
    assertThat(writes(database)).isEqualTo(writes);
    assertThat(keys(database)).containsExactly("a");
  }

  @Test
  void clearRemovesEverything() {
    WarpDatabase database = open();
    fill(database, 3_000);
    database.put(Bytes.copyOf(new byte[] {-1, -1}), b("1"));
    assertThat(database.clear().records()).isEqualTo(3_001);
    assertThat(keys(database)).isEmpty();
    assertThat(database.stats().keys()).isZero();
    assertThat(database.clear().records()).isZero();
    database.put(b("a"), b("1"));
    assertThat(keys(database)).containsExactly("a");
  }

  @Test
  void expiredRecordsAreNotCountedAsDeleted() {
    WarpDatabase database = open();
    database.put(b("a"), b("1"), WriteOptions.timeToLive(Duration.ofMillis(10)));
    database.put(b("b"), b("1"), WriteOptions.timeToLive(Duration.ofMillis(20)));
    clock().advance(Duration.ofMillis(10));
    assertThat(database.clear().records()).isEqualTo(1);
    assertThat(keys(database)).isEmpty();
  }

  @Test
  void deletedRangeStaysGoneAfterOpeningAgain() {
    if (!has(Capability.KEEPS_DATA)) {
      return;
    }
    WarpDatabase database = open();
    fill(database, 2_500);
    database.deleteRange(number(100), number(2_400));
    database.close();
    assertThat(keys(open())).hasSize(200).contains("n000099", "n002400");
  }

  @Test
  void everyKeyThatWasThereIsDeletedWhileOthersAreWritten() throws Exception {
    WarpDatabase database = open();
    fill(database, 5_000);
    AtomicBoolean going = new AtomicBoolean(true);
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<?> writer =
          pool.submit(() -> {
            for (int i = 0; going.get(); i++) {
              database.put(b("n%06dx".formatted(i % 5_000)), b("new"));
              database.put(b("o" + i), b("new"));
            }
          });
      try {
        KeyRange.Deleted deleted = database.deleteRange(b("n"), b("p"));
        assertThat(deleted.records()).isGreaterThanOrEqualTo(5_000);
      } finally {
        going.set(false);
      }
      writer.get();
    }
    assertThat(keys(database)).noneMatch(key -> key.matches("n\\d{6}"));
  }

  @Test
  void smallRangesAreMeasuredExactly() {
    WarpDatabase database = open();
    assertThat(database.approximateSize(KeyRange.all())).isEqualTo(new KeyRange.Size(0, 0));
    Seeds.forEach(
        5,
        seed -> {
          Generator data = new Generator(seed, 8);
          for (int i = 0; i < 60; i++) {
            database.put(data.key(), data.value());
          }
          for (int i = 0; i < 50; i++) {
            KeyRange range =
                data.chance(0.5)
                    ? KeyRange.of(data.key(), data.key())
                    : KeyRange.prefix(data.key());
            List<Entry> entries = DatabaseModel.entries(database, range);
            KeyRange.Size size = database.approximateSize(range);
            assertThat(size.records()).as("%s", range).isEqualTo(entries.size());
            if (entries.size() <= 64) {
              assertThat(size.bytes()).as("%s", range).isEqualTo(bytes(entries));
            }
          }
          assertThat(database.approximateSize(NOTHING)).isEqualTo(new KeyRange.Size(0, 0));
        });
  }

  private static long bytes(List<Entry> entries) {
    return entries.stream()
        .mapToLong(entry -> (long) entry.key().size() + entry.value().size())
        .sum();
  }

  @Test
  void largeRangesAreMeasuredWithinTheRatioOfTheirRecords() {
    WarpDatabase database = open();
    fill(database, 20_000);
    Generator data = new Generator(1);
    for (int i = 0; i < 20; i++) {
      int from = data.below(20_000);
      KeyRange range = KeyRange.of(number(from), number(from + 4_000));
      List<Entry> entries = DatabaseModel.entries(database, range);
      KeyRange.Size size = database.approximateSize(range);
      assertThat(size.records()).isEqualTo(entries.size());
      assertThat(size.bytes()).isBetween(7L * entries.size(), 46L * entries.size());
      if (entries.size() > 1_000) {
        double exact = bytes(entries);
        assertThat(size.bytes() / exact).isCloseTo(1, within(0.2));
      }
    }
    assertThat(database.approximateSize(KeyRange.all()))
        .isEqualTo(new KeyRange.Size(20_000, bytes(DatabaseModel.entries(database))));
  }

  @Test
  void sampleHoldsDifferentRecordsOfTheRange() {
    WarpDatabase database = open();
    fill(database, 300);
    KeyRange range = KeyRange.of(number(50), number(250));
    Set<Entry> there = Set.copyOf(DatabaseModel.entries(database, range));
    for (int count : new int[] {0, 1, 7, 200}) {
      List<Entry> sample = database.sample(range, count, 1);
      assertThat(sample).hasSize(count).doesNotHaveDuplicates();
      assertThat(there).containsAll(sample);
    }
    assertThat(new HashSet<>(database.sample(range, 1_000, 2))).isEqualTo(there);
    assertThat(database.sample(range, 5, 3)).isEqualTo(database.sample(range, 5, 3));
    assertThat(database.sample(NOTHING, 5, 1)).isEmpty();
    assertThatThrownBy(() -> database.sample(range, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sampleHoldsNothingThatExpired() {
    WarpDatabase database = open();
    for (int i = 0; i < 50; i++) {
      WriteOptions options =
          i % 2 == 0 ? WriteOptions.DEFAULT : WriteOptions.timeToLive(Duration.ofMillis(1));
      database.put(number(i), b("1"), options);
    }
    clock().advance(Duration.ofMillis(1));
    assertThat(database.sample(KeyRange.all(), 50, 1)).hasSize(25);
  }

  /** Chi-square with 99 degrees of freedom: above 170 in one of 100,000 fair experiments. */
  @Test
  void everyRecordIsEquallyLikelyToBeChosen() {
    WarpDatabase database = open();
    fill(database, 400);
    NavigableMap<Bytes, Integer> chosen = new TreeMap<>();
    KeyRange range = KeyRange.of(number(150), number(250));
    int draws = 0;
    for (int seed = 1; seed <= 2_000; seed++) {
      for (Entry entry : database.sample(range, 5, seed)) {
        chosen.merge(entry.key(), 1, Integer::sum);
        draws++;
      }
    }
    assertThat(chosen).hasSize(100);
    double expected = draws / 100.0;
    double square =
        chosen.values().stream()
            .mapToDouble(times -> (times - expected) * (times - expected) / expected)
            .sum();
    assertThat(square).isLessThan(170);
  }

  @Test
  void anySequenceOfRangeDeletesEqualsTheModel() {
    WarpDatabase database = open();
    NavigableMap<Bytes, Bytes> model = new TreeMap<>();
    Seeds.forEach(
        10,
        seed -> {
          Generator data = new Generator(seed);
          for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 20; j++) {
              Bytes key = data.key();
              Bytes value = data.value(8);
              database.put(key, value);
              model.put(key, value);
            }
            Bytes from = data.key();
            KeyRange range =
                data.chance(0.5) ? KeyRange.of(from, data.key()) : KeyRange.prefix(from);
            Set<Bytes> gone =
                model.keySet().stream()
                    .filter(key -> key.compareTo(range.from()) >= 0)
                    .filter(key -> range.to().isEmpty() || key.compareTo(range.to().get()) < 0)
                    .collect(Collectors.toSet());
            assertThat(database.deleteRange(range, WriteOptions.DEFAULT).records())
                .as("step %s: %s", i, range)
                .isEqualTo(gone.size());
            model.keySet().removeAll(gone);
          }
          List<Bytes> left = new ArrayList<>();
          DatabaseModel.entries(database).forEach(entry -> left.add(entry.key()));
          assertThat(left).isEqualTo(List.copyOf(model.keySet()));
        });
  }

  @Test
  void rangeCallsAreRefusedAsOthersAre() {
    WarpDatabase database = open();
    database.put(b("a"), b("1"));
    database.close();
    fails(CoreError.CLOSED, database::clear);
    fails(CoreError.CLOSED, () -> database.approximateSize(KeyRange.all()));
    fails(CoreError.CLOSED, () -> database.sample(KeyRange.all(), 1, 1));
    if (has(Capability.OPENS_READ_ONLY)) {
      WarpDatabase reader = open(true);
      refuses(reader, CoreError.READ_ONLY, reader::clear);
      assertThat(reader.approximateSize(KeyRange.all()).records())
          .isEqualTo(reader.sample(KeyRange.all(), 5, 1).size());
    }
  }
}
