package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.Scan;
import io.warpengine.api.ShardStats;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.MemoryCheckpoint;
import io.warpengine.testkit.Seeds;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class EngineRecoveryTest {

  private final EngineFixture fixture = new EngineFixture();

  private Engine reopen(HeldJournal before) {
    HeldJournal after = new HeldJournal();
    after.replayed.add(before.staged);
    fixture.journal = after;
    return fixture.open();
  }

  private static NavigableMap<Bytes, Bytes> content(Engine engine) {
    NavigableMap<Bytes, Bytes> content = new TreeMap<>();
    engine.scan(Scan.all()).forEachRemaining(entry -> content.put(entry.key(), entry.value()));
    return content;
  }

  private static void write(Engine engine, Generator generator) {
    Bytes key = generator.key();
    switch (generator.below(6)) {
      case 0 -> engine.delete(key);
      case 1 ->
          engine.writeBatch(new WriteBatch().put(key, generator.value()).delete(generator.key()));
      case 2 -> engine.put(key, generator.value(), WriteOptions.timeToLive(Duration.ofHours(1)));
      default -> engine.put(key, generator.value());
    }
  }

  @Test
  void replayBringsBackEveryRecordAndEverySequence() {
    Seeds.forEach(
        10,
        seed -> {
          Generator generator = new Generator(seed);
          HeldJournal journal = new HeldJournal();
          fixture.journal = journal;
          fixture.shards = 1 + generator.below(5);
          Engine engine = fixture.open();
          for (int i = 0; i < 1_500; i++) {
            write(engine, generator);
          }
          Engine again = reopen(journal);
          assertThat(content(again)).isEqualTo(content(engine));
          assertThat(again.stats().shards()).isEqualTo(engine.stats().shards());
          content(engine)
              .keySet()
              .forEach(key -> assertThat(again.entry(key)).isEqualTo(engine.entry(key)));
        });
  }

  @Test
  void replayInAnotherOrderAndTwiceChangesNothing() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    Generator generator = new Generator(5);
    for (int i = 0; i < 1_000; i++) {
      write(engine, generator);
    }
    NavigableMap<Bytes, Bytes> expected = content(engine);
    Collections.reverse(journal.staged);
    journal.staged.addAll(List.copyOf(journal.staged));
    assertThat(content(reopen(journal))).isEqualTo(expected);
  }

  @Test
  void sequencesGoOnAfterADeleteThatWasTheLastWrite() {
    fixture.shards = 1;
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"));
    engine.delete(bytes("a"));
    Engine again = reopen(journal);
    assertThat(again.runs().hasHistory()).as("what followers missed").isTrue();
    assertThat(again.get(bytes("a"))).isEmpty();
    assertThat(again.put(bytes("a"), bytes("2")).sequence()).isEqualTo(3);
  }

  @Test
  void recoveredRecordsExpire() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    fixture.open().put(bytes("a"), bytes("1"), WriteOptions.timeToLive(Duration.ofSeconds(1)));
    Engine again = reopen(journal);
    assertThat(again.get(bytes("a"))).isPresent();
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(again.get(bytes("a"))).isEmpty();
    assertThat(again.stats().keys()).isZero();
  }

  @Test
  void checkpointAndTheLogAfterItMakeTheWhole() {
    Seeds.forEach(
        10,
        seed -> {
          Generator generator = new Generator(seed);
          HeldJournal journal = new HeldJournal();
          fixture.journal = journal;
          fixture.shards = 1 + generator.below(12);
          Engine engine = fixture.open();
          for (int i = 0; i < 1_200; i++) {
            write(engine, generator);
          }
          MemoryCheckpoint checkpoint =
              MemoryCheckpoint.of(journal.owners.getFirst(), journal.staged());
          int covered = journal.staged.size();
          List<ShardStats> sequences = engine.stats().shards();
          Engine restored = restore(checkpoint, new HeldJournal());
          assertThat(content(restored)).isEqualTo(content(engine));
          assertThat(restored.stats().shards()).isEqualTo(sequences);
          for (int i = 0; i < 300; i++) {
            write(engine, generator);
          }
          HeldJournal rest = new HeldJournal();
          rest.replayed.add(journal.staged.subList(covered, journal.staged.size()));
          Engine again = restore(checkpoint, rest);
          assertThat(content(again)).isEqualTo(content(engine));
          assertThat(again.stats().shards()).isEqualTo(engine.stats().shards());
        });
  }

  @Test
  void checkpointWrittenWhileOthersWriteIsMadeWholeByTheLog() throws Exception {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Engine engine = fixture.open();
    Generator generator = new Generator(3, 2_000);
    for (int i = 0; i < 5_000; i++) {
      engine.put(generator.key(), generator.value(20));
    }
    AtomicReference<MemoryCheckpoint> checkpoint = new AtomicReference<>();
    int covered = journal.staged.size();
    AtomicBoolean done = new AtomicBoolean();
    EngineConditionalTest.inThreads(
        2,
        thread -> {
          if (thread == 0) {
            try {
              checkpoint.set(MemoryCheckpoint.of(journal.owners.getFirst(), journal.staged()));
            } finally {
              done.set(true);
            }
          } else {
            Generator other = new Generator(4, 2_000);
            while (!done.get()) {
              if (other.chance(0.3)) {
                engine.delete(other.key());
              } else {
                engine.put(other.key(), other.value(20));
              }
            }
          }
          return 0;
        });
    HeldJournal rest = new HeldJournal();
    rest.replayed.add(journal.staged.subList(covered, journal.staged.size()));
    Engine again = restore(checkpoint.get(), rest);
    assertThat(content(again)).isEqualTo(content(engine));
    assertThat(again.stats().shards()).isEqualTo(engine.stats().shards());
  }

  @Test
  void checkpointOfManyShardsAndLargeValuesIsTakenBack() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    fixture.shards = 120;
    Engine engine = fixture.open();
    Generator generator = new Generator(9);
    for (int i = 0; i < 300; i++) {
      engine.put(bytes("k" + i), generator.value(EngineFixture.MAX_VALUE - i));
    }
    MemoryCheckpoint checkpoint = MemoryCheckpoint.of(journal.owners.getFirst(), Position.of(1));
    assertThat(checkpoint.files()).hasSize(120).contains("shard-00", "shard-99", "shard-119");
    assertThat(content(restore(checkpoint, new HeldJournal()))).isEqualTo(content(engine));
  }

  @Test
  void cutCheckpointIsRefused() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    fixture.shards = 1;
    fixture.open().put(bytes("a"), bytes("1"));
    MemoryCheckpoint whole = MemoryCheckpoint.of(journal.owners.getFirst(), Position.of(1));
    byte[] content = whole.content("shard-00");
    for (int size = 0; size < content.length; size++) {
      MemoryCheckpoint cut =
          MemoryCheckpoint.part(Map.of("shard-00", Arrays.copyOf(content, size)), "");
      assertDamaged(cut);
    }
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) 0xff);
    assertDamaged(MemoryCheckpoint.part(Map.of("shard-00", endless), ""));
  }

  private void assertDamaged(MemoryCheckpoint checkpoint) {
    assertThatThrownBy(() -> restore(checkpoint, new HeldJournal()))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.INTERNAL_ERROR));
  }

  @Test
  void ownersOfPluginsComeAfterTheShards() {
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    Checkpointable other =
        new ShardCheckpoint(
            EngineFixture.shards(new KeyHash(1), fixture.parts().slots(), fixture.storage),
            1,
            () -> {});
    new Engine(fixture.parts()).recover(List.of(other));
    assertThat(journal.owners).hasSize(2).endsWith(other);
    assertThat(journal.owners.getFirst().owner()).isEqualTo("shards");
    assertThat(journal.owners.getFirst().formatVersion()).isEqualTo(1);
  }

  @Test
  void recordsForFollowersComeInRunsOfOneShard() {
    Engine engine = fixture.open();
    for (int i = 0; i < 200; i++) {
      engine.put(bytes("k" + i), bytes("1"));
    }
    ShardRuns runs = new Engine(fixture.parts()).runs();
    assertThat(runs.hasHistory()).isFalse();
    int found = 0;
    for (Shard shard : engine.shards().all) {
      ShardRuns own = engine.runs();
      assertThat(own.hasHistory()).isTrue();
      assertThat(own.staged()).isZero();
      Optional<Bytes> after = Optional.empty();
      int count;
      do {
        var run = own.read(shard.number, after, 7);
        assertThat(run.sequence()).isEqualTo(shard.sequence);
        count = run.records().size();
        found += count;
        after = count == 0 ? after : Optional.of(run.records().getLast().key());
      } while (count == 7);
    }
    assertThat(found).isEqualTo(200);
  }

  /** Opens an engine whose journal restores a checkpoint before it replays. */
  private Engine restore(CheckpointSource checkpoint, HeldJournal rest) {
    fixture.journal = new RestoringJournal(rest, checkpoint);
    return fixture.open();
  }

  private record RestoringJournal(HeldJournal rest, CheckpointSource checkpoint)
      implements Journal {

    @Override
    public void recover(boolean readOnly, Replay replay, List<Checkpointable> owners) {
      owners.getFirst().restore(1, checkpoint);
      rest.recover(readOnly, replay, owners);
    }

    @Override
    public Set<Durability> durabilities() {
      return rest.durabilities();
    }

    @Override
    public Durability defaultDurability() {
      return rest.defaultDurability();
    }

    @Override
    public long stage(int shard, StoredRecord record) {
      return rest.stage(shard, record);
    }

    @Override
    public long stage(int[] shards, StoredRecord[] records, int count) {
      return rest.stage(shards, records, count);
    }

    @Override
    public Durability await(long lsn, Durability durability) {
      return rest.await(lsn, durability);
    }

    @Override
    public void whenReached(long lsn, Durability durability, Waiter waiter) {
      rest.whenReached(lsn, durability, waiter);
    }

    @Override
    public Position staged() {
      return rest.staged();
    }

    @Override
    public Position durable() {
      return rest.durable();
    }

    @Override
    public String refusal() {
      return rest.refusal();
    }

    @Override
    public void close() {
      rest.close();
    }
  }
}
