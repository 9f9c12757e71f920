package io.warpengine.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Orders of keys at sizes at which the tree has several levels, with good hashes and bad ones. */
final class OrderedIndexTest {

  private final HeapShardStore store = new HeapShardStore();
  private final NavigableMap<Bytes, StoredRecord> model = new TreeMap<>();
  private Function<Bytes, Integer> hash = OrderedIndexTest::good;
  private long sequence;

  private static Integer good(Bytes key) {
    return key.hashCode() * 0x9e37_79b1;
  }

  private void put(Bytes key) {
    StoredRecord record = StoredRecord.of(key, Bytes.utf8("v"), hash.apply(key), ++sequence, 0);
    assertThat(store.put(record)).isSameAs(model.put(key, record));
  }

  private void remove(Bytes key) {
    assertThat(store.remove(hash.apply(key), key)).isSameAs(model.remove(key));
  }

  private List<StoredRecord> scan(
      Bytes from, boolean inclusive, Optional<Bytes> to, boolean backwards) {
    StoredRecord[] target = new StoredRecord[model.size() + 1];
    int count = store.scan(from, inclusive, to, backwards, target);
    return new ArrayList<>(Arrays.asList(target).subList(0, count));
  }

  private void assertOrder(Generator generator) {
    assertThat(scan(Bytes.EMPTY, true, Optional.empty(), false))
        .containsExactlyElementsOf(model.values());
    assertThat(scan(Bytes.EMPTY, true, Optional.empty(), true))
        .containsExactlyElementsOf(model.descendingMap().values());
    List<Bytes> keys = List.copyOf(model.keySet());
    for (int i = 0; i < 6 && !keys.isEmpty(); i++) {
      Bytes a = near(generator, generator.choose(keys));
      Bytes b = near(generator, generator.choose(keys));
      Bytes from = a.compareTo(b) <= 0 ? a : b;
      Bytes to = a.compareTo(b) <= 0 ? b : a;
      boolean inclusive = generator.chance(0.5);
      assertThat(scan(from, inclusive, Optional.of(to), false))
          .containsExactlyElementsOf(
              from.equals(to) ? List.of() : model.subMap(from, inclusive, to, false).values());
      assertThat(scan(to, inclusive, Optional.of(from), true))
          .containsExactlyElementsOf(
              from.equals(to) && !inclusive
                  ? List.of()
                  : model.subMap(from, true, to, inclusive).descendingMap().values());
      assertNumbers(generator, from, Optional.of(to));
    }
    assertNumbers(generator, Bytes.EMPTY, Optional.empty());
  }

  private void assertNumbers(Generator generator, Bytes from, Optional<Bytes> to) {
    List<StoredRecord> run = scan(from, true, to, false);
    assertThat(store.count(from, to)).isEqualTo(run.size());
    assertThat(store.pick(from, to, run.size())).isNull();
    int step = Math.max(1, run.size() / 20);
    List<StoredRecord> picked = new ArrayList<>();
    for (int number = generator.below(step); number < run.size(); number += step) {
      picked.add(store.pick(from, to, number));
    }
    assertThat(picked).doesNotHaveDuplicates();
    assertThat(new HashSet<>(run).containsAll(picked)).isTrue();
  }

  /** A key, or one just beside it. */
  private static Bytes near(Generator generator, Bytes key) {
    byte[] bytes = key.toArray();
    return switch (generator.below(4)) {
      case 0 -> {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        yield Bytes.wrap(longer, 0, longer.length);
      }
      case 1 -> bytes.length == 1 ? key : Bytes.wrap(bytes, 0, bytes.length - 1);
      case 2 -> {
        bytes[bytes.length - 1]++;
        yield Bytes.wrap(bytes, 0, bytes.length);
      }
      default -> key;
    };
  }

  private static Bytes shaped(int shape, int number) {
    return switch (shape) {
      case 0 -> Bytes.utf8("key:%010d".formatted(number));
      case 1 -> Bytes.utf8("class:java.util.concurrent.".repeat(1 + number % 3) + number);
      case 2 -> Bytes.utf8("p".repeat(number % 90) + number);
      case 3 -> tail(number, (byte) 0);
      case 4 -> tail(number, (byte) 0xff);
      case 5 -> {
        byte[] bytes = new byte[16];
        new SplittableRandom(number).nextBytes(bytes);
        yield Bytes.wrap(bytes, 0, 16);
      }
      default -> Bytes.utf8("x".repeat(300) + Integer.toBinaryString(number));
    };
  }

  /** Keys that differ in the number of equal bytes at their end. */
  private static Bytes tail(int number, byte filler) {
    byte[] bytes = new byte[3 + number % 20];
    Arrays.fill(bytes, filler);
    bytes[0] = (byte) (number >> 8);
    bytes[1] = (byte) number;
    return Bytes.wrap(bytes, 0, bytes.length);
  }

  private void reset(long seed) {
    for (Bytes key : List.copyOf(model.keySet())) {
      remove(key);
    }
    hash = seed % 3 == 0 ? key -> key.hashCode() & 0x3ff : OrderedIndexTest::good;
    assertThat(scan(Bytes.EMPTY, true, Optional.empty(), false)).isEmpty();
    assertThat(scan(Bytes.EMPTY, true, Optional.empty(), true)).isEmpty();
  }

