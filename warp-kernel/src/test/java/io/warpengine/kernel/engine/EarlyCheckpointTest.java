package io.warpengine.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Position;
import io.warpengine.kernel.store.HashPlacement;
import io.warpengine.kernel.store.HeapStorage;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.MemoryCheckpoint;
import org.junit.jupiter.api.Test;

/** A journal may write a checkpoint when replay has ended but its recovery has not returned. */
final class EarlyCheckpointTest {

  @Test
  void checkpointBegunDuringRecoveryHoldsWhatWasRecovered() {
    Shards shards =
        EngineFixture.shards(new KeyHash(1), new HashPlacement().place(1), new HeapStorage());
    Shard shard = shards.all[0];
    shard.store.load(StoredRecord.of(Bytes.utf8("key"), Bytes.utf8("value"), 0, 1, 0));
    byte[] written =
        MemoryCheckpoint.of(new ShardCheckpoint(shards, 1, () -> {}), Position.of(1))
            .content("shard-00");
    assertThat(Bytes.copyOf(written).toUtf8()).contains("value");
    shard.finishLoading();
    assertThat(shard.store.size()).isEqualTo(1);
  }
}
