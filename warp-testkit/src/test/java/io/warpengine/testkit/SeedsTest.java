package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedsTest {

  private final String seed = System.getProperty(Seeds.SEED, "");
  private final String iterations = System.getProperty(Seeds.ITERATIONS, "");

  @AfterEach
  void restoreProperties() {
    restore(Seeds.SEED, seed);
    restore(Seeds.ITERATIONS, iterations);
  }

  private static void restore(String name, String value) {
    if (value.isEmpty()) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  @Test
  void failureNamesItsSeed() {
    System.clearProperty(Seeds.SEED);
    assertThatThrownBy(() ->
            Seeds.forEach(
                10,
                n -> {
                  if (n == 7) {
                    throw new IllegalStateException("broken");
                  }
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dtestkit.seed=7")
        .hasMessageContaining("broken");
  }

  @Test
  void propertiesReplayOneSeedOrMultiply() {
    List<Long> seeds = new ArrayList<>();
    System.setProperty(Seeds.SEED, "5");
    Seeds.forEach(10, seeds::add);
    assertThat(seeds).containsExactly(5L);
    System.clearProperty(Seeds.SEED);
    System.setProperty(Seeds.ITERATIONS, "3");
    seeds.clear();
    Seeds.forEach(2, seeds::add);
    assertThat(seeds).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void sameSeedGivesTheSameData() {
    Generator one = new Generator(9);
    Generator two = new Generator(9);
    for (int i = 0; i < 100; i++) {
      assertThat(one.key()).isEqualTo(two.key());
      assertThat(one.value()).isEqualTo(two.value());
      assertThat(one.number()).isEqualTo(two.number());
      assertThat(one.choose(List.of(1, 2, 3))).isEqualTo(two.choose(List.of(1, 2, 3)));
    }
  }

  @Test
  void keysHaveAllShapesAndRepeat() {
    Generator data = new Generator(1);
    Set<Bytes> keys = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      keys.add(data.key());
    }
    assertThat(keys)
        .hasSizeBetween(200, 600)
        .anyMatch(key -> key.size() == 1)
        .anyMatch(key -> key.size() > 250)
        .anyMatch(key -> key.at(key.size() - 1) == 0 && key.size() > 2)
        .anyMatch(key -> key.at(key.size() - 1) == (byte) 0xff && key.size() > 2)
        .anyMatch(key -> key.startsWith(Bytes.utf8("{tag")));
  }

  @Test
  void recordsAreOfEveryKind() {
    Generator data = new Generator(1);
    Set<String> kinds = new HashSet<>();
    for (int i = 1; i < 200; i++) {
      StoredRecord record = data.record(i);
      kinds.add(record.isTombstone() ? "tombstone" : record.expires() ? "expiring" : "plain");
    }
    assertThat(kinds).hasSize(3);
  }
}
