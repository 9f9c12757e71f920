package io.warpengine.kernel.config;

import io.warpengine.spi.config.ByteSize;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How values of one type are read and written.
 *
 * @param name what it is called: see {@link io.warpengine.api.ConfigSetting#type()}
 * @param form how to write one, a sentence
 * @param fromFile reads a value of the file: String, Long, Double, Boolean or a list; empty if it
 *     does not fit
 * @param fromText reads text from elsewhere; empty if it does not fit
 * @param render writes a value
 * @param order compares two values; empty if the type has no order
 */
record ConfigType(
    String name,
    String form,
    Function<Object, Optional<Object>> fromFile,
    Function<String, Optional<Object>> fromText,
    Function<Object, String> render,
    Optional<Comparator<Object>> order) {

  private static final ConfigType INTEGER =
      new ConfigType(
          "integer",
          "Write digits, for example [24].",
          raw -> raw instanceof Long ? Optional.of(raw) : Optional.empty(),
          ConfigType::wholeNumber,
          Object::toString,
          Optional.of(Comparator.comparingLong(value -> (Long) value)));
  private static final ConfigType NUMBER =
      new ConfigType(
          "number",
          "Write digits, for example [0.75].",
          raw -> raw instanceof Number number ? finite(number.doubleValue()) : Optional.empty(),
          ConfigType::fraction,
          Object::toString,
          Optional.of(Comparator.comparingDouble(value -> (Double) value)));
  private static final ConfigType BOOLEAN =
      new ConfigType(
          "boolean",
          "Write [true] or [false].",
          raw -> raw instanceof Boolean ? Optional.of(raw) : Optional.empty(),
          text ->
              text.equals("true") || text.equals("false")
                  ? Optional.of(Boolean.valueOf(text))
                  : Optional.empty(),
          Object::toString,
          Optional.empty());
  private static final ConfigType TEXT =
      ofText("text", "Write text between quotes.", Optional::of, Object::toString);
  private static final ConfigType PATH =
      ofText("path", "Write a path between quotes.", ConfigType::path, ConfigType::pathWithSlashes);
  private static final ConfigType DURATION =
      ofText(
              "duration",
              "Write a duration such as [30s], [200ms] or [5m].",
              text -> Quantity.duration(text).map(Object.class::cast),
              value -> Quantity.render((Duration) value))
          .ordered(Comparator.comparing(value -> (Duration) value));
  private static final ConfigType SIZE =
      new ConfigType(
          "size",
          "Write a size such as [512], [64KiB], [16MiB] or [2GiB].",
          raw ->
              raw instanceof Long || raw instanceof String
                  ? Quantity.size(raw.toString()).map(Object.class::cast)
                  : Optional.empty(),
          text -> Quantity.size(text).map(Object.class::cast),
          Object::toString,
          Optional.of(Comparator.comparingLong(value -> ((ByteSize) value).bytes())));
  private static final ConfigType LIST =
      new ConfigType(
          "list",
          "Write a list such as [\"a\", \"b\"] in the file, or a,b elsewhere.",
          ConfigType::texts,
          text ->
              Optional.of(
                  text.isBlank()
                      ? List.of()
                      : Arrays.stream(text.split(",")).map(String::strip).toList()),
          value ->
              ((List<?>) value).stream().map(Object::toString).collect(Collectors.joining(",")),
          Optional.empty());

  /** The type for a record component; empty if there is none. */
  static Optional<ConfigType> of(Type type) {
    if (type == int.class || type == long.class) {
      return Optional.of(INTEGER);
    }
    if (type == double.class) {
      return Optional.of(NUMBER);
    }
    if (type == boolean.class) {
      return Optional.of(BOOLEAN);
    }
    if (type == String.class) {
      return Optional.of(TEXT);
    }
    if (type == Path.class) {
      return Optional.of(PATH);
    }
    if (type == Duration.class) {
      return Optional.of(DURATION);
    }
    if (type == ByteSize.class) {
      return Optional.of(SIZE);
    }
    if (type instanceof Class<?> choices && choices.isEnum()) {
      return Optional.of(choice(choices.getEnumConstants()));
    }
    return type instanceof ParameterizedType generic
            && generic.getRawType() == List.class
            && generic.getActualTypeArguments()[0] == String.class
        ? Optional.of(LIST)
        : Optional.empty();
  }

  private static ConfigType choice(Object[] constants) {
    String names =
        Arrays.stream(constants).map(ConfigType::choiceName).collect(Collectors.joining("|"));
    return ofText(
        names,
        "Write one of [" + names + "].",
        text ->
            Arrays.stream(constants)
                .filter(constant -> choiceName(constant).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst(),
        ConfigType::choiceName);
  }

  private static String choiceName(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ConfigType ofText(
      String name,
      String form,
      Function<String, Optional<Object>> read,
      Function<Object, String> render) {
    return new ConfigType(
        name,
        form,
        raw -> raw instanceof String text ? read.apply(text) : Optional.empty(),
        read,
        render,
        Optional.empty());
  }

  private ConfigType ordered(Comparator<Object> comparator) {
    return new ConfigType(name, form, fromFile, fromText, render, Optional.of(comparator));
  }

  private static Optional<Object> wholeNumber(String text) {
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> fraction(String text) {
    try {
      return finite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> finite(double number) {
    return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
  }

  private static Optional<Object> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String pathWithSlashes(Object path) {
    return path.toString().replace('\\', '/');
  }

  private static Optional<Object> texts(Object raw) {
    return raw instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
        ? Optional.of(List.copyOf(list))
        : Optional.empty();
  }
}
