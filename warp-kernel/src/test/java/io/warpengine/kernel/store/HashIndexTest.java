package io.warpengine.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class HashIndexTest {

  private static StoredRecord record(int key, int hash, long sequence) {
    Bytes bytes = Bytes.utf8("k" + key);
    return StoredRecord.of(bytes, Bytes.utf8("v" + sequence), hash, sequence, 0);
  }

  private static void put(HashIndex index, StoredRecord record) {
    int slot = index.slotOf(record);
    if (slot >= 0) {
      index.replace(slot, record);
    } else {
      index.reserve();
      index.insert(record);
    }
  }

  @Test
  void behavesLikeAMapWhateverTheHashes() {
    Seeds.forEach(
        30,
        seed -> {
          Random random = new Random(seed);
          int[] masks = {-1, 0xff, 3, 0, 0xf000_0000};
          int mask = masks[(int) (seed % masks.length)];
          int space = 1 + random.nextInt(600);
          HashIndex index = new HashIndex();
          Map<Integer, StoredRecord> model = new HashMap<>();
          for (int step = 1; step < 8_000; step++) {
            int key = random.nextInt(space);
            int hash = key * 0x9e37_79b1 & mask;
            if (random.nextInt(2 + (step / 1_000) % 3) == 0) {
              int slot = index.slotOf(hash, Bytes.utf8("k" + key));
              assertThat(slot >= 0).isEqualTo(model.remove(key) != null);
              if (slot >= 0) {
                index.delete(slot);
              }
            } else {
              StoredRecord record = record(key, hash, step);
              put(index, record);
              model.put(key, record);
            }
            int asked = random.nextInt(space);
            assertThat(index.find(asked * 0x9e37_79b1 & mask, Bytes.utf8("k" + asked)))
                .isSameAs(model.get(asked));
          }
          for (int key = 0; key < space; key++) {
            assertThat(index.find(key * 0x9e37_79b1 & mask, Bytes.utf8("k" + key)))
                .isSameAs(model.get(key));
          }
        });
  }

  @Test
  void recordsOfOneHashAreWalkedOneByOne() {
    HashIndex index = new HashIndex();
    List<StoredRecord> same = new ArrayList<>();
    for (int key = 0; key < 5; key++) {
      same.add(record(key, 9, key));
      put(index, same.get(key));
      put(index, record(100 + key, 10, key));
    }
    index.delete(index.slotOf(9, Bytes.utf8("k2")));
    same.remove(2);
    List<StoredRecord> walked = new ArrayList<>();
    for (StoredRecord next = index.withHash(9, null);
        next != null;
        next = index.withHash(9, next)) {
      walked.add(next);
    }
    assertThat(walked).containsExactlyInAnyOrderElementsOf(same);
  }

  @Test
  void keyThatIsAlwaysThereIsAlwaysFoundAndOneThatComesAndGoesIsFoundWhole() throws Exception {
    HashIndex index = new HashIndex();
    int always = 40;
    for (int key = 0; key < always; key++) {
      put(index, record(key, key * 7 & 31, 1));
    }
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      Future<?> writer =
          executor.submit(() -> {
            Random random = new Random(1);
            for (int step = 2; step < 300_000; step++) {
              int key = random.nextInt(always + 60);
              int hash = key * 7 & 31;
              if (key < always || random.nextBoolean()) {
                put(index, record(key, hash, step));
              } else {
                int slot = index.slotOf(hash, Bytes.utf8("k" + key));
                if (slot >= 0) {
                  index.delete(slot);
                }
              }
            }
            done.set(true);
          });
      List<Future<?>> readers = new ArrayList<>();
      for (int reader = 0; reader < 2; reader++) {
        int seed = reader;
        readers.add(
            executor.submit(() -> {
              Random random = new Random(seed);
              long[] last = new long[always];
              while (!done.get()) {
                int key = random.nextInt(always + 60);
                StoredRecord found = index.find(key * 7 & 31, Bytes.utf8("k" + key));
                if (key < always) {
                  assertThat(found).isNotNull();
                  assertThat(found.sequence()).isGreaterThanOrEqualTo(last[key]);
                  last[key] = found.sequence();
                }
                if (found != null) {
                  assertThat(found.key()).isEqualTo(Bytes.utf8("k" + key));
                  assertThat(found.value()).isEqualTo(Bytes.utf8("v" + found.sequence()));
                }
              }
            }));
      }
      writer.get();
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
  }
}
