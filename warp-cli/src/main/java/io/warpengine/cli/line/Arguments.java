package io.warpengine.cli.line;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.cli.CliError;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a command line says: the command, its options and its parameters, as text with readers for
 * the other types.
 *
 * @param command the command's name
 * @param options the values of each option given, by name; a flag's value is {@code true}
 * @param parameters in their order
 * @param defaults the values of options not given
 */
public record Arguments(
    String command,
    Map<String, List<String>> options,
    List<String> parameters,
    Map<String, String> defaults) {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})(B|KiB|MiB|GiB)?");

  /** Keeps its own copies. */
  public Arguments {
    options = Map.copyOf(options);
    parameters = List.copyOf(parameters);
    defaults = Map.copyOf(defaults);
  }

  /**
   * Whether an option was given.
   *
   * @param option its name
   * @return true if it was
   */
  public boolean given(String option) {
    return options.containsKey(option);
  }

  /**
   * Every value of an option.
   *
   * @param option its name
   * @return empty if it was not given
   */
  public List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }

  /**
   * The text of an option, its default if it was not given.
   *
   * @param option its name
   * @return the text; empty text if there is no default either
   */
  public String text(String option) {
    List<String> values = all(option);
    return values.isEmpty() ? defaults.getOrDefault(option, "") : values.getLast();
  }

  /**
   * The text of an option, if there is one.
   *
   * @param option its name
   * @return empty if it was not given and has no default
   */
  public Optional<String> maybe(String option) {
    return given(option)
        ? Optional.of(text(option))
        : Optional.of(text(option)).filter(text -> !text.isEmpty());
  }

  /**
   * A parameter.
   *
   * @param index from 0
   * @return empty if it was not given
   */
  public Optional<String> parameter(int index) {
    return index < parameters.size() ? Optional.of(parameters.get(index)) : Optional.empty();
  }

  /**
   * A whole number within bounds.
   *
   * @param option its name
   * @param min the smallest allowed
   * @param max the largest allowed
   * @return the number
   */
  public long number(String option, long min, long max) {
    return number(option, text(option), min, max);
  }

  /**
   * Whole numbers within bounds, separated by commas.
   *
   * @param option its name
   * @param min the smallest allowed
   * @param max the largest allowed
   * @return the numbers
   */
  public List<Long> numbers(String option, long min, long max) {
    return Arrays.stream(text(option).split(",", -1))
        .map(part -> number(option, part, min, max))
        .toList();
  }

  private static long number(String option, String text, long min, long max) {
    try {
      long number = Long.parseLong(text.replace("_", ""));
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException invalid) {
      // Told below, with the range.
    }
    throw invalid(
        option, text, "a whole number from " + min + (max == Long.MAX_VALUE ? "" : " to " + max));
  }

  /**
   * A duration such as {@code 30s}.
   *
   * @param option its name
   * @return the duration
   */
  public Duration duration(String option) {
    Matcher matcher = DURATION.matcher(text(option));
    if (!matcher.matches()) {
      throw invalid(option, text(option), "a duration such as 500ms, 30s, 10m, 12h or 7d");
    }
    long number = Long.parseLong(matcher.group(1));
    try {
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    } catch (ArithmeticException tooLong) {
      throw invalid(option, text(option), "a duration that a 64-bit number of seconds can hold");
    }
  }

  /**
   * A size such as {@code 64KiB}.
   *
   * @param option its name
   * @param max the largest allowed, in bytes
   * @return bytes
   */
  public long bytes(String option, long max) {
    Matcher matcher = SIZE.matcher(text(option));
    if (matcher.matches()) {
      String unit = matcher.group(2) == null ? "B" : matcher.group(2);
      int shift = 10 * List.of("B", "KiB", "MiB", "GiB").indexOf(unit);
      long number = Long.parseLong(matcher.group(1));
      if (number <= max >> shift) {
        return number << shift;
      }
    }
    throw invalid(option, text(option), "a size such as 100, 64KiB or 16MiB, at most " + max);
  }

  /**
   * A durability.
   *
   * @param option its name
   * @return empty if it was not given
   */
  public Optional<Durability> durability(String option) {
    return maybe(option).map(text -> durability(option, text));
  }

  /**
   * Durabilities separated by commas.
   *
   * @param option its name
   * @return in the order given
   */
  public List<Durability> durabilities(String option) {
    return text(option).isEmpty()
        ? List.of()
        : Arrays.stream(text(option).split(",", -1)).map(part -> durability(option, part)).toList();
  }

  private static Durability durability(String option, String text) {
    for (Durability durability : Durability.values()) {
      if (durability.name().equalsIgnoreCase(text)) {
        return durability;
      }
    }
    throw invalid(
        option,
        text,
        Arrays.stream(Durability.values())
            .map(durability -> durability.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ")));
  }

  private static WarpException invalid(String option, String text, String expected) {
    return new WarpException(
        CliError.USAGE_INVALID,
        "The value [" + text + "] of --" + option + " does not fit.",
        "It takes " + expected + ".");
  }
}
