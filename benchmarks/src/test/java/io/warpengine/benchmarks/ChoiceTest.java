package io.warpengine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ChoiceTest {

  private static final int KEYS = 1000;
  private static final int DRAWN = 1 << 20;

  @Test
  void uniformGoesToEachRecordAboutEquallyOften() {
    assertThat(Arrays.stream(counts(Choice.UNIFORM)).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(850L, 1250L));
  }

  @Test
  void zipfGoesToItsFirstRankAsOftenAsItsConstantSays() {
    long[] counts = counts(Choice.ZIPF);
    Arrays.sort(counts);
    double rest = (double) counts[KEYS / 2] / DRAWN;
    assertThat((double) counts[KEYS - 1] / DRAWN - rest).isCloseTo(1 / 26.469, within(0.002));
  }

  @Test
  void everyProcessDrawsTheSame() {
    for (Choice choice : Choice.values()) {
      assertThat(choice.draw(KEYS, 100)).isEqualTo(choice.draw(KEYS, 100));
    }
  }

  private static long[] counts(Choice choice) {
    long[] counts = new long[KEYS];
    for (int index : choice.draw(KEYS, DRAWN)) {
      counts[index]++;
    }
    return counts;
  }
}
