package io.warpengine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SamplesTest {

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(new Samples(4, 1, 3, 2).median()).isEqualTo(2.5);
    assertThat(new Samples(9, 1, 3).median()).isEqualTo(3);
  }

  @Test
  void quotientsAreFormedRoundByRound() {
    Samples quotients = new Samples(10, 20, 90).over(new Samples(5, 20, 30));
    assertThat(quotients.values()).containsExactly(2, 1, 3);
    assertThat(quotients.words()).isEqualTo("2.00 [1.00\u20133.00]");
  }

  @Test
  void aRoundWithoutItsCounterpartHasNoQuotient() {
    assertThat(new Samples(10, 20, 90).over(new Samples(5, 20)).values()).hasSize(2);
  }
}
