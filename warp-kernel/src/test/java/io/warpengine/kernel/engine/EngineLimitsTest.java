package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.ReadOptions;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.testkit.Generator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

final class EngineLimitsTest {

  private static final WriteOptions DEFAULT = WriteOptions.DEFAULT;

  private final EngineFixture fixture = new EngineFixture();

  private static void assertCode(CoreError code, List<Callable<?>> calls) {
    for (int i = 0; i < calls.size(); i++) {
      assertThatThrownBy(calls.get(i)::call)
          .as("call [%s]", i)
          .isInstanceOfSatisfying(WarpException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
  }

  private static List<Callable<?>> writes(Engine engine, Bytes key, Bytes value) {
    return List.of(
        () -> engine.put(key, value),
        () -> engine.putIfAbsent(key, value, DEFAULT),
        () -> engine.compareAndSet(key, value, value, DEFAULT),
        () -> engine.writeBatch(new WriteBatch().put(key, value)));
  }

  @Test
  void keyHasOneByteTo64KiB() {
    Engine engine = fixture.open();
    Bytes longest = new Generator(1).value(65_536);
    fixture.open().put(longest.slice(0, 1), bytes("1"));
    engine.put(longest, bytes("1"));
    assertThat(engine.get(longest)).contains(bytes("1"));
    EngineReadWriteTest.assertSame(engine.scan(Scan.all()), Map.of(longest, bytes("1")));
    for (var wrong :
        Map.of(
                Bytes.EMPTY,
                CoreError.KEY_EMPTY,
                new Generator(1).value(65_537),
                CoreError.KEY_TOO_LONG)
            .entrySet()) {
      Bytes key = wrong.getKey();
      assertCode(wrong.getValue(), writes(engine, key, bytes("1")));
      assertCode(
          wrong.getValue(),
          List.of(
              () -> engine.get(key),
              () -> engine.get(key, ReadOptions.DEFAULT),
              () -> engine.entry(key),
              () -> engine.multiGet(List.of(bytes("a"), key)),
              () -> engine.delete(key),
              () -> engine.increment(key, 1, DEFAULT),
              () -> engine.writeBatch(new WriteBatch().delete(key))));
    }
  }

  @Test
  void valueUpToTheLimitIsTakenAndOneByteMoreIsNot() {
    Engine engine = fixture.open();
    Bytes largest = new Generator(1).value(EngineFixture.MAX_VALUE);
    engine.put(bytes("a"), largest);
    assertThat(engine.get(bytes("a"))).contains(largest);
    assertCode(
        CoreError.VALUE_TOO_LARGE,
        writes(engine, bytes("a"), new Generator(1).value(EngineFixture.MAX_VALUE + 1)));
    assertThat(engine.get(bytes("a"))).contains(largest);
  }

  @Test
  void durabilityThatTheJournalCannotGiveIsRefused() {
    Engine engine = fixture.open();
    WriteOptions sync = WriteOptions.durability(Durability.SYNC);
    assertCode(
        CoreError.DURABILITY_UNSUPPORTED,
        List.of(
            () -> engine.put(bytes("a"), bytes("1"), sync),
            () -> engine.delete(bytes("a"), sync),
            () -> engine.increment(bytes("a"), 1, sync),
            () -> engine.writeBatch(new WriteBatch(), sync)));
    assertThat(engine.durability()).isEqualTo(Durability.NONE);
    assertThat(engine.put(bytes("a"), bytes("1"), WriteOptions.durability(Durability.NONE)))
        .isNotNull();
    fixture.journal = new HeldJournal();
    Engine journalled = fixture.open();
    assertCode(
        CoreError.DURABILITY_UNSUPPORTED,
        List.of(() ->
            journalled.put(bytes("a"), bytes("1"), WriteOptions.durability(Durability.INTERVAL))));
  }

  @Test
  void readOnlyDatabaseRefusesEveryWriteWithItsReason() {
    fixture.readOnly = "It was opened so.";
    Engine engine = fixture.open();
    assertThat(engine.readOnly()).isTrue();
    assertThat(engine.get(bytes("a"))).isEmpty();
    assertCode(CoreError.READ_ONLY, writes(engine, bytes("a"), bytes("1")));
    assertCode(
        CoreError.READ_ONLY,
        List.of(() -> engine.delete(bytes("a")), () -> engine.increment(bytes("a"), 1, DEFAULT)));
    assertThatThrownBy(() -> engine.put(bytes("a"), bytes("1")))
        .hasMessageContaining("It was opened so.");
    assertThat(fixture.control.scheduled()).as("nothing is removed").doesNotContain("expiry");
  }

  @Test
  void closedDatabaseRefusesEverything() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"));
    engine.put(bytes("b"), bytes("1"));
    ScanCursor cursor = engine.scan(Scan.all().limit(1));
    engine.close();
    engine.close();
    assertThat(fixture.closes).isEqualTo(1);
    assertThat(cursor.next().key()).as("was read before").isEqualTo(bytes("a"));
    assertCode(CoreError.CLOSED, writes(engine, bytes("a"), bytes("1")));
    assertCode(
        CoreError.CLOSED,
        List.of(
            () -> engine.get(bytes("a")),
            () -> engine.entry(bytes("a")),
            () -> engine.multiGet(List.of(bytes("a"))),
            () -> engine.delete(bytes("a")),
            () -> engine.increment(bytes("a"), 1, DEFAULT),
            () -> engine.scan(Scan.all()),
            () -> engine.flush(),
            () -> engine.stats(),
            () -> engine.call("test", Map.of(), row -> {})));
    assertThat(engine.async().put(bytes("a"), bytes("1")).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(fixture.control.run("expiry")).isZero();
  }

  @Test
  void writersThatRunWhileTheDatabaseClosesEitherFinishOrAreRefused() throws Exception {
    Engine engine = fixture.open();
    List<Integer> written =
        EngineConditionalTest.inThreads(
            4,
            thread -> {
              if (thread == 0) {
                while (engine.stats().keys() < 1_000) {
                  Thread.onSpinWait();
                }
                engine.close();
                return 0;
              }
              for (int i = 0; ; i++) {
                try {
                  engine.writeBatch(
                      new WriteBatch()
                          .put(bytes(thread + ":" + i), bytes("1"))
                          .put(bytes(thread + "b" + i), bytes("1")));
                } catch (WarpException e) {
                  assertThat(e.code()).isEqualTo(CoreError.CLOSED);
                  return i;
                }
              }
            });
    long keys = 0;
    for (var shard : engine.shards().all) {
      keys += shard.store.size();
    }
    assertThat(keys).isEqualTo(2L * written.stream().mapToInt(count -> count).sum());
  }

  @Test
  void flushWaitsForEverythingStaged() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"));
    journal.awaited.clear();
    assertThat(engine.flush()).isEqualTo(Position.of(10));
    assertThat(journal.awaited).containsExactly(Position.of(10));
  }

  @Test
  void servicesAroundTheEngineAreReachedThroughIt() {
    Engine engine = fixture.open();
    assertThat(engine.extension(CharSequence.class)).isEqualTo("extension");
    assertThat(engine.findExtension(Runnable.class)).isEmpty();
    assertCode(CoreError.EXTENSION_MISSING, List.of(() -> engine.extension(Runnable.class)));
    assertThat(engine.operations()).hasSize(1);
    assertThat(engine.call("test", Map.of(), row -> {}).value()).isEqualTo("test");
  }
}
