package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.Storage;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ShardStore} keeps, compared with a {@link TreeMap}. Extend it and give a
 * storage. Keys have poor hashes on purpose: different keys with the same hash are common.
 */
public abstract class ShardStoreContract {

  /** For subclasses. */
  protected ShardStoreContract() {}

  /**
   * Makes a storage.
   *
   * @return a new one, with empty shards
   */
  protected abstract Storage newStorage();

  private ShardStore newStore() {
    return newStorage().newShard(0);
  }

  private ShardStore newLoadedStore() {
    ShardStore store = newStore();
    store.loaded();
    return store;
  }

  private static StoredRecord record(Bytes key, Bytes value, long sequence) {
    return StoredRecord.of(key, value, Generator.hash(key), sequence, 0);
  }

  private static @Nullable StoredRecord find(ShardStore store, Bytes key) {
    return store.find(Generator.hash(key), key);
  }

  private static void assertSame(
      @Nullable StoredRecord actual, @Nullable StoredRecord expected, String what) {
    if (actual == null || expected == null) {
      assertThat(actual).as(what).isSameAs(expected);
      return;
    }
    assertThat(actual.key()).as(what).isEqualTo(expected.key());
    assertThat(actual.sequence()).as(what).isEqualTo(expected.sequence());
    assertThat(actual.value()).as(what).isEqualTo(expected.value());
    assertThat(actual.expiresAtMillis()).as(what).isEqualTo(expected.expiresAtMillis());
    assertThat(actual.hash()).as(what).isEqualTo(expected.hash());
    assertThat(actual.isTombstone()).as(what).isFalse();
  }

