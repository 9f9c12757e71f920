package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.access.WriteInterceptor;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EngineBatchTest {

  private final EngineFixture fixture = new EngineFixture();

  @Test
  void batchIsOneFrameOverAllItsShards() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.put(bytes("gone"), bytes("1"));
    WriteBatch batch = new WriteBatch().delete(bytes("gone")).delete(bytes("never there"));
    for (int i = 0; i < 50; i++) {
      batch.put(bytes("k" + i), bytes("v" + i));
    }
    BatchReceipt receipt = engine.writeBatch(batch);
    assertThat(receipt).isEqualTo(new BatchReceipt(52, Position.of(20), Durability.SYNC));
    assertThat(journal.frame(20)).hasSize(51);
    assertThat(journal.frame(20).getFirst().isTombstone()).isTrue();
    assertThat(engine.stats().keys()).isEqualTo(50);
    assertThat(engine.get(bytes("k49"))).contains(bytes("v49"));
    assertThat(engine.get(bytes("gone"))).isEmpty();
  }

  @Test
  void lastWriteOfAKeyWins() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.writeBatch(
        new WriteBatch()
            .put(bytes("a"), bytes("1"))
            .put(bytes("b"), bytes("1"))
            .delete(bytes("a"))
            .put(bytes("a"), bytes("2"))
            .delete(bytes("b")));
    assertThat(engine.get(bytes("a"))).contains(bytes("2"));
    assertThat(engine.get(bytes("b"))).isEmpty();
    assertThat(journal.frame(10)).hasSize(1);
  }

  @Test
  void emptyBatchWritesNothing() {
    Engine engine = fixture.open();
    assertThat(engine.writeBatch(new WriteBatch()))
        .isEqualTo(new BatchReceipt(0, Position.START, Durability.NONE));
  }

  @Test
  void ownTimeToLiveGoesBeforeTheBatchs() {
    Engine engine = fixture.open();
    engine.writeBatch(
        new WriteBatch()
            .put(bytes("a"), bytes("1"), Duration.ofSeconds(1))
            .put(bytes("b"), bytes("1")),
        WriteOptions.timeToLive(Duration.ofSeconds(5)));
    fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(engine.get(bytes("a"))).isEmpty();
    assertThat(engine.get(bytes("b"))).isPresent();
    fixture.clock.advance(Duration.ofSeconds(3));
    assertThat(engine.get(bytes("b"))).isEmpty();
    assertThat(engine.stats().keys()).isZero();
  }

  @Test
  void aFixedExpiryIsKeptExactlyAndAPastOneIsOverAtOnce() {
    Engine engine = fixture.open();
    Instant end = Instant.ofEpochMilli(fixture.clock.millis() + 1234);
    engine.writeBatch(
        new WriteBatch()
            .putUntil(bytes("a"), bytes("1"), end)
            .putUntil(bytes("b"), bytes("1"), Instant.EPOCH),
        WriteOptions.timeToLive(Duration.ofSeconds(5)));
    assertThat(engine.entry(bytes("a")).orElseThrow().expiresAt()).contains(end);
    assertThat(engine.get(bytes("b"))).isEmpty();
    WriteBatch never = new WriteBatch().putUntil(bytes("c"), bytes("1"), Instant.MAX);
    assertThatThrownBy(() -> engine.writeBatch(never))
        .isInstanceOf(WarpException.class)
        .extracting(failure -> ((WarpException) failure).code())
        .isEqualTo(CoreError.TTL_INVALID);
  }

  @Test
  void batchWithOneRefusedWriteAppliesNothing() {
    fixture.interceptors =
        List.of(
            new WriteInterceptor() {
              @Override
              public Bytes onPut(String space, Bytes key, Bytes value) {
                if (value.equals(bytes("bad"))) {
                  throw new WarpException(CoreError.WRITE_REFUSED, "Bad.", "");
                }
                return Bytes.utf8(value.toUtf8() + "!");
              }

              @Override
              public void onDelete(String space, Bytes key) {
                if (key.equals(bytes("kept"))) {
                  throw new WarpException(CoreError.WRITE_REFUSED, "Kept.", "");
                }
              }
            });
    Engine engine = fixture.open();
    engine.put(bytes("kept"), bytes("1"));
    assertThat(engine.get(bytes("kept"))).contains(bytes("1!"));
    assertRefused(
        engine,
        new WriteBatch().put(bytes("a"), bytes("1")).put(bytes("b"), bytes("bad")),
        CoreError.WRITE_REFUSED);
    assertRefused(
        engine,
        new WriteBatch().put(bytes("a"), bytes("1")).delete(bytes("kept")),
        CoreError.WRITE_REFUSED);
    assertThatThrownBy(() -> engine.delete(bytes("kept"))).isInstanceOf(WarpException.class);
    assertRefused(
        engine,
        new WriteBatch().put(bytes("a"), bytes("1")).put(Bytes.EMPTY, bytes("1")),
        CoreError.KEY_EMPTY);
    Generator generator = new Generator(1);
    assertRefused(
        engine,
        new WriteBatch()
            .put(bytes("a"), bytes("1"))
            .put(bytes("b"), generator.value(EngineFixture.MAX_VALUE + 1)),
        CoreError.VALUE_TOO_LARGE);
    assertRefused(
        engine, new WriteBatch().put(bytes("a"), bytes("1"), Duration.ZERO), CoreError.TTL_INVALID);
    assertThat(engine.stats().keys()).isEqualTo(1);
    assertThat(engine.stats().shards().stream().mapToLong(shard -> shard.sequence()).sum())
        .isEqualTo(1);
  }

  @Test
  void batchUpToTheLimitIsTakenAndOneByteMoreIsNot() {
    Engine engine = fixture.open();
    Generator generator = new Generator(1);
    int half = EngineFixture.MAX_BATCH / 2 - 1;
    WriteBatch full =
        new WriteBatch()
            .put(bytes("a"), generator.value(half))
            .put(bytes("b"), generator.value(half));
    engine.writeBatch(full);
    full.delete(bytes("c"));
    assertRefused(engine, full, CoreError.BATCH_TOO_LARGE);
  }

  @Test
  void interceptorsResultObeysTheLimit() {
    fixture.interceptors =
        List.of(
            new WriteInterceptor() {
              @Override
              public Bytes onPut(String space, Bytes key, Bytes value) {
                return new Generator(1).value(EngineFixture.MAX_VALUE + 1);
              }

              @Override
              public void onDelete(String space, Bytes key) {}
            });
    Engine engine = fixture.open();
    assertThatThrownBy(() -> engine.put(bytes("a"), bytes("1")))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.VALUE_TOO_LARGE));
    assertThat(engine.get(bytes("a"))).isEmpty();
  }

  private static void assertRefused(Engine engine, WriteBatch batch, CoreError code) {
    assertThatThrownBy(() -> engine.writeBatch(batch))
        .isInstanceOfSatisfying(WarpException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(engine.get(bytes("a")).map(Bytes::size)).isNotEqualTo(Optional.of(1));
  }

  @Test
  void batchesBehaveLikeAMap() {
    Seeds.forEach(
        20,
        seed -> {
          Generator generator = new Generator(seed);
          fixture.shards = 1 + generator.below(7);
          Engine engine = fixture.open();
          Map<Bytes, Bytes> model = new HashMap<>();
          for (int round = 0; round < 100; round++) {
            WriteBatch batch = new WriteBatch();
            for (int i = generator.below(30); i > 0; i--) {
              Bytes key = generator.key();
              if (generator.chance(0.3)) {
                batch.delete(key);
                model.remove(key);
              } else {
                Bytes value = generator.value(generator.below(20));
                batch.put(key, value);
                model.put(key, value);
              }
            }
            engine.writeBatch(batch);
          }
          assertThat(engine.stats().keys()).isEqualTo(model.size());
          model.forEach((key, value) -> assertThat(engine.get(key)).contains(value));
        });
  }

  @Test
  void concurrentBatchesOverTheSameShardsLeaveWholeBatchesBehind() throws Exception {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    int keys = 12;
    EngineConditionalTest.inThreads(
        4,
        thread -> {
          for (int round = 0; round < 1_000; round++) {
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < keys; i++) {
              int key = thread % 2 == 0 ? i : keys - 1 - i;
              batch.put(bytes("k" + key), bytes(thread + ":" + round));
            }
            engine.writeBatch(batch);
          }
          return 0;
        });
    Bytes last = engine.get(bytes("k0")).orElseThrow();
    for (int i = 0; i < keys; i++) {
      assertThat(engine.get(bytes("k" + i))).contains(last);
    }
    Map<Integer, Long> sequences = new HashMap<>();
    for (HeldJournal.Staged one : journal.staged) {
      StoredRecord record = one.record();
      assertThat(record.sequence())
          .as("records of a shard are staged in the order of their sequences")
          .isEqualTo(sequences.getOrDefault(one.shard(), 0L) + 1);
      sequences.put(one.shard(), record.sequence());
    }
  }
}