  @Test
  void orderHoldsForEveryShapeOfKeys() {
    Seeds.forEach(
        14,
        seed -> {
          reset(seed);
          Generator generator = new Generator(seed);
          int shape = (int) (seed % 7);
          int space = seed % 3 == 0 ? 800 : 12_000;
          for (int phase = 0; phase < 4; phase++) {
            double deletes = phase == 1 ? 0.8 : phase == 3 ? 0.95 : 0.2;
            for (int step = 0; step < space / 2; step++) {
              Bytes key = shaped(shape, generator.below(space));
              if (generator.chance(deletes)) {
                remove(key);
              } else {
                put(key);
              }
            }
            assertOrder(generator);
          }
        });
  }

  @Test
  void ascendingAndDescendingAndMixedLoadsAreOrdered() {
    Seeds.forEach(
        8,
        seed -> {
          reset(1);
          Generator generator = new Generator(seed);
          int count = 9_000;
          for (int i = 0; i < count; i++) {
            int number = seed % 2 == 0 ? i : count - i;
            put(shaped(seed % 4 < 2 ? 0 : 1, number));
            if (i % 100 == 0) {
              put(shaped(2, i));
            }
          }
          assertOrder(generator);
          for (int i = 0; i < count; i++) {
            if (i % 10 != 3) {
              remove(shaped(seed % 4 < 2 ? 0 : 1, seed % 2 == 0 ? i : count - i));
            }
          }
          assertOrder(generator);
        });
  }

  @Test
  void loadedRecordsAreOrderedAndGoOnChanging() {
    Seeds.forEach(
        14,
        seed -> {
          Generator generator = new Generator(seed);
          OrderedIndexTest fresh = new OrderedIndexTest();
          fresh.hash = seed % 3 == 0 ? key -> key.hashCode() & 0x3ff : OrderedIndexTest::good;
          int shape = (int) (seed % 7);
          int space = seed % 3 == 0 ? 500 : 9_000;
          for (int i = 0; i < space; i++) {
            Bytes key = shaped(shape, generator.below(space));
            StoredRecord record =
                generator.chance(0.2)
                    ? StoredRecord.tombstone(key, fresh.hash.apply(key), ++fresh.sequence)
                    : StoredRecord.of(
                        key, Bytes.utf8("v"), fresh.hash.apply(key), ++fresh.sequence, 0);
            fresh.store.load(record);
            if (record.isTombstone()) {
              fresh.model.remove(key);
            } else {
              fresh.model.put(key, record);
            }
          }
          fresh.store.loaded();
          assertThat(fresh.store.size()).isEqualTo(fresh.model.size());
          fresh.assertOrder(generator);
          for (int i = 0; i < space; i++) {
            Bytes key = shaped(shape, generator.below(space));
            if (generator.chance(0.6)) {
              fresh.remove(key);
            } else {
              fresh.put(key);
            }
          }
          fresh.assertOrder(generator);
        });
  }

  @Test
  void treesOfThreeLevelsAreOrderedLoadedOrInserted() {
    int count = 280_000;
    HeapShardStore loaded = new HeapShardStore();
    HeapShardStore inserted = new HeapShardStore();
    inserted.loaded();
    for (int i = 0; i < count; i++) {
      int number = (int) (i * 7_919L % count);
      Bytes key = Bytes.utf8("key:%08d".formatted(number));
      StoredRecord record = StoredRecord.of(key, Bytes.EMPTY, number * 0x9e37_79b1, i + 1, 0);
      loaded.load(record);
      inserted.put(record);
    }
    loaded.loaded();
    for (HeapShardStore one : List.of(loaded, inserted)) {
      assertNumbered(one, count, 1);
      for (int number = 0; number < count; number++) {
        if (number % 5 != 0) {
          Bytes key = Bytes.utf8("key:%08d".formatted(number));
          assertThat(one.remove(number * 0x9e37_79b1, key) != null).isTrue();
        }
      }
      assertNumbered(one, count, 5);
    }
  }

  /** Every key whose number is a multiple of the step is there, both ways, in runs. */
  private static void assertNumbered(HeapShardStore store, int count, int step) {
    StoredRecord[] run = new StoredRecord[1_000];
    for (boolean backwards : new boolean[] {false, true}) {
      Bytes from = Bytes.EMPTY;
      int expected = backwards ? (count - 1) / step * step : 0;
      int length;
      do {
        length = store.scan(from, false, Optional.empty(), backwards, run);
        for (int i = 0; i < length; i++) {
          from = run[i].key();
          int number = Integer.parseInt(from.toUtf8().substring(4));
          if (number != expected) {
            assertThat(number).isEqualTo(expected);
          }
          expected += backwards ? -step : step;
        }
      } while (length == run.length);
      assertThat(store.count(Bytes.EMPTY, Optional.empty())).isEqualTo((count + step - 1) / step);
      for (int number = 0; number < count / step; number += count / step / 100) {
        StoredRecord picked = store.pick(Bytes.EMPTY, Optional.empty(), number);
        assertThat(picked == null ? "none" : picked.key().toUtf8())
            .isEqualTo("key:%08d".formatted(number * step));
      }
      assertThat(expected).isEqualTo(backwards ? -step : (count + step - 1) / step * step);
    }
  }

  @Test
  void overwriteKeepsNoReplacedRecord() {
    put(Bytes.utf8("a"));
    StoredRecord first = model.get(Bytes.utf8("a"));
    put(Bytes.utf8("a"));
    StoredRecord[] target = new StoredRecord[2];
    assertThat(store.scan(Bytes.EMPTY, true, Optional.empty(), false, target)).isEqualTo(1);
    assertThat(target[0]).isNotSameAs(first).isSameAs(model.get(Bytes.utf8("a")));
  }
}
