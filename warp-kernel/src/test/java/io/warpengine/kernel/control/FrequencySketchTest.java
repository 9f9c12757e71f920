package io.warpengine.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrequencySketchTest {

  @Test
  void unseenKeyHasFrequencyZero() {
    assertThat(new FrequencySketch().frequency(123)).isZero();
  }

  @Test
  void estimateGrowsToFifteen() {
    FrequencySketch sketch = new FrequencySketch(1_000);
    for (int i = 1; i <= 40; i++) {
      sketch.increment(42);
      assertThat(sketch.frequency(42)).isEqualTo(Math.min(i, 15));
    }
  }

  @Test
  void estimateIsNeverBelowTheCount() {
    Seeds.forEach(
        10,
        seed -> {
          Random random = new Random(seed);
          long[] hashes = random.longs(500).toArray();
          int[] counts = new int[hashes.length];
          FrequencySketch sketch = new FrequencySketch(4_096);
          for (int i = 0; i < 3_000; i++) {
            int key = random.nextInt(hashes.length);
            sketch.increment(hashes[key]);
            counts[key]++;
          }
          for (int key = 0; key < hashes.length; key++) {
            assertThat(sketch.frequency(hashes[key]))
                .isGreaterThanOrEqualTo(Math.min(counts[key], 15));
          }
        });
  }

  @Test
  void popularKeysStandOutOfAZipfStream() {
    int keys = 100_000;
    double[] cumulative = new double[keys];
    for (int i = 0; i < keys; i++) {
      cumulative[i] = (i == 0 ? 0 : cumulative[i - 1]) + 1 / Math.pow(i + 1, 0.99);
    }
    double sum = cumulative[keys - 1];
    Seeds.forEach(
        3,
        seed -> {
          Random random = new Random(seed);
          long[] hashes = random.longs(keys).toArray();
          FrequencySketch sketch = new FrequencySketch(1 << 14);
          for (int i = 0; i < 400_000; i++) {
            int at = java.util.Arrays.binarySearch(cumulative, random.nextDouble() * sum);
            sketch.increment(hashes[Math.min(at < 0 ? -at - 1 : at, keys - 1)]);
          }
          int wrong = 0;
          int pairs = 2_000;
          for (int i = 0; i < pairs; i++) {
            int hot = sketch.frequency(hashes[random.nextInt(200)]);
            int cold = sketch.frequency(hashes[50_000 + random.nextInt(50_000)]);
            wrong += hot <= cold ? 1 : 0;
          }
          assertThat(wrong).as("hot key not above a cold one").isLessThan(pairs / 50);
        });
  }

  @Test
  void oldPopularityFades() {
    FrequencySketch sketch = new FrequencySketch(256);
    for (int i = 0; i < 15; i++) {
      sketch.increment(7);
    }
    Random random = new Random(1);
    for (int i = 0; i < 4 * 2_560; i++) {
      sketch.increment(random.nextLong());
    }
    assertThat(sketch.frequency(7)).isLessThan(8);
  }

  @Test
  void sizesOutsideTheRangeAreClamped() {
    FrequencySketch sketch = new FrequencySketch(0);
    sketch.increment(1);
    assertThat(sketch.frequency(1)).isEqualTo(1);
  }
}
