package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.Position;
import io.warpengine.api.Scan;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.kernel.store.HeapStorage;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.Storage;
import io.warpengine.spi.store.StoredRecord;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A write that the journal holds and memory lacks: nothing is served any more until reopened. */
final class EnginePartingTest {

  private final EngineFixture fixture = new EngineFixture();
  private final HeapStorage heap = new HeapStorage();
  private boolean scarce;

  private final class Shortage extends ForwardingStore {

    Shortage(ShardStore store) {
      super(store);
    }

    @Override
    public @Nullable StoredRecord put(StoredRecord record) {
      check();
      return super.put(record);
    }

    @Override
    public @Nullable StoredRecord remove(int hash, Bytes key) {
      check();
      return super.remove(hash, key);
    }

    private void check() {
      if (scarce) {
        throw new OutOfMemoryError("planted");
      }
    }
  }

  private final class ShortStorage implements Storage {

    @Override
    public ShardStore newShard(int shard) {
      return new Shortage(heap.newShard(shard));
    }

    @Override
    public int formatVersion() {
      return heap.formatVersion();
    }
  }

  private static void assertParted(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WarpException.class,
            e -> {
              assertThat(e.code()).isEqualTo(EngineError.WRITE_NOT_APPLIED);
              assertThat(e).hasRootCauseInstanceOf(OutOfMemoryError.class);
            });
  }

  private void assertPartedBy(int writes, WriteToEngine write) {
    scarce = false;
    HeldJournal journal = new HeldJournal();
    fixture.journal = journal;
    fixture.storage = new ShortStorage();
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"));
    scarce = true;
    int before = journal.staged.size();
    assertParted(() -> write.to(engine));
    assertThat(journal.staged).as("staged, so recovery brings it").hasSize(before + writes);
    scarce = false;
    assertParted(() -> engine.get(bytes("a")));
    assertParted(() -> engine.put(bytes("b"), bytes("1")));
    assertParted(() -> engine.writeBatch(new WriteBatch().put(bytes("c"), bytes("1"))));
    assertParted(() -> engine.scan(Scan.all()));
    assertParted(engine::stats);
    assertParted(engine::flush);
    assertThat(engine.async().get(bytes("a")).toCompletableFuture()).isCompletedExceptionally();
    assertParted(() -> journal.owners.getFirst().write(Position.START, name -> new Nowhere()));
    engine.close();
    assertThat(fixture.closes).isPositive();
    fixture.journal =
        new HeldJournal().replaying(journal.staged.toArray(HeldJournal.Staged[]::new));
    fixture.storage = heap;
    try (Engine reopened = fixture.open()) {
      assertThat(reopened.stats().shards().stream().mapToLong(shard -> shard.sequence()).sum())
          .isEqualTo(1 + writes);
    }
  }

  private interface WriteToEngine {
    void to(Engine engine);
  }

  private static final class Nowhere implements io.warpengine.spi.store.CheckpointSink.Output {
    @Override
    public void write(byte[] source, int offset, int length) {}

    @Override
    public void close() {}
  }

  @Test
  void putThatIsStagedAndNotAppliedEndsReadingAndWriting() {
    assertPartedBy(1, engine -> engine.put(bytes("x"), bytes("1")));
  }

  @Test
  void deleteThatIsStagedAndNotAppliedEndsReadingAndWriting() {
    assertPartedBy(1, engine -> engine.delete(bytes("a"), WriteOptions.DEFAULT));
  }

  @Test
  void batchThatIsStagedAndNotAppliedEndsReadingAndWriting() {
    WriteBatch batch = new WriteBatch().put(bytes("x"), bytes("1")).put(bytes("y"), bytes("2"));
    assertPartedBy(2, engine -> engine.writeBatch(batch));
  }

  @Test
  void withoutAJournalAWriteThatFailsIsTheOnlyOne() {
    fixture.storage = new ShortStorage();
    Engine engine = fixture.open();
    engine.put(bytes("a"), bytes("1"));
    scarce = true;
    for (WriteToEngine write :
        List.<WriteToEngine>of(
            one -> one.put(bytes("b"), bytes("1")),
            one -> one.delete(bytes("a")),
            one -> one.writeBatch(new WriteBatch().put(bytes("b"), bytes("1"))))) {
      assertThatThrownBy(() -> write.to(engine)).isInstanceOf(OutOfMemoryError.class);
    }
    scarce = false;
    assertThat(engine.get(bytes("a"))).contains(bytes("1"));
    assertThat(engine.get(bytes("b"))).isEmpty();
  }
}
