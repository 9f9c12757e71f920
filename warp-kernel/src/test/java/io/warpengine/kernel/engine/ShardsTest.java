package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.WriteBatch;
import io.warpengine.kernel.store.HeapStorage;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.Storage;
import io.warpengine.spi.store.StoredRecord;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ShardsTest {

  private static SlotTable allTo(int owner) {
    short[] owners = new short[SlotTable.SLOTS];
    Arrays.fill(owners, (short) owner);
    return new SlotTable(owners, 2);
  }

  @Test
  void writesGoToTheOwnerOfThePresentTableOnly() throws Exception {
    EngineFixture fixture = new EngineFixture();
    fixture.shards = 2;
    Engine engine = fixture.open();
    Shards shards = engine.shards();
    AtomicBoolean done = new AtomicBoolean();
    EngineConditionalTest.inThreads(
        3,
        thread -> {
          if (thread == 0) {
            try {
              for (int round = 0; round < 2_000; round++) {
                int owner = round % 2;
                Shard other = shards.all[1 - owner];
                shards.publish(allTo(owner));
                long before = lastSequence(other);
                Thread.onSpinWait();
                assertThat(lastSequence(other)).isEqualTo(before);
              }
            } finally {
              done.set(true);
            }
          } else {
            for (int i = 0; !done.get(); i++) {
              if (thread == 1) {
                engine.put(bytes("k" + i % 100), bytes("1"));
              } else {
                engine.writeBatch(
                    new WriteBatch()
                        .put(bytes("b" + i % 100), bytes("1"))
                        .put(bytes("c" + i % 100), bytes("1")));
              }
            }
          }
          return 0;
        });
    assertThat(engine.stats().shards()).allMatch(shard -> shard.sequence() > 0);
  }

  private static long lastSequence(Shard shard) {
    shard.lock.lock();
    try {
      return shard.sequence;
    } finally {
      shard.lock.unlock();
    }
  }

  @Test
  void readThatWasRoutedByAFormerTableLooksAgain() {
    EngineFixture fixture = new EngineFixture();
    fixture.shards = 2;
    MovingStorage storage = new MovingStorage();
    fixture.storage = storage;
    Engine engine = fixture.open();
    engine.shards().publish(allTo(1));
    engine.put(bytes("a"), bytes("1"));
    engine.shards().publish(allTo(0));
    storage.onFind = () -> engine.shards().publish(allTo(1));
    assertThat(engine.get(bytes("a"))).contains(bytes("1"));
  }

  /** The heap storage, with something that happens once, at the next lookup. */
  private static final class MovingStorage implements Storage {

    private final HeapStorage heap = new HeapStorage();
    private Runnable onFind = () -> {};

    @Override
    public ShardStore newShard(int shard) {
      return new MovingStore(this, heap.newShard(shard));
    }

    @Override
    public int formatVersion() {
      return heap.formatVersion();
    }
  }

  private static final class MovingStore extends ForwardingStore {

    private final MovingStorage storage;

    MovingStore(MovingStorage storage, ShardStore store) {
      super(store);
      this.storage = storage;
    }

    @Override
    public @Nullable StoredRecord find(int hash, Bytes key) {
      Runnable now = storage.onFind;
      storage.onFind = () -> {};
      StoredRecord record = super.find(hash, key);
      now.run();
      return record;
    }
  }
}
