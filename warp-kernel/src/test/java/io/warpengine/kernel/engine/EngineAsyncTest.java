package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.AsyncWarpDatabase;
import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.Receipt;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.testkit.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EngineAsyncTest {

  private final EngineFixture fixture = new EngineFixture();
  private final HeldJournal journal = new HeldJournal();
  private final Generator generator = new Generator(1);
  private Engine engine;
  private AsyncWarpDatabase async;

  @BeforeEach
  void open() {
    fixture.journal = journal;
    journal.held = true;
    engine = fixture.open();
    async = engine.async();
  }

  private static boolean isDone(CompletionStage<?> stage) {
    return stage.toCompletableFuture().isDone();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private double bytesInFlight() {
    return engine.stats().metrics().get("engine_async_bytes");
  }

  @Test
  void writeIsVisibleAtOnceAndCompletesWhenReached() {
    CompletionStage<Receipt> put = async.put(bytes("a"), bytes("1"));
    assertThat(isDone(put)).isFalse();
    assertThat(engine.get(bytes("a"))).contains(bytes("1"));
    assertThat(bytesInFlight()).isEqualTo(2);
    journal.release();
    assertThat(join(put).durability()).isEqualTo(Durability.OS);
    assertThat(join(put).position()).isEqualTo(Position.of(10));
    assertThat(bytesInFlight()).isZero();
  }

  @Test
  void everyOperationHasItsTwin() {
    WriteOptions sync = WriteOptions.durability(Durability.SYNC);
    var put = async.put(bytes("a"), bytes("1"), sync);
    var absent = async.putIfAbsent(bytes("b"), bytes("1"), sync);
    var present = async.putIfAbsent(bytes("a"), bytes("2"), sync);
    var set = async.compareAndSet(bytes("a"), bytes("1"), bytes("2"), sync);
    var notSet = async.compareAndSet(bytes("a"), bytes("1"), bytes("3"), sync);
    var increment = async.increment(bytes("n"), 5, sync);
    var delete = async.delete(bytes("b"), sync);
    var nothing = async.delete(bytes("b"), sync);
    var batch = async.writeBatch(new WriteBatch().put(bytes("c"), bytes("1")), sync);
    var flush = async.flush();
    List<CompletionStage<?>> all =
        List.of(put, absent, present, set, notSet, increment, delete, nothing, batch, flush);
    assertThat(all).noneMatch(EngineAsyncTest::isDone);
    assertThat(join(async.get(bytes("a")))).contains(bytes("2"));
    assertThat(join(async.multiGet(List.of(bytes("b"), bytes("c")))))
        .containsExactly(Optional.empty(), Optional.of(bytes("1")));
    journal.release();
    assertThat(all).allMatch(EngineAsyncTest::isDone);
    assertThat(join(put).durability()).isEqualTo(Durability.SYNC);
    assertThat(join(absent)).isPresent();
    assertThat(join(present)).isEmpty();
    assertThat(join(set)).isPresent();
    assertThat(join(notSet)).isEmpty();
    assertThat(join(increment).value()).isEqualTo(5);
    assertThat(join(delete)).isPresent();
    assertThat(join(nothing)).isEmpty();
    assertThat(join(batch).operations()).isEqualTo(1);
    assertThat(join(flush)).isEqualTo(Position.of(60));
    assertThat(bytesInFlight()).isZero();
  }

  @Test
  void failedJournalFailsTheStages() {
    CompletionStage<Receipt> put = async.put(bytes("a"), bytes("1"));
    journal.fail();
    assertThatThrownBy(() -> join(put))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.OUTCOME_UNKNOWN));
    assertThat(bytesInFlight()).isZero();
  }

  @Test
  void refusalFailsTheStageAndHoldsNoBytes() {
    List<CompletionStage<?>> refused =
        List.of(
            async.put(Bytes.EMPTY, bytes("1")),
            async.get(Bytes.EMPTY),
            async.delete(Bytes.EMPTY, WriteOptions.DEFAULT),
            async.writeBatch(new WriteBatch().put(Bytes.EMPTY, bytes("1")), WriteOptions.DEFAULT));
    for (CompletionStage<?> stage : refused) {
      assertThatThrownBy(() -> join(stage))
          .cause()
          .isInstanceOfSatisfying(
              WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.KEY_EMPTY));
    }
    assertThat(bytesInFlight()).isZero();
  }

  @Test
  void callBeyondTheBoundWaitsUntilBytesAreAcknowledged() throws Exception {
    Bytes most = generator.value(EngineFixture.MAX_ASYNC - 1);
    CompletionStage<Receipt> first = async.put(bytes("a"), most);
    Thread caller = Thread.ofPlatform().start(() -> async.put(bytes("b"), bytes("1")));
    awaitWaiting(caller);
    assertThat(engine.get(bytes("b"))).as("not applied while it waits").isEmpty();
    journal.release();
    caller.join();
    assertThat(isDone(first)).isTrue();
    assertThat(engine.get(bytes("b"))).isPresent();
    journal.release();
    assertThat(bytesInFlight()).isZero();
  }

  @Test
  void writeLargerThanTheBoundPassesAlone() throws Exception {
    Bytes large = generator.value(EngineFixture.MAX_ASYNC * 3);
    CompletionStage<Receipt> first = async.put(bytes("a"), large);
    Thread caller = Thread.ofPlatform().start(() -> async.put(bytes("b"), large));
    awaitWaiting(caller);
    journal.release();
    caller.join();
    assertThat(isDone(first)).isTrue();
    assertThat(bytesInFlight()).isEqualTo(large.size() + 1);
    journal.release();
  }

  @Test
  void writeFromACompletionNeverWaitsForItsOwnThread() {
    Bytes most = generator.value(EngineFixture.MAX_ASYNC - 1);
    List<CompletionStage<Receipt>> followUps = new ArrayList<>();
    async
        .put(bytes("a"), bytes("1"))
        .thenRun(() -> {
          followUps.add(async.put(bytes("b"), most));
          followUps.add(async.put(bytes("c"), most));
        });
    journal.release();
    assertThat(followUps).hasSize(2);
    journal.release();
    assertThat(followUps).allMatch(EngineAsyncTest::isDone);
    assertThat(bytesInFlight()).isZero();
  }

  @Test
  void journalThatLetsNobodyWaitFailsTheStageAndKeepsNoBytes() {
    journal.deaf = true;
    assertThat(async.put(bytes("a"), bytes("1")).toCompletableFuture()).isCompletedExceptionally();
    assertThat(async.flush().toCompletableFuture()).isCompletedExceptionally();
    assertThat(bytesInFlight()).isZero();
  }

  @Test
  void manyCallersStayWithinTheBound() throws Exception {
    journal.held = false;
    AtomicInteger done = new AtomicInteger();
    EngineConditionalTest.inThreads(
        4,
        thread -> {
          Generator own = new Generator(thread);
          List<CompletableFuture<Receipt>> stages = new ArrayList<>();
          for (int i = 0; i < 2_000; i++) {
            stages.add(async.put(bytes("k" + i), own.value(own.below(600))).toCompletableFuture());
          }
          stages.forEach(CompletableFuture::join);
          return done.addAndGet(stages.size());
        });
    assertThat(done.get()).isEqualTo(8_000);
    assertThat(bytesInFlight()).isZero();
  }

  @Test
  void withoutAJournalEveryStageIsComplete() {
    fixture.journal = new NoJournal();
    AsyncWarpDatabase plain = fixture.open().async();
    assertThat(isDone(plain.put(bytes("a"), bytes("1")))).isTrue();
    assertThat(isDone(plain.delete(bytes("b"), WriteOptions.DEFAULT))).isTrue();
    assertThat(join(plain.flush())).isEqualTo(Position.START);
    assertThat(plain.put(Bytes.EMPTY, bytes("1")).toCompletableFuture()).isCompletedExceptionally();
  }

  /** Returns when a thread waits, as the test's rule says that it must; the test has a timeout. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
