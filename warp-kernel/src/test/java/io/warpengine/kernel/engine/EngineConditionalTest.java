package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineConditionalTest {

  private final EngineFixture fixture = new EngineFixture();

  @Test
  void putIfAbsentStoresOnlyTheFirst() {
    Engine engine = fixture.open();
    assertThat(engine.putIfAbsent(bytes("a"), bytes("1"), WriteOptions.DEFAULT)).isPresent();
    assertThat(engine.putIfAbsent(bytes("a"), bytes("2"), WriteOptions.DEFAULT)).isEmpty();
    assertThat(engine.get(bytes("a"))).contains(bytes("1"));
  }

  @Test
  void compareAndSetReplacesOnlyWhatIsExpected() {
    Engine engine = fixture.open();
    assertThat(engine.compareAndSet(bytes("a"), Bytes.EMPTY, bytes("1"), WriteOptions.DEFAULT))
        .isEmpty();
    engine.put(bytes("a"), bytes("1"));
    assertThat(engine.compareAndSet(bytes("a"), bytes("2"), bytes("3"), WriteOptions.DEFAULT))
        .isEmpty();
    assertThat(engine.compareAndSet(bytes("a"), bytes("1"), bytes("3"), WriteOptions.DEFAULT))
        .isPresent();
    assertThat(engine.get(bytes("a"))).contains(bytes("3"));
  }

  @Test
  void incrementCountsFromZeroAndKeepsText() {
    Engine engine = fixture.open();
    assertThat(engine.increment(bytes("n"), -5, WriteOptions.DEFAULT).value()).isEqualTo(-5);
    assertThat(engine.get(bytes("n"))).contains(bytes("-5"));
    assertThat(engine.increment(bytes("n"), 15, WriteOptions.DEFAULT).value()).isEqualTo(10);
    engine.put(bytes("n"), bytes("-0012"));
    assertThat(engine.increment(bytes("n"), 0, WriteOptions.DEFAULT).value()).isEqualTo(-12);
  }

  @Test
  void incrementReachesBothEndsOfTheRangeAndNotPastThem() {
    Engine engine = fixture.open();
    engine.put(bytes("n"), bytes("" + (Long.MAX_VALUE - 1)));
    assertThat(engine.increment(bytes("n"), 1, WriteOptions.DEFAULT).value())
        .isEqualTo(Long.MAX_VALUE);
    assertRefused(engine, 1);
    assertThat(engine.get(bytes("n"))).contains(bytes("" + Long.MAX_VALUE));
    engine.put(bytes("n"), bytes("" + (Long.MIN_VALUE + 1)));
    assertThat(engine.increment(bytes("n"), -1, WriteOptions.DEFAULT).value())
        .isEqualTo(Long.MIN_VALUE);
    assertThat(engine.increment(bytes("n"), 0, WriteOptions.DEFAULT).value())
        .isEqualTo(Long.MIN_VALUE);
    assertRefused(engine, -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        "1 ",
        " 1",
        "1.0",
        "0x1",
        "9223372036854775808",
        "-9223372036854775809",
        "00000000000000000000001",
        "--1",
        "1-",
        "\u0661"
      })
  void whatIsNoNumberIsNotIncremented(String value) {
    Engine engine = fixture.open();
    engine.put(bytes("n"), bytes(value));
    assertRefused(engine, 1);
    assertThat(engine.get(bytes("n"))).contains(bytes(value));
  }

  private static void assertRefused(Engine engine, long delta) {
    assertThatThrownBy(() -> engine.increment(bytes("n"), delta, WriteOptions.DEFAULT))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.NOT_A_NUMBER));
  }

  @Test
  void incrementKeepsTheExpiryUnlessAnotherIsGiven() {
    Engine engine = fixture.open();
    engine.increment(bytes("n"), 1, WriteOptions.timeToLive(Duration.ofSeconds(10)));
    var expiry = engine.entry(bytes("n")).orElseThrow().expiresAt();
    assertThat(expiry).isPresent();
    engine.increment(bytes("n"), 1, WriteOptions.DEFAULT);
    assertThat(engine.entry(bytes("n")).orElseThrow().expiresAt()).isEqualTo(expiry);
    engine.increment(bytes("n"), 1, WriteOptions.timeToLive(Duration.ofSeconds(20)));
    assertThat(engine.entry(bytes("n")).orElseThrow().expiresAt())
        .contains(expiry.orElseThrow().plusSeconds(10));
  }

  @Test
  void acknowledgementWaitsForWhatWasAskedAndTellsWhatWasReached() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    var receipt = engine.put(bytes("a"), bytes("1"), WriteOptions.durability(Durability.MEMORY));
    assertThat(receipt.position()).isEqualTo(Position.of(HeldJournal.FRAME));
    assertThat(receipt.durability()).isEqualTo(Durability.MEMORY);
    assertThat(engine.put(bytes("a"), bytes("1")).durability())
        .as("asked for OS, SYNC was reached")
        .isEqualTo(Durability.SYNC);
    assertThat(journal.awaited).containsExactly(Position.of(10), Position.of(20));
  }

  @Test
  void writeThatChangesNothingWaitsForWhatItSaw() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"));
    engine.delete(bytes("a"));
    journal.awaited.clear();
    assertThat(engine.delete(bytes("a"))).isEmpty();
    assertThat(engine.compareAndSet(bytes("a"), bytes("x"), bytes("y"), WriteOptions.DEFAULT))
        .isEmpty();
    engine.put(bytes("a"), bytes("1"));
    assertThat(engine.putIfAbsent(bytes("a"), bytes("x"), WriteOptions.DEFAULT)).isEmpty();
    assertThat(engine.writeBatch(new WriteBatch().delete(bytes("nothing"))).position())
        .isEqualTo(Position.of(30));
    assertThat(journal.awaited)
        .containsExactly(
            Position.of(20), Position.of(20), Position.of(30), Position.of(30), Position.of(30));
    assertThat(journal.staged).hasSize(3);
  }

  @Test
  void refusedStagingChangesNothing() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    fixture.shards = 1;
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"));
    journal.refusal = "The disk is full.";
    assertThat(engine.readOnly()).isTrue();
    List<Callable<?>> writes =
        List.of(
            () -> engine.put(bytes("a"), bytes("2")),
            () -> engine.delete(bytes("a")),
            () -> engine.increment(bytes("n"), 1, WriteOptions.DEFAULT),
            () ->
                engine.writeBatch(new WriteBatch().put(bytes("a"), bytes("3")).delete(bytes("a"))),
            () -> engine.writeBatch(new WriteBatch().put(bytes("b"), bytes("3"))));
    for (Callable<?> write : writes) {
      assertThatThrownBy(write::call)
          .isInstanceOfSatisfying(
              WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.READ_ONLY));
    }
    assertThat(engine.get(bytes("a"))).contains(bytes("1"));
    assertThat(engine.get(bytes("b"))).isEmpty();
    journal.refusal = "";
    assertThat(engine.put(bytes("a"), bytes("4")).sequence()).isEqualTo(2);
    assertThat(engine.readOnly()).isFalse();
  }

  @Test
  void incrementsOfSeveralThreadsAllCount() throws Exception {
    Engine engine = fixture.open();
    int each = 20_000;
    inThreads(
        4,
        thread -> {
          for (int i = 0; i < each; i++) {
            engine.increment(bytes("n" + i % 3), 1, WriteOptions.DEFAULT);
          }
          return 0;
        });
    long sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += Long.parseLong(engine.get(bytes("n" + i)).orElseThrow().toUtf8());
    }
    assertThat(sum).isEqualTo(4L * each);
  }

  @Test
  void eachValueIsReplacedByExactlyOneOfTheCompetitors() throws Exception {
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("0"));
    int rounds = 5_000;
    List<Integer> wins =
        inThreads(
            4,
            thread -> {
              int won = 0;
              for (int round = 0; round < rounds; round++) {
                while (Integer.parseInt(engine.get(bytes("a")).orElseThrow().toUtf8()) < round) {
                  Thread.onSpinWait();
                }
                won +=
                    engine
                            .compareAndSet(
                                bytes("a"),
                                bytes("" + round),
                                bytes("" + (round + 1)),
                                WriteOptions.DEFAULT)
                            .isPresent()
                        ? 1
                        : 0;
              }
              return won;
            });
    assertThat(wins.stream().mapToInt(won -> won).sum()).isEqualTo(rounds);
    assertThat(engine.get(bytes("a"))).isEqualTo(Optional.of(bytes("" + rounds)));
  }

  @Test
  void readersNeverMissAKeyThatIsOverwrittenWhileTheIndexGrows() throws Exception {
    fixture.shards = 1;
    Engine engine = fixture.open();
    engine.put(bytes("stays"), bytes("0"));
    inThreads(
        3,
        thread -> {
          if (thread == 0) {
            for (int i = 0; i < 40_000; i++) {
              engine.put(bytes("other" + i), bytes("x"));
              engine.put(bytes("stays"), bytes("" + i));
              if (i % 3 == 0) {
                engine.delete(bytes("other" + i / 2));
              }
            }
            engine.put(bytes("stays"), bytes("end"));
            return 0;
          }
          int last = 0;
          while (true) {
            String value = engine.get(bytes("stays")).orElseThrow().toUtf8();
            if (value.equals("end")) {
              return 0;
            }
            assertThat(Integer.parseInt(value)).isGreaterThanOrEqualTo(last);
            last = Integer.parseInt(value);
          }
        });
    assertThat(engine.get(bytes("stays"))).contains(bytes("end"));
  }

  /** Work of one of several threads. */
  interface ThreadWork {
    int run(int thread) throws Exception;
  }

  static List<Integer> inThreads(int threads, ThreadWork work) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        futures.add(executor.submit(() -> work.run(thread)));
      }
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  @Test
  void transactionThatWritesNothingWaitsForWhatItMayHaveReadAndOneThatOnlyReadsDoesNot() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"));
    journal.awaited.clear();
    Optional<Bytes> read = engine.transact(tx -> tx.get(bytes("a")));
    assertThat(read).isPresent();
    engine.transact(tx -> {
      tx.delete(bytes("absent"));
      return tx;
    });
    assertThat(journal.awaited).containsExactly(Position.of(10), Position.of(10));
    read = engine.transact(TransactionOptions.READ_ONLY, tx -> tx.get(bytes("a")));
    assertThat(read).isPresent();
    assertThat(journal.awaited).hasSize(2);
  }
}
