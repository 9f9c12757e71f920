package io.warpengine.testkit;

import io.warpengine.spi.control.Metrics;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Metrics that a test can read. Names are checked as an engine does. */
public final class MemoryMetrics implements Metrics {

  private final ConcurrentSkipListMap<String, LongSupplier> sources = new ConcurrentSkipListMap<>();

  /** No metrics yet. */
  public MemoryMetrics() {}

  @Override
  public void gauge(String name, LongSupplier source) {
    if (!name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)+")) {
      throw new IllegalArgumentException("The metric [" + name + "] has no proper name.");
    }
    if (sources.putIfAbsent(name, source) != null) {
      throw new IllegalArgumentException("The metric [" + name + "] is registered twice.");
    }
  }

  @Override
  public Counter counter(String name) {
    AtomicLong count = new AtomicLong();
    gauge(name, count::get);
    return count::addAndGet;
  }

  /** A distribution of which only the count and the maximum can be read. */
  @Override
  public Histogram histogram(String name) {
    AtomicLong count = new AtomicLong();
    AtomicLong max = new AtomicLong();
    gauge(name + "_count", count::get);
    gauge(name + "_max", max::get);
    return value -> {
      count.incrementAndGet();
      max.accumulateAndGet(value, Math::max);
    };
  }

  /**
   * Every figure of this moment.
   *
   * @return by name
   */
  public SortedMap<String, Long> read() {
    SortedMap<String, Long> figures = new TreeMap<>();
    sources.forEach((name, source) -> figures.put(name, source.getAsLong()));
    return figures;
  }

  /**
   * One figure.
   *
   * @param name its name
   * @return its value
   */
  public long read(String name) {
    LongSupplier source = sources.get(name);
    if (source == null) {
      throw new IllegalArgumentException("There is no metric [" + name + "].");
    }
    return source.getAsLong();
  }
}
