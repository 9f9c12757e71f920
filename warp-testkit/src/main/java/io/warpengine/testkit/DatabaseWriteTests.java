package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.Incremented;
import io.warpengine.api.Position;
import io.warpengine.api.ReadOptions;
import io.warpengine.api.Receipt;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The part of {@link WarpDatabaseContract} about single reads and writes, batches and expiry. */
abstract class DatabaseWriteTests extends DatabaseHooks {

  private static final Bytes KEY = b("key");

  private static Bytes ofSize(int size) {
    return Bytes.wrap(new byte[size], 0, size);
  }

  private static WriteOptions living(long millis) {
    return WriteOptions.timeToLive(Duration.ofMillis(millis));
  }

  private static List<Consumer<Bytes>> callsWithKey(WarpDatabase database) {
    WriteOptions options = WriteOptions.DEFAULT;
    return List.of(
        database::get,
        key -> database.get(key, ReadOptions.DEFAULT),
        database::entry,
        key -> database.multiGet(List.of(KEY, key)),
        key -> database.put(key, KEY),
        database::delete,
        key -> database.putIfAbsent(key, KEY, options),
        key -> database.compareAndSet(key, KEY, KEY, options),
        key -> database.increment(key, 1, options),
        key -> database.writeBatch(new WriteBatch().put(KEY, KEY).put(key, KEY)),
        key -> database.writeBatch(new WriteBatch().put(KEY, KEY).delete(key)));
  }

  @Test
  void whatIsPutIsReadUntilItIsDeleted() {
    WarpDatabase database = open();
    assertThat(database.get(KEY)).isEmpty();
    assertThat(database.entry(KEY)).isEmpty();
    Receipt receipt = database.put(KEY, b("one"));
    assertThat(database.get(KEY)).contains(b("one"));
    assertThat(database.get(KEY, new ReadOptions(7))).contains(b("one"));
    assertThat(database.entry(KEY))
        .contains(new Entry(KEY, b("one"), receipt.sequence(), Optional.empty()));
    database.put(KEY, Bytes.EMPTY);
    assertThat(database.get(KEY)).contains(Bytes.EMPTY);
    assertThat(database.delete(KEY)).isPresent();
    assertThat(database.get(KEY)).isEmpty();
  }

  @Test
  void multiGetKeepsTheOrderAndRepeats() {
    WarpDatabase database = open();
    database.put(b("a"), b("1"));
    database.put(b("b"), b("2"));
    assertThat(database.multiGet(List.of(b("b"), b("x"), b("a"), b("b"))))
        .containsExactly(
            Optional.of(b("2")), Optional.empty(), Optional.of(b("1")), Optional.of(b("2")));
    assertThat(database.multiGet(List.of())).isEmpty();
  }

  @Test
  void emptyAndTooLongKeysAreRefusedEverywhere() {
    WarpDatabase database = open();
    for (Consumer<Bytes> call : callsWithKey(database)) {
      refuses(database, CoreError.KEY_EMPTY, () -> call.accept(Bytes.EMPTY));
      refuses(database, CoreError.KEY_TOO_LONG, () -> call.accept(ofSize((1 << 16) + 1)));
    }
    assertThat(database.get(KEY)).isEmpty();
    database.put(ofSize(1 << 16), KEY);
    assertThat(database.get(ofSize(1 << 16))).contains(KEY);
  }

  @Test
  void tooLargeValuesAreRefusedEverywhere() {
    WarpDatabase database = open();
    Bytes large = ofSize(MAX_VALUE + 1);
    WriteOptions options = WriteOptions.DEFAULT;
    List<Runnable> calls =
        List.of(
            () -> database.put(KEY, large),
            () -> database.putIfAbsent(KEY, large, options),
            () -> database.compareAndSet(KEY, KEY, large, options),
            () -> database.writeBatch(new WriteBatch().put(b("a"), KEY).put(KEY, large)));
    calls.forEach(call -> refuses(database, CoreError.VALUE_TOO_LARGE, call));
    assertThat(database.get(b("a"))).isEmpty();
    database.put(KEY, ofSize(MAX_VALUE));
    assertThat(database.get(KEY)).contains(ofSize(MAX_VALUE));
  }

