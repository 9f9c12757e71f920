package io.warpengine.kernel.metrics;

import io.warpengine.spi.control.Metrics;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** All figures of one database. */
public final class KernelMetrics implements Metrics {

  private final Map<String, LongSupplier> gauges = new ConcurrentHashMap<>();

  @Override
  public void gauge(String name, String description, LongSupplier source) {
    gauges.put(name, source);
  }

  @Override
  public Counter counter(String name, String description) {
    LongAdder adder = new LongAdder();
    gauges.put(name, adder::sum);
    return adder::add;
  }

  @Override
  public Histogram histogram(String name, String description) {
    LongAdder adder = new LongAdder();
    gauges.put(name + "_count", adder::sum);
    return value -> adder.increment();
  }

  /**
   * Reads everything.
   *
   * @return names and figures
   */
  public SortedMap<String, Double> read() {
    SortedMap<String, Double> figures = new TreeMap<>();
    gauges.forEach((name, source) -> figures.put(name, (double) source.getAsLong()));
    return figures;
  }

  /**
   * What each figure means.
   *
   * @return registered names and their descriptions
   */
  public SortedMap<String, String> descriptions() {
    return new TreeMap<>();
  }
}
