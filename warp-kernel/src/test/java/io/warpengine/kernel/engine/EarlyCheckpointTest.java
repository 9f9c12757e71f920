package io.warpengine.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.Position;
import io.warpengine.kernel.store.HashPlacement;
import io.warpengine.kernel.store.HeapStorage;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.MemoryCheckpoint;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class EarlyCheckpointTest {

  private final Shards shards =
      new Shards(new KeyHash(1), new HashPlacement().place(1), new HeapStorage());

  @Test
  void checkpointBegunDuringRecoveryHoldsWhatWasRecovered() throws Exception {
    Shard shard = shards.all[0];
    ShardCheckpoint owner = new ShardCheckpoint(shards, 1);
    shard.store.load(StoredRecord.of(Bytes.utf8("key"), Bytes.utf8("value"), 0, 1, 0));
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<MemoryCheckpoint> early =
          pool.submit(() -> MemoryCheckpoint.of(owner, Position.of(1)));
      shard.store.loaded();
      owner.recovered(true);
      byte[] written = early.get().content("shard-00");
      assertThat(Bytes.copyOf(written).toUtf8()).contains("value");
    }
  }

  @Test
  void checkpointOfWhatWasNotRecoveredFails() {
    ShardCheckpoint owner = new ShardCheckpoint(shards, 1);
    owner.recovered(false);
    assertThatThrownBy(() -> MemoryCheckpoint.of(owner, Position.of(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