  @Test
  void sequencesCountTheWritesOfAShardWithoutGaps() {
    WarpDatabase database = open();
    Map<Integer, Long> sequences = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      Receipt receipt = database.put(b("k" + i % 100), b("v"));
      assertThat(receipt.shard()).isBetween(0, SHARDS - 1);
      assertThat(receipt.sequence()).isEqualTo(sequences.merge(receipt.shard(), 1L, Long::sum));
    }
    assertThat(sequences).hasSizeGreaterThan(1);
  }

  @Test
  void sameKeyStaysInItsShard() {
    WarpDatabase database = open();
    for (int i = 0; i < 20; i++) {
      int shard = database.put(b("k" + i), b("1")).shard();
      assertThat(database.put(b("k" + i), b("2")).shard()).isEqualTo(shard);
    }
  }

  @Test
  void receiptsSayWhatWasReached() {
    WarpDatabase database = open();
    assertThat(durabilities()).contains(database.durability());
    Position before = Position.START;
    for (Durability durability : durabilities()) {
      Receipt receipt = database.put(KEY, b("v"), WriteOptions.durability(durability));
      assertThat(receipt.durability()).isGreaterThanOrEqualTo(durability);
      assertThat(receipt.position().includes(before)).isTrue();
      if (durability == Durability.NONE) {
        assertThat(receipt.position()).isEqualTo(Position.START);
      } else {
        assertThat(before.includes(receipt.position())).isFalse();
      }
      before = receipt.position();
    }
    assertThat(database.put(KEY, b("v")).durability())
        .isGreaterThanOrEqualTo(database.durability());
  }

  @Test
  void durabilityThatTheJournalCannotGiveIsRefused() {
    WarpDatabase database = open();
    for (Durability durability : Durability.values()) {
      if (!durabilities().contains(durability)) {
        WriteOptions options = WriteOptions.durability(durability);
        List<Runnable> calls =
            List.of(
                () -> database.put(KEY, KEY, options),
                () -> database.delete(KEY, options),
                () -> database.increment(KEY, 1, options),
                () -> database.writeBatch(new WriteBatch().put(KEY, KEY), options));
        calls.forEach(call -> refuses(database, CoreError.DURABILITY_UNSUPPORTED, call));
      }
    }
    assertThat(database.get(KEY)).isEmpty();
  }

  @Test
  void deletingNothingWritesNothing() {
    WarpDatabase database = open();
    long writes = writes(database);
    assertThat(database.delete(KEY)).isEmpty();
    assertThat(writes(database)).isEqualTo(writes);
    database.put(KEY, b("v"));
    assertThat(database.delete(KEY, living(5))).isPresent();
    assertThat(database.delete(KEY)).isEmpty();
    assertThat(writes(database)).isEqualTo(writes + 2);
  }

  @Test
  void putIfAbsentStoresOnlyWhereNothingIs() {
    WarpDatabase database = open();
    assertThat(database.putIfAbsent(KEY, b("1"), WriteOptions.DEFAULT)).isPresent();
    long writes = writes(database);
    assertThat(database.putIfAbsent(KEY, b("2"), WriteOptions.DEFAULT)).isEmpty();
    assertThat(writes(database)).isEqualTo(writes);
    assertThat(database.get(KEY)).contains(b("1"));
  }

  @Test
  void compareAndSetStoresOnlyOverWhatIsExpected() {
    WarpDatabase database = open();
    WriteOptions options = WriteOptions.DEFAULT;
    assertThat(database.compareAndSet(KEY, b("1"), b("2"), options)).isEmpty();
    assertThat(database.compareAndSet(KEY, Bytes.EMPTY, b("2"), options)).isEmpty();
    database.put(KEY, b("1"));
    long writes = writes(database);
    assertThat(database.compareAndSet(KEY, b("2"), b("3"), options)).isEmpty();
    assertThat(writes(database)).isEqualTo(writes);
    assertThat(database.compareAndSet(KEY, b("1"), b("3"), options)).isPresent();
    assertThat(database.get(KEY)).contains(b("3"));
  }

  @Test
  void incrementCountsInDecimalText() {
    WarpDatabase database = open();
    WriteOptions options = WriteOptions.DEFAULT;
    assertThat(database.increment(KEY, 5, options).value()).isEqualTo(5);
    assertThat(database.get(KEY)).contains(b("5"));
    Incremented down = database.increment(KEY, -12, options);
    assertThat(down.value()).isEqualTo(-7);
    assertThat(database.entry(KEY).map(Entry::sequence)).contains(down.receipt().sequence());
    assertThat(database.get(KEY)).contains(b("-7"));
    database.put(KEY, b(String.valueOf(Long.MIN_VALUE)));
    assertThat(database.increment(KEY, Long.MAX_VALUE, options).value()).isEqualTo(-1);
    assertThat(database.increment(KEY, 0, options).value()).isEqualTo(-1);
  }

  @Test
  void incrementOfNoNumberIsRefused() {
    WarpDatabase database = open();
    for (String text :
        List.of("", "-", "1.5", " 1", "1 ", "0x10", "one", "9223372036854775808", "1e3")) {
      database.put(KEY, b(text));
      refuses(
          database, CoreError.NOT_A_NUMBER, () -> database.increment(KEY, 1, WriteOptions.DEFAULT));
      assertThat(database.get(KEY)).contains(b(text));
    }
    database.put(KEY, b(String.valueOf(Long.MAX_VALUE)));
    refuses(
        database, CoreError.NOT_A_NUMBER, () -> database.increment(KEY, 1, WriteOptions.DEFAULT));
    assertThat(database.get(KEY)).contains(b(String.valueOf(Long.MAX_VALUE)));
  }

  @Test
  void recordExpiresAtItsMoment() {
    WarpDatabase database = open();
    long now = clock().millis();
    database.put(KEY, b("v"), living(1_000));
    database.put(b("other"), b("v"));
    assertThat(database.entry(KEY).flatMap(Entry::expiresAt))
        .contains(Instant.ofEpochMilli(now + 1_000));
    clock().advance(Duration.ofMillis(999));
    assertThat(database.get(KEY)).contains(b("v"));
    clock().advance(Duration.ofMillis(1));
    assertThat(database.get(KEY)).isEmpty();
    assertThat(database.entry(KEY)).isEmpty();
    assertThat(database.multiGet(List.of(KEY))).containsExactly(Optional.empty());
    assertThat(DatabaseModel.entries(database)).extracting(Entry::key).containsExactly(b("other"));
  }

  @Test
  void expiredRecordCountsAsAbsent() {
    WarpDatabase database = open();
    List<Bytes> keys = List.of(b("a"), b("b"), b("c"), b("d"));
    keys.forEach(key -> database.put(key, b("7"), living(10)));
    clock().advance(Duration.ofMillis(10));
    assertThat(database.delete(b("a"))).isEmpty();
    assertThat(database.putIfAbsent(b("b"), b("1"), WriteOptions.DEFAULT)).isPresent();
    assertThat(database.compareAndSet(b("c"), b("7"), b("1"), WriteOptions.DEFAULT)).isEmpty();
    assertThat(database.increment(b("d"), 1, WriteOptions.DEFAULT).value()).isEqualTo(1);
    assertThat(database.entry(b("d")).flatMap(Entry::expiresAt)).isEmpty();
  }

  @Test
  void overwriteSetsTheExpiryAnewAndIncrementKeepsIt() {
    WarpDatabase database = open();
    database.put(KEY, b("1"), living(10));
    database.put(KEY, b("1"));
    clock().advance(Duration.ofMillis(20));
    assertThat(database.get(KEY)).contains(b("1"));
    database.put(KEY, b("1"), living(10));
    database.increment(KEY, 1, WriteOptions.DEFAULT);
    Instant kept = clock().advance(Duration.ZERO).instant().plusMillis(10);
    assertThat(database.entry(KEY).flatMap(Entry::expiresAt)).contains(kept);
    database.increment(KEY, 1, living(500));
    assertThat(database.entry(KEY).flatMap(Entry::expiresAt)).contains(kept.plusMillis(490));
    clock().advance(Duration.ofMillis(500));
    assertThat(database.get(KEY)).isEmpty();
  }

  @Test
  void clockSetBackLosesNothingAndBringsNothingBack() {
    WarpDatabase database = open();
    database.put(KEY, b("v"), living(100));
    database.put(b("long"), b("v"), living(10_000_000));
    clock().advance(Duration.ofMillis(100));
    assertThat(database.get(KEY)).isEmpty();
    clock().setWall(clock().instant().minusSeconds(3_600));
    assertThat(database.get(KEY)).isEmpty();
    assertThat(database.get(b("long"))).contains(b("v"));
    database.put(b("new"), b("v"), living(100));
    assertThat(database.get(b("new"))).contains(b("v"));
  }

  @Test
  void timeToLiveThatIsNoneIsRefused() {
    WarpDatabase database = open();
    for (Duration ttl :
        List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
      refuses(
          database,
          CoreError.TTL_INVALID,
          () -> database.put(KEY, KEY, WriteOptions.timeToLive(ttl)));
      refuses(
          database,
          CoreError.TTL_INVALID,
          () -> database.writeBatch(new WriteBatch().put(b("a"), KEY).put(KEY, KEY, ttl)));
    }
    assertThat(database.get(KEY)).isEmpty();
  }

  @Test
  void batchIsAppliedInItsOrder() {
    WarpDatabase database = open();
    database.put(b("c"), b("old"));
    WriteBatch batch =
        new WriteBatch()
            .put(b("a"), b("1"))
            .put(b("b"), b("2"))
            .delete(b("a"))
            .put(b("b"), b("3"))
            .delete(b("c"))
            .delete(b("nothing"));
    BatchReceipt receipt = database.writeBatch(batch);
    assertThat(receipt.operations()).isEqualTo(6);
    assertThat(receipt.durability()).isGreaterThanOrEqualTo(database.durability());
    assertThat(database.multiGet(List.of(b("a"), b("b"), b("c"))))
        .containsExactly(Optional.empty(), Optional.of(b("3")), Optional.empty());
  }

  @Test
  void emptyBatchWritesNothing() {
    WarpDatabase database = open();
    database.put(KEY, KEY);
    long writes = writes(database);
    assertThat(database.writeBatch(new WriteBatch()).operations()).isZero();
    assertThat(writes(database)).isEqualTo(writes);
  }

  @Test
  void batchExpiryHoldsForPutsThatNameNone() {
    WarpDatabase database = open();
    WriteBatch batch =
        new WriteBatch().put(b("a"), b("1")).put(b("b"), b("2"), Duration.ofMillis(500));
    database.writeBatch(batch, living(100));
    clock().advance(Duration.ofMillis(100));
    assertThat(database.get(b("a"))).isEmpty();
    assertThat(database.get(b("b"))).contains(b("2"));
    clock().advance(Duration.ofMillis(400));
    assertThat(database.get(b("b"))).isEmpty();
  }

  @Test
  void tooLargeBatchIsRefusedWhole() {
    WarpDatabase database = open();
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < MAX_BATCH / MAX_VALUE + 1; i++) {
      batch.put(b("k" + i), ofSize(MAX_VALUE));
    }
    refuses(database, CoreError.BATCH_TOO_LARGE, () -> database.writeBatch(batch));
    assertThat(DatabaseModel.entries(database)).isEmpty();
  }

  @Test
  void valueIsWhatItWasWhenItWasPut() {
    WarpDatabase database = open();
    byte[] source = {1, 2, 3, 4, 5};
    database.put(Bytes.copyOf(source, 1, 2), Bytes.copyOf(source, 2, 3));
    Arrays.fill(source, (byte) 9);
    Optional<Bytes> read = database.get(Bytes.copyOf(new byte[] {2, 3}));
    database.put(Bytes.copyOf(new byte[] {2, 3}), b("other"));
    assertThat(read).contains(Bytes.copyOf(new byte[] {3, 4, 5}));
  }
}
