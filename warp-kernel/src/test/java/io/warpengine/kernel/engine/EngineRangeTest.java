package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.KeyRange;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.api.Watch;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.access.WriteInterceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the contract of a database cannot see of range deletes and watches: frames and hooks. */
final class EngineRangeTest {

  private final EngineFixture fixture = new EngineFixture();
  private final HeldJournal journal = new HeldJournal();

  private static Bytes key(int number) {
    return bytes("k%05d".formatted(number));
  }

  private static void fill(Engine engine, int count) {
    for (int from = 0; from < count; from += 1_000) {
      WriteBatch batch = new WriteBatch();
      for (int i = from; i < Math.min(count, from + 1_000); i++) {
        batch.put(key(i), bytes("v"));
      }
      engine.writeBatch(batch);
    }
  }

  @Test
  void rangeIsRemovedInFramesOfAtMostAThousandAndTwentyFourInKeyOrder() {
    fixture.journal = journal;
    Engine engine = fixture.open();
    fill(engine, 3_000);
    KeyRange range = KeyRange.of(key(100), key(2_900));
    KeyRange.Deleted deleted = engine.deleteRange(range, WriteOptions.durability(Durability.SYNC));
    assertThat(deleted).isEqualTo(new KeyRange.Deleted(2_800, Position.of(60), Durability.SYNC));
    assertThat(journal.frame(40)).hasSize(1_024).allMatch(record -> record.isTombstone());
    assertThat(journal.frame(50)).hasSize(1_024);
    assertThat(journal.frame(60)).hasSize(752);
    assertThat(journal.frame(40).getFirst().key()).isEqualTo(key(100));
    assertThat(journal.frame(60).getLast().key()).isEqualTo(key(2_899));
  }

  @Test
  void longKeysMakeSmallerFrames() {
    fixture.journal = journal;
    Engine engine = fixture.open();
    for (int i = 0; i < 10; i++) {
      engine.put(bytes(i + "x".repeat(60_000)), bytes("v"));
    }
    assertThat(engine.clear().records()).isEqualTo(10);
    assertThat(journal.frame(110)).hasSize(5);
    assertThat(journal.frame(120)).hasSize(5);
  }

  @Test
  void interceptorThatRefusesLeavesTheRecordsFromItsBatchOn() {
    List<Bytes> seen = new ArrayList<>();
    fixture.interceptors =
        List.of(
            new WriteInterceptor() {
              @Override
              public Bytes onPut(String space, Bytes key, Bytes value) {
                return value;
              }

              @Override
              public void onDelete(String space, Bytes key) {
                seen.add(key);
                if (key.equals(key(1_500))) {
                  throw new WarpException(CoreError.WRITE_REFUSED, "Meant to happen.", "");
                }
              }
            });
    Engine engine = fixture.open();
    fill(engine, 2_000);
    assertThatThrownBy(engine::clear).isInstanceOf(WarpException.class);
    assertThat(seen).hasSize(1_501);
    assertThat(engine.stats().keys()).isEqualTo(2_000 - 1_024);
    assertThat(engine.get(key(1_023))).isEmpty();
    assertThat(engine.get(key(1_024))).isPresent();
  }

  @Test
  void journalThatRefusesStopsARangeDelete() {
    fixture.journal = journal;
    Engine engine = fixture.open();
    fill(engine, 10);
    journal.refusal = "The disk is full.";
    assertThatThrownBy(engine::clear).isInstanceOf(WarpException.class);
    assertThat(engine.stats().keys()).isEqualTo(10);
  }

  @Test
  void nothingToDeleteStillWaitsForWhatWasSeen() {
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"));
    engine.delete(bytes("a"));
    journal.awaited.clear();
    assertThat(engine.clear()).isEqualTo(new KeyRange.Deleted(0, Position.of(20), Durability.SYNC));
    assertThat(journal.awaited).containsExactly(Position.of(20));
  }

  @Test
  void expiredRecordIsToldAsADeleteWhenItIsRemoved() {
    Engine engine = fixture.open();
    List<Watch.Event> events = new ArrayList<>();
    engine.watch(bytes("a"), events::add);
    engine.put(bytes("a"), bytes("1"), WriteOptions.timeToLive(Duration.ofMillis(10)));
    fixture.clock.advance(Duration.ofMillis(5));
    assertThat(events).hasSize(1);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(events).hasSize(2);
    assertThat(events.getLast()).isEqualTo(new Watch.Event.Delete(bytes("a"), 2, Position.START));
  }
}