  private static List<StoredRecord> scan(
      ShardStore store,
      Bytes from,
      boolean inclusive,
      Optional<Bytes> to,
      boolean backwards,
      int most) {
    StoredRecord[] target = new StoredRecord[most];
    int count = store.scan(from, inclusive, to, backwards, target);
    List<StoredRecord> run = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      run.add(target[i]);
    }
    return run;
  }

  private static List<StoredRecord> scanAll(ShardStore store, boolean backwards) {
    return scan(store, Bytes.EMPTY, true, Optional.empty(), backwards, 100_000);
  }

  private static List<StoredRecord> expectedRun(
      NavigableMap<Bytes, StoredRecord> model,
      Bytes from,
      boolean inclusive,
      Optional<Bytes> to,
      boolean backwards,
      int most) {
    NavigableMap<Bytes, StoredRecord> run = backwards ? model.descendingMap() : model;
    if (!from.isEmpty()) {
      run = run.tailMap(from, inclusive);
    }
    return run.values().stream()
        .takeWhile(record ->
            to.isEmpty()
                || (backwards
                    ? record.key().compareTo(to.get()) >= 0
                    : record.key().compareTo(to.get()) < 0))
        .limit(most)
        .toList();
  }

  private static void assertRun(
      List<StoredRecord> actual, List<StoredRecord> expected, String what) {
    assertThat(actual.stream().map(StoredRecord::key).toList())
        .as(what)
        .isEqualTo(expected.stream().map(StoredRecord::key).toList());
    for (int i = 0; i < expected.size(); i++) {
      assertSame(actual.get(i), expected.get(i), what);
    }
  }

  private static void assertEqualsModel(
      ShardStore store, NavigableMap<Bytes, StoredRecord> model, String what) {
    model.forEach((key, record) -> assertSame(find(store, key), record, what + " " + key));
    assertRun(scanAll(store, false), List.copyOf(model.values()), what + " upwards");
    assertRun(
        scanAll(store, true), List.copyOf(model.descendingMap().values()), what + " downwards");
    assertCounts(store, model, what);
  }

  private static void assertCounts(
      ShardStore store, NavigableMap<Bytes, StoredRecord> model, String what) {
    assertThat(store.size()).as("size %s", what).isEqualTo(model.size());
    assertThat(store.keyBytes())
        .as("key bytes %s", what)
        .isEqualTo(model.values().stream().mapToLong(StoredRecord::keySize).sum());
    assertThat(store.valueBytes())
        .as("value bytes %s", what)
        .isEqualTo(model.values().stream().mapToLong(StoredRecord::valueSize).sum());
  }

  @Test
  void emptyStoreHoldsNothing() {
    ShardStore store = newLoadedStore();
    assertThat(find(store, Bytes.utf8("a"))).isNull();
    assertThat(store.remove(1, Bytes.utf8("a"))).isNull();
    assertEqualsModel(store, new TreeMap<>(), "empty");
  }

  @Test
  void storageHasAFormatVersionFromOne() {
    assertThat(newStorage().formatVersion()).isPositive();
  }

  @Test
  void shardsKnowNothingOfEachOther() {
    Storage storage = newStorage();
    ShardStore first = storage.newShard(0);
    ShardStore second = storage.newShard(1);
    first.loaded();
    second.loaded();
    first.put(record(Bytes.utf8("a"), Bytes.utf8("1"), 1));
    assertThat(find(second, Bytes.utf8("a"))).isNull();
    assertThat(second.size()).isZero();
  }

  @Test
  void putReturnsWhatWasThere() {
    ShardStore store = newLoadedStore();
    Bytes key = Bytes.utf8("a");
    StoredRecord one = record(key, Bytes.utf8("1"), 1);
    StoredRecord two = record(key, Bytes.EMPTY, 2);
    assertThat(store.put(one)).isNull();
    assertSame(store.put(two), one, "first value");
    assertSame(find(store, key), two, "second value");
    assertSame(store.remove(Generator.hash(key), key), two, "second value");
    assertThat(find(store, key)).isNull();
    assertThat(store.remove(Generator.hash(key), key)).isNull();
  }

  @Test
  void sameHashDoesNotMeanSameKey() {
    ShardStore store = newLoadedStore();
    for (int i = 0; i < 50; i++) {
      store.put(StoredRecord.of(Bytes.utf8("k" + i), Bytes.utf8("v" + i), 7, i + 1, 0));
    }
    for (int i = 0; i < 50; i += 2) {
      assertThat(store.remove(7, Bytes.utf8("k" + i))).isNotNull();
    }
    for (int i = 0; i < 60; i++) {
      boolean there = i < 50 && i % 2 == 1;
      StoredRecord found = store.find(7, Bytes.utf8("k" + i));
      assertThat(found == null ? "" : found.value().toUtf8()).isEqualTo(there ? "v" + i : "");
    }
    assertThat(store.size()).isEqualTo(25);
  }

  @Test
  void expiredRecordsAreStillThere() {
    ShardStore store = newLoadedStore();
    StoredRecord expired = StoredRecord.of(Bytes.utf8("a"), Bytes.utf8("1"), 5, 1, 1);
    store.put(expired);
    assertSame(store.find(5, Bytes.utf8("a")), expired, "expired");
    assertThat(scanAll(store, false)).hasSize(1);
  }

  @Test
  void longestKeyAndLargeValueAreStored() {
    ShardStore store = newLoadedStore();
    Generator data = new Generator(1);
    StoredRecord large = record(data.value(StoredRecord.MAX_KEY_BYTES), data.value(1 << 20), 1);
    store.put(large);
    assertSame(find(store, large.key()), large, "large");
    assertRun(scanAll(store, true), List.of(large), "large");
  }

  @Test
  void anySequenceOfWritesEqualsTheModel() {
    Seeds.forEach(
        30,
        seed -> {
          Generator data = new Generator(seed, seed % 2 == 0 ? 4 : 64);
          ShardStore store = newLoadedStore();
          TreeMap<Bytes, StoredRecord> model = new TreeMap<>();
          for (int i = 1; i <= 800; i++) {
            String step = "step " + i;
            write(data, store, model, i, step);
            if (i % 200 == 0) {
              assertEqualsModel(store, model, step);
            }
          }
        });
  }

  private static void write(
      Generator data,
      ShardStore store,
      Map<Bytes, StoredRecord> model,
      long sequence,
      String step) {
    StoredRecord record = data.record(sequence);
    if (record.isTombstone()) {
      assertSame(store.remove(record.hash(), record.key()), model.remove(record.key()), step);
    } else {
      assertSame(store.put(record), model.put(record.key(), record), step);
    }
    Bytes other = data.key();
    assertSame(find(store, other), model.get(other), step);
  }

  @Test
  void scansEqualTheModelInBothDirections() {
    Seeds.forEach(
        20,
        seed -> {
          Generator data = new Generator(seed);
          ShardStore store = newLoadedStore();
          TreeMap<Bytes, StoredRecord> model = new TreeMap<>();
          for (int i = 1; i <= 500; i++) {
            write(data, store, model, i, "step " + i);
          }
          for (int i = 0; i < 300; i++) {
            Bytes from = data.chance(0.1) ? Bytes.EMPTY : data.key();
            Optional<Bytes> to = data.chance(0.3) ? Optional.empty() : Optional.of(data.key());
            boolean inclusive = data.chance(0.5);
            boolean backwards = data.chance(0.5);
            int most = data.chance(0.5) ? 1_000 : data.below(20);
            assertRun(
                scan(store, from, inclusive, to, backwards, most),
                expectedRun(model, from, inclusive, to, backwards, most),
                "from " + from + inclusive + " to " + to + (backwards ? " down " : " up ") + most);
          }
        });
  }

  @Test
  void rangesAreCountedAndPickedFromAsTheModelSays() {
    Seeds.forEach(
        20,
        seed -> {
          Generator data = new Generator(seed);
          ShardStore store = newLoadedStore();
          TreeMap<Bytes, StoredRecord> model = new TreeMap<>();
          assertThat(store.count(Bytes.EMPTY, Optional.empty())).isZero();
          assertThat(store.pick(Bytes.EMPTY, Optional.empty(), 0)).isNull();
          for (int i = 1; i <= 600; i++) {
            write(data, store, model, i, "step " + i);
            if (i % 5 == 0) {
              assertRange(data, store, model);
            }
          }
        });
  }

  private static void assertRange(
      Generator data, ShardStore store, NavigableMap<Bytes, StoredRecord> model) {
    Bytes from = data.chance(0.1) ? Bytes.EMPTY : data.key();
    Optional<Bytes> to = data.chance(0.3) ? Optional.empty() : Optional.of(data.key());
    String range = "from " + from + " to " + to;
    List<StoredRecord> expected = expectedRun(model, from, true, to, false, Integer.MAX_VALUE);
    assertThat(store.count(from, to)).as(range).isEqualTo(expected.size());
    TreeMap<Bytes, StoredRecord> picked = new TreeMap<>();
    StoredRecord record = store.pick(from, to, 0);
    for (int number = 1; record != null; number++) {
      picked.put(Bytes.copyOf(record.key().toArray()), record);
      record = store.pick(from, to, number);
    }
    assertRun(List.copyOf(picked.values()), expected, range);
    assertThat(store.pick(from, to, expected.size() + 1_000L)).as(range).isNull();
  }

  @Test
  void keysAreOrderedWhateverOrderTheyComeIn() {
    List<String> orders = List.of("ascending", "descending", "shuffled", "alternating");
    for (String order : orders) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        numbers.add(order.equals("alternating") && i % 2 == 1 ? 6_000 - i : i);
      }
      if (order.equals("descending")) {
        Collections.reverse(numbers);
      } else if (order.equals("shuffled")) {
        Collections.shuffle(numbers, new Random(1));
      }
      ShardStore store = newLoadedStore();
      TreeMap<Bytes, StoredRecord> model = new TreeMap<>();
      for (int number : numbers) {
        Bytes key = Bytes.utf8(String.format("key-%07d", number));
        StoredRecord record = record(key, Bytes.utf8("v"), number + 1);
        store.put(record);
        model.put(key, record);
      }
      assertEqualsModel(store, model, order);
      for (int i = 0; i < 3_000; i++) {
        if (i % 7 != 0) {
          Bytes key = Bytes.utf8(String.format("key-%07d", i));
          assertSame(store.remove(Generator.hash(key), key), model.remove(key), order);
        }
      }
      assertEqualsModel(store, model, order + ", thinned");
    }
  }

  @Test
  void everythingRemovedLeavesAnEmptyStoreThatWorks() {
    ShardStore store = newLoadedStore();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 1_000; i++) {
        store.put(record(Bytes.utf8("k" + i), Bytes.utf8("v"), 1));
      }
      for (int i = 0; i < 1_000; i++) {
        Bytes key = Bytes.utf8("k" + i);
        assertThat(store.remove(Generator.hash(key), key)).isNotNull();
      }
      assertEqualsModel(store, new TreeMap<>(), "round " + round);
    }
  }

  @Test
  void highestSequenceWinsInWhateverOrderRecordsAreLoaded() {
    Seeds.forEach(
        30,
        seed -> {
          Generator data = new Generator(seed, 16);
          List<StoredRecord> history = new ArrayList<>();
          TreeMap<Bytes, StoredRecord> model = new TreeMap<>();
          for (int sequence = 1; sequence <= 600; sequence++) {
            StoredRecord record = data.record(sequence);
            history.add(record);
            model.put(record.key(), record);
          }
          model.values().removeIf(StoredRecord::isTombstone);
          history.addAll(history.subList(100, 300));
          arrange(history, seed);
          ShardStore store = newStore();
          history.forEach(store::load);
          store.loaded();
          assertEqualsModel(store, model, "loaded");
          for (int i = 601; i <= 800; i++) {
            write(data, store, model, i, "step " + i);
          }
          assertEqualsModel(store, model, "written after loading");
        });
  }

  private static void arrange(List<StoredRecord> history, long seed) {
    Comparator<StoredRecord> bySequence = Comparator.comparingLong(StoredRecord::sequence);
    switch ((int) (seed % 3)) {
      case 0 -> Collections.shuffle(history, new Random(seed));
      case 1 -> history.sort(bySequence.reversed());
      default -> history.sort(bySequence);
    }
  }

  @Test
  void tombstoneThatComesFirstStillDeletesWhatIsOlder() {
    ShardStore store = newStore();
    Bytes key = Bytes.utf8("a");
    Bytes kept = Bytes.utf8("b");
    store.load(StoredRecord.tombstone(key, Generator.hash(key), 5));
    store.load(record(key, Bytes.utf8("old"), 4));
    store.load(StoredRecord.tombstone(kept, Generator.hash(kept), 5));
    store.load(record(kept, Bytes.utf8("new"), 6));
    store.loaded();
    assertThat(find(store, key)).isNull();
    assertThat(scanAll(store, false)).singleElement().satisfies(r -> r.hasKey(kept));
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void findDuringWritesSeesWholeRecordsAndNeverLosesOne() throws Exception {
    ShardStore store = newLoadedStore();
    int stable = 500;
    for (int i = 0; i < stable; i++) {
      store.put(versioned(i, 1));
    }
    AtomicBoolean writing = new AtomicBoolean(true);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Future<String> first = pool.submit(() -> readWhile(writing, store, stable, 1));
      Future<String> second = pool.submit(() -> readWhile(writing, store, stable, 2));
      try {
        for (int version = 2; version <= Seeds.times(40); version++) {
          for (int i = 0; i < stable; i++) {
            store.put(versioned(i, version));
          }
          for (int i = stable; i < stable * 4; i++) {
            store.put(versioned(i, version));
          }
          for (int i = stable; i < stable * 4; i++) {
            Bytes key = Bytes.utf8("k" + i);
            store.remove(Generator.hash(key), key);
          }
        }
      } finally {
        writing.set(false);
      }
      assertThat(first.get()).isEmpty();
      assertThat(second.get()).isEmpty();
    }
  }

  private static StoredRecord versioned(int number, long version) {
    byte[] value = new byte[8 + (int) (version % 50)];
    java.util.Arrays.fill(value, (byte) version);
    return record(Bytes.utf8("k" + number), Bytes.wrap(value, 0, value.length), version);
  }

  private static String readWhile(AtomicBoolean writing, ShardStore store, int stable, long seed) {
    Generator data = new Generator(seed);
    long[] seen = new long[stable];
    while (writing.get()) {
      int number = data.below(stable);
      Bytes key = Bytes.utf8("k" + number);
      StoredRecord found = find(store, key);
      if (found == null) {
        return "key [" + number + "] was lost";
      }
      long version = found.sequence();
      if (!found.hasKey(key) || !found.value().equals(versioned(number, version).value())) {
        return "key [" + number + "] is not whole";
      }
      if (version < seen[number]) {
        return "key [" + number + "] went back from [" + seen[number] + "] to [" + version + "]";
      }
      seen[number] = version;
    }
    return "";
  }
}
