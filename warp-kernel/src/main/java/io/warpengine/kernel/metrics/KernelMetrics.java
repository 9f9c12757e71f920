package io.warpengine.kernel.metrics;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.control.Metrics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All figures of one database. */
public final class KernelMetrics implements Metrics {

  private static final Logger LOG = LoggerFactory.getLogger(KernelMetrics.class);

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  private final Map<String, Figure> figures = new ConcurrentHashMap<>();
  private final Set<String> taken = new HashSet<>();

  @Override
  public void gauge(String name, LongSupplier source) {
    register(name, List.of(name), target -> target.put(name, (double) source.getAsLong()));
  }

  @Override
  public Counter counter(String name) {
    LongAdder adder = new LongAdder();
    gauge(name, adder::sum);
    return adder::add;
  }

  @Override
  public Histogram histogram(String name) {
    LogHistogram histogram = new LogHistogram();
    register(name, LogHistogram.names(name), target -> histogram.read(name, target));
    return histogram;
  }

  private synchronized void register(String name, List<String> names, Figure figure) {
    if (!NAME.matcher(name).matches()) {
      throw refused(name, "is not made of lower-case words joined by underscores");
    }
    if (names.stream().anyMatch(taken::contains)) {
      throw refused(name, "is registered already");
    }
    taken.addAll(names);
    figures.put(name, figure);
  }

  private static WarpException refused(String name, String why) {
    return new WarpException(
        CoreError.INTERNAL_ERROR,
        "The metric [" + name + "] " + why + ".",
        "Report this with the stack trace: each metric has one name of its own.");
  }

  /**
   * Reads everything. A figure whose source fails is left out; the others are not.
   *
   * @return names and figures; a histogram gives {@code _count}, {@code _mean}, {@code _p50},
   *     {@code _p99}, {@code _p999} and {@code _max}
   */
  public SortedMap<String, Double> read() {
    SortedMap<String, Double> read = new TreeMap<>();
    figures.forEach((name, figure) -> read(name, figure, read));
    return read;
  }

  private static void read(String name, Figure figure, SortedMap<String, Double> target) {
    try {
      figure.read(target);
    } catch (RuntimeException e) {
      LOG.debug("The metric [{}] could not be read.", name, e);
    }
  }

  @FunctionalInterface
  private interface Figure {
    void read(SortedMap<String, Double> target);
  }
}
