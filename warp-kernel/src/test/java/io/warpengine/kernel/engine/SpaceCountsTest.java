package io.warpengine.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.Seeds;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SpaceCountsTest {

  private static StoredRecord record(int space, String key, int valueBytes) {
    Bytes value = Bytes.copyOf(new byte[valueBytes]);
    return StoredRecord.of(SpaceKeys.stored(space, Bytes.utf8(key)), value, 1, 1, 0);
  }

  @Test
  void everySpaceIsCountedApart() {
    Seeds.forEach(
        20,
        seed -> {
          Random random = new Random(seed);
          SpaceCounts counts = new SpaceCounts();
          Map<Integer, Map<String, StoredRecord>> model = new TreeMap<>();
          for (int i = 0; i < 500; i++) {
            int space = random.nextInt(40);
            String key = "k".repeat(1 + random.nextInt(9));
            Map<String, StoredRecord> there = model.computeIfAbsent(space, one -> new TreeMap<>());
            if (random.nextInt(3) == 0) {
              StoredRecord removed = there.remove(key);
              if (removed != null) {
                counts.removed(removed);
              }
            } else {
              StoredRecord stored = record(space, key, random.nextInt(9));
              counts.stored(stored, there.put(key, stored));
            }
          }
          SpaceCounts twice = new SpaceCounts();
          twice.add(counts);
          twice.add(counts);
          model.forEach((space, there) -> {
            long keyBytes = there.keySet().stream().mapToLong(String::length).sum();
            long valueBytes = there.values().stream().mapToLong(StoredRecord::valueSize).sum();
            assertThat(counts.of(space))
                .isEqualTo(new SpaceCounts.Figures(there.size(), keyBytes, valueBytes));
            assertThat(twice.of(space))
                .isEqualTo(
                    new SpaceCounts.Figures(2L * there.size(), 2 * keyBytes, 2 * valueBytes));
          });
        });
  }

  @Test
  void defaultSpaceIsWhatIsLeft() {
    SpaceCounts counts = new SpaceCounts();
    counts.stored(record(3, "abc", 10), null);
    counts.stored(record(SpaceKeys.CATALOG, "x", 20), null);
    Bytes marked = SpaceKeys.stored(SpaceKeys.DEFAULT, Bytes.copyOf(new byte[] {-1, 1}));
    counts.stored(StoredRecord.of(marked, Bytes.utf8("1234"), 1, 1, 0), null);
    long keyBytes = (5 + 3) + (5 + 1) + (1 + 2) + 7;
    assertThat(counts.main(4, keyBytes, 10 + 20 + 4 + 5))
        .isEqualTo(new SpaceCounts.Figures(2, 2 + 7, 4 + 5));
  }
}
