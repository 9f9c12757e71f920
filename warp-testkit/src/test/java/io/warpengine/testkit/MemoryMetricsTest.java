package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.spi.control.Metrics;
import org.junit.jupiter.api.Test;

class MemoryMetricsTest {

  private final MemoryMetrics metrics = new MemoryMetrics();

  @Test
  void figuresAreRead() {
    metrics.gauge("x_depth_count", () -> 7);
    Metrics.Counter counter = metrics.counter("x_calls_count");
    counter.add(2);
    counter.add(3);
    Metrics.Histogram histogram = metrics.histogram("x_wait_nanos");
    histogram.record(9);
    histogram.record(4);
    assertThat(metrics.read())
        .containsEntry("x_depth_count", 7L)
        .containsEntry("x_calls_count", 5L)
        .containsEntry("x_wait_nanos_count", 2L)
        .containsEntry("x_wait_nanos_max", 9L);
    assertThat(metrics.read("x_calls_count")).isEqualTo(5);
  }

  @Test
  void badNamesAndSecondRegistrationsAreRefused() {
    metrics.counter("x_calls_count");
    assertThatThrownBy(() -> metrics.counter("x_calls_count"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.counter("Calls")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.read("y_calls_count"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
