package io.warpengine.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class CrewTest {

  @Test
  void everyNumberIsWorkedOnOnce() {
    AtomicIntegerArray done = new AtomicIntegerArray(1_000);
    Crew.run("warp-test", 1_000, done::incrementAndGet);
    for (int i = 0; i < 1_000; i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
    Crew.run("warp-test", 0, number -> assertThat(number).isNegative());
  }

  @Test
  void firstFailureIsThrownAndEndsTheWork() {
    AtomicIntegerArray done = new AtomicIntegerArray(1);
    assertThatThrownBy(() ->
            Crew.run(
                "warp-test",
                1_000_000,
                number -> {
                  done.incrementAndGet(0);
                  throw new IllegalStateException("number " + number);
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(done.get(0)).isLessThan(1_000);
    assertThatThrownBy(() ->
            Crew.run(
                "warp-test",
                1,
                number -> {
                  throw new AssertionError();
                }))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void interruptDoesNotEndTheWorkAndStaysSet() {
    AtomicIntegerArray done = new AtomicIntegerArray(50);
    Thread.currentThread().interrupt();
    Crew.run("warp-test", 50, done::incrementAndGet);
    assertThat(Thread.interrupted()).isTrue();
    for (int i = 0; i < 50; i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
  }
}
