package io.warpengine.kernel.config;

import io.warpengine.spi.config.ByteSize;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes numbers with a unit: durations and sizes. */
public final class Quantity {

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})([A-Za-z]*)");
  private static final Map<String, Long> NANOS = units();
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private Quantity() {}

  /** Reads {@code 30s}, {@code 200ms}, {@code 5m}; empty if the text is not a duration. */
  static Optional<Duration> duration(String text) {
    return read(text, NANOS).map(Duration::ofNanos);
  }

  /** Reads {@code 512}, {@code 64KiB}, {@code 16MiB}, {@code 2GiB}; empty if it is not a size. */
  static Optional<ByteSize> size(String text) {
    return read(text, BYTES).map(ByteSize::new);
  }

  /**
   * Writes a duration with the largest unit that divides it.
   *
   * @param duration 0 or more
   * @return for example {@code 30s}
   */
  public static String render(Duration duration) {
    long nanos = duration.toNanos();
    String text = nanos + "ns";
    for (Map.Entry<String, Long> unit : NANOS.entrySet()) {
      if (nanos % unit.getValue() == 0) {
        text = nanos / unit.getValue() + unit.getKey();
      }
      if (nanos == 0 && unit.getKey().equals("s")) {
        return text;
      }
    }
    return text;
  }

  private static Optional<Long> read(String text, Map<String, Long> units) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || !units.containsKey(parts.group(2))) {
      return Optional.empty();
    }
    long number = Long.parseLong(parts.group(1));
    long unit = units.get(parts.group(2));
    return number > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(number * unit);
  }

  private static Map<String, Long> units() {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("ns", 1L);
    units.put("us", 1_000L);
    units.put("ms", 1_000_000L);
    units.put("s", 1_000_000_000L);
    units.put("m", 60_000_000_000L);
    units.put("h", 3_600_000_000_000L);
    units.put("d", 86_400_000_000_000L);
    return units;
  }
}
