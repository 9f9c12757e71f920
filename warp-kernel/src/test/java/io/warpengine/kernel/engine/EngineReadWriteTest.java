package io.warpengine.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.Position;
import io.warpengine.api.ReadOptions;
import io.warpengine.api.Receipt;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Seeds;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class EngineReadWriteTest {

  private final EngineFixture fixture = new EngineFixture();

  static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }

  @Test
  void whatWasPutIsRead() {
    Engine engine = fixture.open();
    assertThat(engine.get(bytes("a"))).isEmpty();
    engine.put(bytes("a"), bytes("1"));
    assertThat(engine.get(bytes("a"))).contains(bytes("1"));
    engine.put(bytes("a"), Bytes.EMPTY);
    assertThat(engine.get(bytes("a"), new ReadOptions(3))).contains(Bytes.EMPTY);
    assertThat(engine.delete(bytes("a"))).isPresent();
    assertThat(engine.get(bytes("a"), new ReadOptions(3))).isEmpty();
    assertThat(engine.entry(bytes("a"))).isEmpty();
    assertThat(engine.delete(bytes("a"))).isEmpty();
  }

  @Test
  void laterChangesOfTheCallersArraysDoNotReachTheStore() {
    Engine engine = fixture.open();
    byte[] key = {1, 2};
    byte[] value = {3, 4};
    engine.put(Bytes.wrap(key, 0, 2), Bytes.wrap(value, 0, 2));
    key[0] = 9;
    value[0] = 9;
    assertThat(engine.get(Bytes.copyOf(new byte[] {1, 2})))
        .contains(Bytes.copyOf(new byte[] {3, 4}));
  }

  @Test
  void sequencesOfAShardHaveNoGaps() {
    fixture.shards = 1;
    Engine engine = fixture.open();
    assertThat(engine.put(bytes("a"), bytes("1")))
        .isEqualTo(new Receipt(0, 1, Position.START, Durability.NONE));
    assertThat(engine.putIfAbsent(bytes("a"), bytes("1"), WriteOptions.DEFAULT)).isEmpty();
    assertThat(engine.delete(bytes("b"))).isEmpty();
    assertThat(engine.delete(bytes("a")).map(Receipt::sequence)).contains(2L);
    assertThat(engine.increment(bytes("n"), 5, WriteOptions.DEFAULT).receipt().sequence())
        .isEqualTo(3);
    engine.writeBatch(new WriteBatch().put(bytes("x"), bytes("1")).put(bytes("y"), bytes("2")));
    assertThat(engine.put(bytes("a"), bytes("1")).sequence()).isEqualTo(6);
    assertThat(engine.entry(bytes("a")))
        .contains(new Entry(bytes("a"), bytes("1"), 6, Optional.empty()));
  }

  @Test
  void multiGetAnswersEveryKeyInItsPlace() {
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"));
    assertThat(engine.multiGet(List.of(bytes("b"), bytes("a"), bytes("a"))))
        .containsExactly(Optional.empty(), Optional.of(bytes("1")), Optional.of(bytes("1")));
  }

  @Test
  void keysWithATagShareAShard() {
    fixture.shards = 50;
    Engine engine = fixture.open();
    int shard = engine.put(bytes("{t}a"), bytes("1")).shard();
    for (int i = 0; i < 20; i++) {
      assertThat(engine.put(bytes("x" + i + "{t}"), bytes("1")).shard()).isEqualTo(shard);
    }
  }

  @Test
  void statsCountWhatIsThere() {
    Engine engine = fixture.open();
    for (int i = 0; i < 100; i++) {
      engine.put(bytes("key" + (10 + i % 50)), bytes("12345"));
    }
    engine.delete(bytes("key10"));
    var stats = engine.stats();
    assertThat(stats.keys()).isEqualTo(49);
    assertThat(stats.keyBytes()).isEqualTo(49 * 5);
    assertThat(stats.valueBytes()).isEqualTo(49 * 5);
    assertThat(stats.durability()).isEqualTo(Durability.NONE);
    assertThat(stats.shards()).hasSize(5);
    assertThat(stats.shards().stream().mapToLong(shard -> shard.sequence()).sum()).isEqualTo(101);
    assertThat(stats.metrics())
        .containsEntry("engine_records_count", 49.0)
        .containsEntry("engine_keys_bytes", 245.0)
        .containsEntry("engine_values_bytes", 245.0)
        .containsEntry("engine_writes_count", 101.0)
        .containsEntry("engine_async_bytes", 0.0)
        .containsEntry("engine_expired_count", 0.0);
  }

  @Test
  void behavesLikeASortedMap() {
    Seeds.forEach(
        12,
        seed -> {
          Generator generator = new Generator(seed, 1 + (int) (seed % 5) * 200);
          fixture.shards = 1 + generator.below(6);
          Engine engine = fixture.open();
          NavigableMap<Bytes, Bytes> model = new TreeMap<>();
          for (int step = 0; step < 4_000; step++) {
            step(engine, model, generator);
            if (step % 500 == 0) {
              assertSame(engine.scan(Scan.all()), model);
              assertSame(engine.scan(Scan.all().reversed()), model.descendingMap());
              Bytes from = generator.key();
              Bytes to = generator.key();
              if (from.compareTo(to) <= 0) {
                NavigableMap<Bytes, Bytes> range = model.subMap(from, true, to, false);
                assertSame(engine.scan(Scan.range(from, to)), range);
                assertSame(engine.scan(Scan.range(from, to).reversed()), range.descendingMap());
              }
            }
          }
          assertThat(engine.stats().keys()).isEqualTo(model.size());
        });
  }

  private static void step(Engine engine, NavigableMap<Bytes, Bytes> model, Generator generator) {
    Bytes key = generator.key();
    Bytes value = generator.value(generator.below(40));
    switch (generator.below(8)) {
      case 0, 1, 2 -> {
        engine.put(key, value);
        model.put(key, value);
      }
      case 3, 4 -> assertThat(engine.delete(key).isPresent()).isEqualTo(model.remove(key) != null);
      case 5 ->
          assertThat(engine.putIfAbsent(key, value, WriteOptions.DEFAULT).isPresent())
              .isEqualTo(model.putIfAbsent(key, value) == null);
      case 6 -> {
        Bytes expected = generator.chance(0.5) ? model.getOrDefault(key, value) : value;
        assertThat(engine.compareAndSet(key, expected, value, WriteOptions.DEFAULT).isPresent())
            .isEqualTo(model.replace(key, expected, value));
      }
      default -> assertThat(engine.get(key)).isEqualTo(Optional.ofNullable(model.get(key)));
    }
  }

  static void assertSame(ScanCursor cursor, Map<Bytes, Bytes> expected) {
    try (cursor) {
      for (Map.Entry<Bytes, Bytes> entry : expected.entrySet()) {
        assertThat(cursor.hasNext()).isTrue();
        Entry next = cursor.next();
        assertThat(next.key()).isEqualTo(entry.getKey());
        assertThat(next.value()).isEqualTo(entry.getValue());
      }
      assertThat(cursor.hasNext()).isFalse();
    }
  }
}
