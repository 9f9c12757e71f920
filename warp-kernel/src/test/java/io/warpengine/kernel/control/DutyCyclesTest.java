package io.warpengine.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.WarpException;
import io.warpengine.kernel.metrics.KernelMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class DutyCyclesTest {

  private static final long MILLI = Duration.ofMillis(1).toNanos();

  private final DutyCycles cycles = new DutyCycles(new SystemClock(), new KernelMetrics());

  @Test
  void workThatHangsIsInterruptedAtTheClose() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    cycles.add(
        "hangs",
        MILLI,
        () -> {
          hanging.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
          return MILLI;
        });
    cycles.start(2);
    hanging.await();
    cycles.close(Duration.ofMillis(50));
    assertThat(interrupted).isTrue();
  }

  @Test
  void workThatIgnoresInterruptsIsNamedAndGivenUp() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    cycles.add(
        "deaf",
        MILLI,
        () -> {
          hanging.countDown();
          while (release.getCount() > 0) {
            Thread.onSpinWait();
          }
          return MILLI;
        });
    cycles.start(1);
    hanging.await();
    assertThatThrownBy(() -> cycles.close(Duration.ofMillis(20)))
        .isInstanceOf(WarpException.class)
        .hasMessageContaining("[deaf]");
    List<Thread> late = cycles.late();
    assertThat(late).hasSize(1);
    release.countDown();
    late.getFirst().join();
    assertThat(cycles.late()).isEmpty();
  }

  @Test
  void interruptedCloserStillWaitsAndKeepsItsFlag() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    cycles.add(
        "work",
        MILLI,
        () -> {
          running.countDown();
          return MILLI;
        });
    cycles.start(2);
    running.await();
    Thread.currentThread().interrupt();
    cycles.close(Duration.ofSeconds(5));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void nothingStartsAfterTheClose() {
    cycles.close(Duration.ofMillis(1));
    AtomicBoolean ran = new AtomicBoolean();
    cycles.add(
        "late",
        MILLI,
        () -> {
          ran.set(true);
          return MILLI;
        });
    cycles.start(1);
    cycles.close(Duration.ofMillis(1));
    assertThat(ran).isFalse();
  }

  @Test
  void strayInterruptDoesNotEndAThread() throws InterruptedException {
    CountDownLatch turns = new CountDownLatch(3);
    cycles.add(
        "interrupts itself",
        MILLI,
        () -> {
          Thread.currentThread().interrupt();
          turns.countDown();
          return MILLI;
        });
    cycles.start(1);
    turns.await();
    cycles.close(Duration.ofSeconds(5));
    assertThat(cycles.late()).isEmpty();
  }
}
