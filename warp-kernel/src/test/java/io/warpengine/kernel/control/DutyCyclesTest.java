package io.warpengine.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.kernel.metrics.KernelMetrics;
import java.time.Duration;
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
    assertThat(cycles.close(Duration.ofMillis(50))).isTrue();
    assertThat(interrupted).isTrue();
  }

  @Test
  void workThatIgnoresInterruptsIsGivenUp() throws InterruptedException {
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
    assertThat(cycles.close(Duration.ofMillis(20))).isFalse();
    release.countDown();
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
    assertThat(cycles.close(Duration.ofSeconds(5))).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void nothingStartsAfterTheClose() {
    assertThat(cycles.close(Duration.ofMillis(1))).isTrue();
    AtomicBoolean ran = new AtomicBoolean();
    cycles.add(
        "late",
        MILLI,
        () -> {
          ran.set(true);
          return MILLI;
        });
    cycles.start(1);
    assertThat(cycles.close(Duration.ofMillis(1))).isTrue();
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
    assertThat(cycles.close(Duration.ofSeconds(5))).isTrue();
  }
}
