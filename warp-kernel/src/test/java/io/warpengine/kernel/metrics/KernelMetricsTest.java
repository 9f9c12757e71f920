package io.warpengine.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.control.Metrics;
import io.warpengine.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class KernelMetricsTest {

  private final KernelMetrics metrics = new KernelMetrics();

  @Test
  void everythingIsReadSortedByName() {
    AtomicLong level = new AtomicLong(7);
    metrics.gauge("b_level_bytes", level::get);
    Metrics.Counter counter = metrics.counter("a_events_count");
    counter.add(2);
    counter.add(3);
    metrics.histogram("c_wait_nanos");
    level.set(9);
    SortedMap<String, Double> read = metrics.read();
    assertThat(read)
        .containsEntry("a_events_count", 5.0)
        .containsEntry("b_level_bytes", 9.0)
        .containsEntry("c_wait_nanos_count", 0.0)
        .containsEntry("c_wait_nanos_p999", 0.0);
    assertThat(read.keySet())
        .containsExactly(
            "a_events_count",
            "b_level_bytes",
            "c_wait_nanos_count",
            "c_wait_nanos_max",
            "c_wait_nanos_mean",
            "c_wait_nanos_p50",
            "c_wait_nanos_p99",
            "c_wait_nanos_p999");
  }

  @Test
  void nameIsRegisteredOnce() {
    metrics.histogram("a_wait_nanos");
    for (Runnable again :
        List.<Runnable>of(
            () -> metrics.histogram("a_wait_nanos"),
            () -> metrics.counter("a_wait_nanos_count"),
            () -> metrics.gauge("A-b", () -> 0))) {
      assertThatThrownBy(again::run)
          .isInstanceOfSatisfying(
              WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.INTERNAL_ERROR))
          .hasMessageMatching(".*\\[(a_wait_nanos|a_wait_nanos_count|A-b)].*");
    }
  }

  @Test
  void gaugeThatFailsIsLeftOut() {
    metrics.gauge(
        "a_level_bytes",
        () -> {
          throw new IllegalStateException("closed");
        });
    metrics.gauge("b_level_bytes", () -> 1);
    assertThat(metrics.read()).containsOnlyKeys("b_level_bytes");
  }

  @Test
  void everyValueIsWithinOneSixteenthOfItsBucket() {
    for (int bits = 0; bits < 63; bits++) {
      for (int step = 0; step < 64; step++) {
        long value = (1L << bits) + (step * (1L << bits) >> 6);
        double shown = LogHistogram.middle(LogHistogram.bucket(value));
        assertThat(Math.abs(shown - value))
            .as("value [%d]", value)
            .isLessThanOrEqualTo(value / 16.0);
      }
    }
    assertThat(LogHistogram.middle(LogHistogram.bucket(0))).isZero();
    assertThat(LogHistogram.middle(LogHistogram.bucket(Long.MAX_VALUE)))
        .isCloseTo(Long.MAX_VALUE, within(Long.MAX_VALUE / 16.0));
  }

  @Test
  void bucketsAscendWithoutGaps() {
    int last = 0;
    for (long value = 0; value < 10_000; value++) {
      int bucket = LogHistogram.bucket(value);
      assertThat(bucket - last).as("value [%d]", value).isBetween(0, 1);
      last = bucket;
    }
  }

  @Test
  void quantilesAreWithinTheErrorBound() {
    Seeds.forEach(
        10,
        seed -> {
          Random random = new Random(seed);
          KernelMetrics fresh = new KernelMetrics();
          Metrics.Histogram histogram = fresh.histogram("a_wait_nanos");
          long[] values = new long[1 + random.nextInt(5_000)];
          for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 40);
            histogram.record(values[i]);
          }
          Arrays.sort(values);
          SortedMap<String, Double> read = fresh.read();
          assertThat(read.get("a_wait_nanos_count")).isEqualTo(values.length);
          assertThat(read.get("a_wait_nanos_max")).isEqualTo((double) values[values.length - 1]);
          near(
              read.get("a_wait_nanos_mean"),
              Arrays.stream(values).asDoubleStream().average().orElse(0));
          near(read.get("a_wait_nanos_p50"), at(values, 0.5));
          near(read.get("a_wait_nanos_p99"), at(values, 0.99));
          near(read.get("a_wait_nanos_p999"), at(values, 0.999));
        });
  }

  private static double at(long[] sorted, double quantile) {
    return sorted[(int) Math.ceil(sorted.length * quantile) - 1];
  }

  private static void near(Double shown, double expected) {
    assertThat(shown).isCloseTo(expected, within(expected / 16));
  }

  @Test
  void negativeValueCountsAsZero() {
    metrics.histogram("a_wait_nanos").record(-5);
    assertThat(metrics.read())
        .containsEntry("a_wait_nanos_count", 1.0)
        .containsEntry("a_wait_nanos_max", 0.0)
        .containsEntry("a_wait_nanos_p99", 0.0);
  }

  @Test
  void threadsLoseNoCounts() throws InterruptedException {
    Metrics.Histogram histogram = metrics.histogram("a_wait_nanos");
    Metrics.Counter counter = metrics.counter("b_events_count");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int j = 0; j < 20_000; j++) {
                  histogram.record(j);
                  counter.add(1);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(metrics.read())
        .containsEntry("a_wait_nanos_count", 80_000.0)
        .containsEntry("a_wait_nanos_mean", 9_999.5)
        .containsEntry("b_events_count", 80_000.0);
  }

  @Test
  void everyFailureIsCounted() {
    FailureLog log =
        new FailureLog(
            LoggerFactory.getLogger(KernelMetricsTest.class),
            "A test",
            metrics.counter("a_failures_count"));
    for (int i = 0; i < 5; i++) {
      log.failed(new IllegalStateException("meant to happen"));
    }
    assertThat(metrics.read()).containsEntry("a_failures_count", 5.0);
  }
}
