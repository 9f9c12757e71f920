package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Scan;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.access.WriteInterceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EngineExpiryTest {

  private static final WriteOptions SECOND = WriteOptions.timeToLive(Duration.ofSeconds(1));

  private final EngineFixture fixture = new EngineFixture();

  /** Lets wall time pass without background work. */
  private void jump(Duration time) {
    fixture.control.run("expiry");
    fixture.clock.setWall(Instant.ofEpochMilli(fixture.clock.millis()).plus(time));
  }

  @Test
  void recordIsThereUntilItsTimeAndThenGoneForEveryOperation() {
    Engine engine = fixture.open();
    for (String key : new String[] {"a", "b", "c", "d", "e"}) {
      engine.put(bytes(key), bytes("7"), SECOND);
    }
    engine.put(bytes("stays"), bytes("7"));
    jump(Duration.ofMillis(999));
    assertThat(engine.get(bytes("a"))).isPresent();
    assertThat(engine.entry(bytes("a")).orElseThrow().expiresAt())
        .contains(Instant.ofEpochMilli(fixture.clock.millis() + 1));
    jump(Duration.ofMillis(1));
    assertThat(engine.stats().keys()).as("not yet removed").isEqualTo(6);
    assertThat(engine.get(bytes("a"))).isEmpty();
    assertThat(engine.entry(bytes("a"))).isEmpty();
    assertThat(engine.delete(bytes("a"))).isEmpty();
    EngineReadWriteTest.assertSame(engine.scan(Scan.all()), Map.of(bytes("stays"), bytes("7")));
    assertThat(engine.compareAndSet(bytes("b"), bytes("7"), bytes("8"), WriteOptions.DEFAULT))
        .isEmpty();
    assertThat(engine.putIfAbsent(bytes("c"), bytes("9"), WriteOptions.DEFAULT)).isPresent();
    assertThat(engine.get(bytes("c"))).contains(bytes("9"));
    assertThat(engine.increment(bytes("d"), 1, WriteOptions.DEFAULT).value()).isEqualTo(1);
    assertThat(engine.entry(bytes("d")).orElseThrow().expiresAt()).isEmpty();
  }

  @Test
  void overwriteSetsTheExpiryAnew() {
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"), SECOND);
    engine.put(bytes("a"), bytes("2"));
    engine.put(bytes("b"), bytes("1"));
    engine.put(bytes("b"), bytes("2"), SECOND);
    fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(engine.get(bytes("a"))).contains(bytes("2"));
    assertThat(engine.get(bytes("b"))).isEmpty();
  }

  @Test
  void whatIsGoneStaysGoneWhenTheClockGoesBack() {
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"), SECOND);
    jump(Duration.ofSeconds(1));
    assertThat(engine.get(bytes("a"))).isEmpty();
    fixture.clock.setWall(Instant.ofEpochMilli(fixture.clock.millis() - 100_000));
    assertThat(engine.get(bytes("a"))).isEmpty();
    engine.put(bytes("b"), bytes("1"), SECOND);
    assertThat(engine.get(bytes("b"))).as("lives from the latest time seen").isPresent();
    fixture.clock.setWall(Instant.ofEpochMilli(fixture.clock.millis() + 100_999));
    assertThat(engine.get(bytes("b"))).isPresent();
    fixture.clock.setWall(Instant.ofEpochMilli(fixture.clock.millis() + 1));
    assertThat(engine.get(bytes("b"))).isEmpty();
  }

  @Test
  void whatIsGoneStaysGoneWhenTheNextProcessBeginsWithAnEarlierTime() {
    Instant begin = Instant.ofEpochMilli(fixture.clock.millis());
    HeldJournal first = new HeldJournal();
    fixture.journal = first;
    try (Engine engine = fixture.open()) {
      engine.put(bytes("a"), bytes("1"), SECOND);
      engine.put(bytes("later"), bytes("1"), WriteOptions.timeToLive(Duration.ofSeconds(9)));
      fixture.clock.setWall(begin.plusSeconds(1));
      assertThat(engine.get(bytes("a"))).isEmpty();
    }
    HeldJournal reading = new HeldJournal();
    reading.replaying(first.staged.toArray(HeldJournal.Staged[]::new));
    fixture.clock.setWall(begin.minusSeconds(100));
    fixture.journal = reading;
    fixture.readOnly = "For reading.";
    try (Engine engine = fixture.open()) {
      assertThat(engine.get(bytes("a"))).isEmpty();
    }
    HeldJournal second = new HeldJournal();
    second.replaying(first.staged.toArray(HeldJournal.Staged[]::new));
    fixture.journal = second;
    fixture.readOnly = "";
    try (Engine engine = fixture.open()) {
      assertThat(engine.get(bytes("a"))).isEmpty();
      assertThat(engine.get(bytes("later"))).isPresent();
      engine.put(bytes("b"), bytes("1"), SECOND);
    }
    HeldJournal third = new HeldJournal();
    third.replaying(first.staged.toArray(HeldJournal.Staged[]::new));
    third.replaying(second.staged.toArray(HeldJournal.Staged[]::new));
    fixture.journal = third;
    try (Engine engine = fixture.open()) {
      assertThat(engine.get(bytes("a"))).as("deleted in the journal").isEmpty();
      assertThat(engine.get(bytes("b"))).as("lives by the machine's time").isPresent();
    }
  }

  @Test
  void expiredRecordsAreDeletedInTheBackgroundAndJournalled() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    int records = 3_000;
    for (int i = 0; i < records; i++) {
      engine.put(bytes("short" + i), bytes("1"), SECOND);
      engine.put(bytes("stays" + i), bytes("1"));
      if (i % 3 == 0) {
        engine.put(bytes("long" + i), bytes("1"), WriteOptions.timeToLive(Duration.ofSeconds(100)));
      }
    }
    fixture.clock.advance(Duration.ofMillis(500));
    assertThat(engine.stats().keys()).isEqualTo(records * 2 + records / 3);
    fixture.clock.advance(Duration.ofMillis(500));
    fixture.clock.advance(Duration.ofMillis(500));
    assertThat(engine.stats().keys()).isEqualTo(records + records / 3);
    assertThat(engine.stats().metrics()).containsEntry("engine_expired_count", (double) records);
    assertThat(journal.staged.stream().filter(one -> one.record().isTombstone())).hasSize(records);
    for (int i = 0; i < 10; i++) {
      fixture.clock.advance(Duration.ofSeconds(20));
    }
    assertThat(engine.stats().keys()).isEqualTo(records);
  }

  @Test
  void oneRunLooksAtABoundedNumberOfRecords() {
    fixture.shards = 1;
    Engine engine = fixture.open();
    int records = 20_000;
    for (int i = 0; i < records; i++) {
      engine.put(bytes("k" + i), bytes("1"), SECOND);
    }
    fixture.clock.setWall(Instant.ofEpochMilli(fixture.clock.millis() + 1_000));
    int first = fixture.control.run("expiry");
    assertThat(first).isBetween(1_000, 10_000);
    int all = first;
    for (int i = 0; i < 20; i++) {
      all += fixture.control.run("expiry");
    }
    assertThat(all).isEqualTo(records);
    assertThat(fixture.control.run("expiry")).isZero();
  }

  @Test
  void recordThatWasOverwrittenIsNotRemoved() {
    fixture.shards = 1;
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"), SECOND);
    fixture.clock.setWall(Instant.ofEpochMilli(fixture.clock.millis() + 1_000));
    engine.put(bytes("a"), bytes("2"));
    fixture.control.run("expiry");
    assertThat(engine.get(bytes("a"))).contains(bytes("2"));
  }

  @Test
  void backgroundWorkRestsWhileTheJournalRefusesAndGoesOnAfterwards() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"), SECOND);
    journal.refusal = "Full.";
    fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(engine.stats().keys()).isEqualTo(1);
    journal.refusal = "";
    fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(engine.stats().keys()).isZero();
  }

  @Test
  void expiryIsNoDeleteThatAnInterceptorCanRefuse() {
    fixture.interceptors = List.of(new NoDeletes());
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"), SECOND);
    assertThatThrownBy(() -> engine.delete(bytes("a"))).hasMessageContaining("Nothing goes.");
    assertThat(engine.get(bytes("a"))).isPresent();
    fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(engine.stats().keys()).isZero();
  }

  private static final class NoDeletes implements WriteInterceptor {
    @Override
    public Bytes onPut(String space, Bytes key, Bytes value) {
      return value;
    }

    @Override
    public void onDelete(String space, Bytes key) {
      throw new WarpException(CoreError.READ_ONLY, "Nothing goes.", "");
    }
  }

  @Test
  void timeToLiveIsAtLeastAMillisecondAndEndsWithinTheRange() {
    Engine engine = fixture.open();
    for (Duration bad :
        new Duration[] {
          Duration.ZERO,
          Duration.ofMillis(-1),
          Duration.ofNanos(999_999),
          Duration.ofMillis(Long.MAX_VALUE),
          Duration.ofSeconds(Long.MAX_VALUE),
          Duration.ofSeconds(Long.MIN_VALUE)
        }) {
      assertThatThrownBy(() -> engine.put(bytes("a"), bytes("1"), WriteOptions.timeToLive(bad)))
          .as("%s", bad)
          .isInstanceOfSatisfying(
              WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.TTL_INVALID));
    }
    engine.put(
        bytes("a"),
        bytes("1"),
        WriteOptions.timeToLive(Duration.ofMillis(Long.MAX_VALUE - fixture.clock.millis() - 1)));
    assertThat(engine.get(bytes("a"))).isPresent();
  }
}
