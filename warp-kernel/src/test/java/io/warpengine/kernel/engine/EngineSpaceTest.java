package io.warpengine.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.SpaceOptions;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WriteBatch;
import io.warpengine.spi.access.WriteInterceptor;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the contract of databases cannot see of spaces. */
final class EngineSpaceTest {

  private final EngineFixture fixture = new EngineFixture();

  private static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }

  private static void fails(CoreError code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(WarpException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static HeldJournal.Staged[] all(HeldJournal journal) {
    return journal.staged.toArray(HeldJournal.Staged[]::new);
  }

  @Test
  void interceptorsSeeSpaceAndUsersKeyAndNothingOfTheCatalog() {
    List<String> seen = new ArrayList<>();
    fixture.interceptors =
        List.of(
            new WriteInterceptor() {
              @Override
              public Bytes onPut(String space, Bytes key, Bytes value) {
                seen.add("put [" + space + "] " + key.toUtf8());
                return value;
              }

              @Override
              public void onDelete(String space, Bytes key) {
                seen.add("delete [" + space + "] " + key.toUtf8());
              }
            });
    Engine engine = fixture.open();
    WarpSpace space = engine.space("a");
    engine.put(bytes("k1"), bytes("v"));
    space.put(bytes("k2"), bytes("v"));
    space.delete(bytes("k2"));
    engine.writeBatch(
        new WriteBatch().put(bytes("k3"), bytes("v")).space("a").put(bytes("k4"), bytes("v")));
    engine.dropSpace("a");
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(seen)
        .containsExactly("put [] k1", "put [a] k2", "delete [a] k2", "put [] k3", "put [a] k4");
  }

  @Test
  void spaceIsMadeAndDroppedByOneFrameThatIsWaitedForLongest() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.space(
        "a",
        SpaceOptions.DEFAULT
            .withTimeToLive(Duration.ofMillis(7))
            .withDurability(Durability.MEMORY));
    assertThat(journal.frame(HeldJournal.FRAME))
        .extracting(
            record -> SpaceKeys.keyOf(record.key()).toUtf8() + " " + record.value().toUtf8())
        .containsExactly("space/a id=1\ntime-to-live-millis=7\ndurability=MEMORY\n", "next-id 2");
    engine.dropSpace("a");
    assertThat(journal.frame(2 * HeldJournal.FRAME))
        .extracting(
            record -> SpaceKeys.keyOf(record.key()).toUtf8() + " " + record.value().toUtf8())
        .containsExactly("space/a ", "dropped/1 a");
    assertThat(journal.awaited).hasSize(2);
    assertThat(journal.staged)
        .extracting(HeldJournal.Staged::record)
        .allMatch(record -> SpaceKeys.spaceOf(record.key()) == SpaceKeys.CATALOG);
  }

  @Test
  void numberOfADroppedSpaceIsNeverUsedAgain() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.space("a");
    engine.dropSpace("a");
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.journal = new HeldJournal().replaying(all(journal));
    fixture.storage = new io.warpengine.kernel.store.HeapStorage();
    Engine again = fixture.open();
    assertThat(again.spaces()).isEmpty();
    Bytes key = bytes("k");
    again.space("a").put(key, key);
    StoredRecord stored = ((HeldJournal) fixture.journal).staged.getLast().record();
    assertThat(SpaceKeys.spaceOf(stored.key())).isEqualTo(2);
  }

  @Test
  void refusedDropAndRefusedMakingChangeNothing() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    WarpSpace space = engine.space("a");
    space.put(bytes("k"), bytes("v"));
    journal.refusal = "No room.";
    fails(CoreError.READ_ONLY, () -> engine.dropSpace("a"));
    fails(CoreError.READ_ONLY, () -> engine.space("b"));
    SpaceOptions options = SpaceOptions.DEFAULT.withTimeToLive(Duration.ofMillis(7));
    fails(CoreError.READ_ONLY, () -> engine.space("a", options));
    assertThat(engine.spaces()).containsExactly("a");
    assertThat(engine.stats().spaces().getFirst().options()).isEqualTo(SpaceOptions.DEFAULT);
    assertThat(space.get(bytes("k"))).contains(bytes("v"));
    journal.refusal = "";
    assertThat(engine.dropSpace("a")).isTrue();
    assertThat(engine.space("a").get(bytes("k"))).isEmpty();
  }

  @Test
  void reclaimingIsDoneInBoundedRunsAndStopsWhileTheJournalRefuses() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    WriteBatch batch = new WriteBatch().space("a");
    for (int i = 0; i < 10_000; i++) {
      batch.put(bytes("" + i), Bytes.EMPTY);
    }
    engine.writeBatch(batch);
    engine.dropSpace("a");
    assertThat(engine.stats().metrics()).containsEntry("engine_spaces_reclaiming_count", 1.0);
    int first = fixture.control.run("reclaim");
    assertThat(first).isBetween(8_192, 8_192 + 128);
    journal.refusal = "No room.";
    assertThat(fixture.control.run("reclaim")).isZero();
    journal.refusal = "";
    assertThat(fixture.control.run("reclaim")).isEqualTo(10_000 - first + 1);
    assertThat(fixture.control.run("reclaim")).isZero();
    assertThat(engine.stats().metrics())
        .containsEntry("engine_spaces_reclaiming_count", 0.0)
        .containsEntry("engine_records_count", 1.0);
    engine.dropSpace("a");
    engine.close();
    assertThat(fixture.control.run("reclaim")).isZero();
  }

  @Test
  void reclaimingGoesOnWhereverAProcessEnded() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    WarpSpace space = engine.space("a");
    for (int i = 0; i < 20; i++) {
      space.put(bytes("" + i), bytes("v"));
    }
    engine.put(bytes("kept"), bytes("v"));
    engine.dropSpace("a");
    int dropped = journal.staged.size();
    fixture.control.run("reclaim");
    int end = journal.staged.size();
    assertThat(end).isEqualTo(dropped + 21);
    for (int frames = dropped; frames <= end; frames++) {
      EngineFixture other = new EngineFixture();
      other.journal = new HeldJournal().replaying(java.util.Arrays.copyOf(all(journal), frames));
      Engine again = other.open();
      assertThat(again.spaces()).isEmpty();
      assertThat(again.stats().keys()).isEqualTo(1);
      other.control.run("reclaim");
      assertThat(again.stats().metrics()).containsEntry("engine_records_count", 2.0);
      assertThat(again.get(bytes("kept"))).contains(bytes("v"));
    }
  }

  @Test
  void writeThatIsReplayedAfterTheDropIsReclaimedToo() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.space("a").put(bytes("k"), bytes("v"));
    HeldJournal.Staged put = journal.staged.getLast();
    engine.dropSpace("a");
    List<HeldJournal.Staged> frames = new ArrayList<>(journal.staged);
    frames.remove(put);
    frames.add(put);
    EngineFixture other = new EngineFixture();
    other.journal = new HeldJournal().replaying(frames.toArray(HeldJournal.Staged[]::new));
    Engine again = other.open();
    other.control.run("reclaim");
    assertThat(again.stats().metrics()).containsEntry("engine_records_count", 1.0);
  }

  @Test
  void entryOfTheCatalogIsReadAsItWasWritten() {
    for (SpaceOptions options :
        List.of(
            SpaceOptions.DEFAULT,
            SpaceOptions.DEFAULT.withTimeToLive(Duration.ofMillis(1)),
            new SpaceOptions(Optional.of(Duration.ofDays(9)), Optional.of(Durability.INTERVAL)))) {
      CatalogEntry entry = new CatalogEntry(77, options);
      assertThat(CatalogEntry.of(entry.toBytes())).isEqualTo(entry);
    }
  }
}
