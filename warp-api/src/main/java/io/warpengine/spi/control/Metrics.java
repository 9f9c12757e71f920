package io.warpengine.spi.control;

import java.util.function.LongSupplier;

/**
 * The figures of a database. A name is {@code <module>_<noun>_<unit>}; each can be registered once.
 * Gauges cost nothing until somebody reads them: prefer a gauge over a field that is there anyway.
 */
public interface Metrics {

  /**
   * A figure that is read when somebody asks.
   *
   * @param name the metric's name
   * @param source reads the figure; must not block
   */
  void gauge(String name, LongSupplier source);

  /**
   * A count that only grows.
   *
   * @param name the metric's name
   * @return the counter
   */
  Counter counter(String name);

  /**
   * A distribution. Its count, mean, p50, p99, p999 and maximum are read as {@code <name>_count}
   * and so on.
   *
   * @param name the metric's name
   * @return the histogram
   */
  Histogram histogram(String name);

  /** A count that only grows. Safe for several threads. */
  interface Counter {

    /**
     * Adds to it.
     *
     * @param amount 0 or more
     */
    void add(long amount);
  }

  /**
   * A distribution of whole numbers with a relative error of at most 1/16. Safe for several
   * threads.
   */
  interface Histogram {

    /**
     * Adds one value.
     *
     * @param value 0 or more
     */
    void record(long value);
  }
}
