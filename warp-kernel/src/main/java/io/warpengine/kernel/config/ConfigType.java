package io.warpengine.kernel.config;

import io.warpengine.spi.config.ByteSize;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How values of one type are read, compared and written. Each opening of a database passes through
 * here before anything else, so it is written with plain switches, which start faster than objects
 * of functions.
 */
final class ConfigType {

  private enum Kind {
    INTEGER,
    NUMBER,
    BOOLEAN,
    TEXT,
    PATH,
    DURATION,
    SIZE,
    LIST,
    CHOICE
  }

  private final Kind kind;
  private final Object[] choices;

  private ConfigType(Kind kind, Object... choices) {
    this.kind = kind;
    this.choices = choices;
  }

  /** The type for a record component; empty if there is none. */
  static Optional<ConfigType> of(Type type) {
    if (type == int.class || type == long.class) {
      return Optional.of(new ConfigType(Kind.INTEGER));
    }
    if (type == double.class) {
      return Optional.of(new ConfigType(Kind.NUMBER));
    }
    if (type == boolean.class) {
      return Optional.of(new ConfigType(Kind.BOOLEAN));
    }
    if (type == String.class) {
      return Optional.of(new ConfigType(Kind.TEXT));
    }
    if (type == Path.class) {
      return Optional.of(new ConfigType(Kind.PATH));
    }
    if (type == Duration.class) {
      return Optional.of(new ConfigType(Kind.DURATION));
    }
    if (type == ByteSize.class) {
      return Optional.of(new ConfigType(Kind.SIZE));
    }
    if (type instanceof Class<?> choices && choices.isEnum()) {
      return Optional.of(new ConfigType(Kind.CHOICE, choices.getEnumConstants()));
    }
    return type instanceof ParameterizedType generic
            && generic.getRawType() == List.class
            && generic.getActualTypeArguments()[0] == String.class
        ? Optional.of(new ConfigType(Kind.LIST))
        : Optional.empty();
  }

  /** What it is called: see {@link io.warpengine.api.ConfigSetting#type()}. */
  String name() {
    if (kind != Kind.CHOICE) {
      return kind.name().toLowerCase(Locale.ROOT);
    }
    List<String> names = new ArrayList<>();
    for (Object choice : choices) {
      names.add(choiceName(choice));
    }
    return String.join("|", names);
  }

  /** How to write a value, as a sentence. */
  String form() {
    return switch (kind) {
      case INTEGER -> "Write digits, for example [24].";
      case NUMBER -> "Write digits, for example [0.75].";
      case BOOLEAN -> "Write [true] or [false].";
      case TEXT -> "Write text between quotes.";
      case PATH -> "Write a path between quotes.";
      case DURATION -> "Write a duration such as [30s], [200ms] or [5m].";
      case SIZE -> "Write a size such as [512], [64KiB], [16MiB] or [2GiB].";
      case LIST -> "Write a list such as [\"a\", \"b\"] in the file, or a,b elsewhere.";
      case CHOICE -> "Write one of [" + name() + "].";
    };
  }

  /** Whether its values have an order. */
  boolean isOrdered() {
    return switch (kind) {
      case INTEGER, NUMBER, DURATION, SIZE -> true;
      case BOOLEAN, TEXT, PATH, LIST, CHOICE -> false;
    };
  }

  /** Compares two values of an ordered type. */
  int compare(Object a, Object b) {
    return switch (kind) {
      case NUMBER -> Double.compare((Double) a, (Double) b);
      case DURATION -> ((Duration) a).compareTo((Duration) b);
      case SIZE -> Long.compare(((ByteSize) a).bytes(), ((ByteSize) b).bytes());
      case INTEGER, BOOLEAN, TEXT, PATH, LIST, CHOICE -> Long.compare((Long) a, (Long) b);
    };
  }

  /** Writes a value. */
  String render(Object value) {
    return switch (kind) {
      case DURATION -> Quantity.render((Duration) value);
      case PATH -> value.toString().replace('\\', '/');
      case CHOICE -> choiceName(value);
      case LIST -> {
        List<String> elements = new ArrayList<>();
        ((List<?>) value).forEach(element -> elements.add(element.toString()));
        yield String.join(",", elements);
      }
      case INTEGER, NUMBER, BOOLEAN, TEXT, SIZE -> value.toString();
    };
  }

  /** Reads a value of the file: String, Long, Double, Boolean or a list; empty if it is no such. */
  Optional<Object> fromFile(Object raw) {
    return switch (kind) {
      case INTEGER -> raw instanceof Long ? Optional.of(raw) : Optional.empty();
      case NUMBER -> raw instanceof Number number ? finite(number.doubleValue()) : Optional.empty();
      case BOOLEAN -> raw instanceof Boolean ? Optional.of(raw) : Optional.empty();
      case SIZE ->
          raw instanceof Long || raw instanceof String
              ? fromText(raw.toString())
              : Optional.empty();
      case LIST ->
          raw instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
              ? Optional.of(List.copyOf(list))
              : Optional.empty();
      case TEXT, PATH, DURATION, CHOICE ->
          raw instanceof String text ? fromText(text) : Optional.empty();
    };
  }

  /** Reads text from elsewhere; empty if it is no such value. */
  Optional<Object> fromText(String text) {
    try {
      return switch (kind) {
        case INTEGER -> Optional.of(Long.valueOf(text));
        case NUMBER -> finite(Double.parseDouble(text));
        case BOOLEAN ->
            text.equals("true") || text.equals("false")
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty();
        case TEXT -> Optional.of(text);
        case PATH -> Optional.of(Path.of(text));
        case DURATION -> widen(Quantity.duration(text));
        case SIZE -> widen(Quantity.size(text));
        case LIST -> Optional.of(elements(text));
        case CHOICE -> choice(text);
      };
    } catch (NumberFormatException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> widen(Optional<?> value) {
    return value.isPresent() ? Optional.of(value.get()) : Optional.empty();
  }

  private Optional<Object> choice(String text) {
    for (Object choice : choices) {
      if (choiceName(choice).equals(text.toLowerCase(Locale.ROOT))) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }

  private static String choiceName(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> elements(String text) {
    List<String> elements = new ArrayList<>();
    if (!text.isBlank()) {
      for (String element : List.of(text.split(",", -1))) {
        elements.add(element.strip());
      }
    }
    return List.copyOf(elements);
  }

  private static Optional<Object> finite(double number) {
    return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
  }
}
