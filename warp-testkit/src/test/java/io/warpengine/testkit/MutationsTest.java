package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Finds what is wrong with small decoders, and nothing in a right one. */
final class MutationsTest {

  private static final List<byte[]> EXAMPLES = List.of(new byte[] {3, 7, 7, 7}, new byte[] {0});

  @Test
  void aDecoderThatGivesOrRefusesPasses() {
    AtomicInteger given = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    Mutations.check(
        EXAMPLES,
        2_000,
        input -> {
          if (input.length == 0 || input[0] != input.length - 1) {
            refused.incrementAndGet();
            throw new IllegalArgumentException("The length is wrong.");
          }
          given.incrementAndGet();
        });
    assertThat(given).hasPositiveValue();
    assertThat(refused).hasPositiveValue();
  }

  @Test
  void anotherExceptionIsAFindingThatNamesTheInput() {
    assertThatThrownBy(() -> Mutations.check(EXAMPLES, 2_000, input -> input[input[0]]++))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ArrayIndexOutOfBoundsException")
        .hasMessageContaining("for the input [");
  }

  @Test
  void anAllocationThatOnlyTheInputClaimsIsAFinding() {
    assertThatThrownBy(() ->
            Mutations.check(
                EXAMPLES,
                2_000,
                input -> {
                  int size = input.length == 0 ? 0 : Math.max(0, input[0]) << 20;
                  assertThat(new byte[size]).hasSize(size);
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bytes are allocated");
  }

  @Test
  void aRefusedExampleIsAFinding() {
    assertThatThrownBy(() ->
            Mutations.check(
                EXAMPLES,
                1,
                input -> {
                  throw new IllegalArgumentException("never");
                }))
        .hasMessageContaining("a valid input is refused");
  }
}
