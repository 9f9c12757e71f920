package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.config.Suggestion;
import io.warpengine.spi.Operation;
import io.warpengine.spi.Operation.Argument;
import io.warpengine.spi.OperationCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The arguments of one call, converted to their declared types: what a handler receives. */
final class Arguments implements OperationCall {

  private final Operation operation;
  private final Map<String, Object> values;
  private final Consumer<Tree> rows;

  private Arguments(Operation operation, Map<String, Object> values, Consumer<Tree> rows) {
    this.operation = operation;
    this.values = values;
    this.rows = rows;
  }

  /**
   * Checks and converts.
   *
   * @throws WarpException ARGUMENT_INVALID with everything that is wrong
   */
  static Arguments of(Operation operation, Map<String, Object> given, Consumer<Tree> rows) {
    List<Problem> problems = new ArrayList<>();
    List<String> names = operation.arguments().stream().map(Argument::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        problems.add(
            problem(
                "The operation [" + operation.name() + "] has no argument [" + name + "].",
                Suggestion.question(
                    name,
                    names,
                    names.isEmpty()
                        ? "It takes no arguments."
                        : "Its arguments are [" + String.join(", ", names) + "].")));
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Argument argument : operation.arguments()) {
      Optional<Object> raw =
          Optional.ofNullable(given.get(argument.name()))
              .or(() -> argument.defaultValue().map(Object.class::cast));
      if (raw.isEmpty()) {
        problems.add(
            problem(
                "The operation ["
                    + operation.name()
                    + "] needs the argument ["
                    + argument.name()
                    + "].",
                argument.summary()));
        continue;
      }
      convert(argument.type(), raw.get())
          .ifPresentOrElse(
              value -> values.put(argument.name(), value),
              () -> problems.add(wrongType(operation, argument, raw.get())));
    }
    if (!problems.isEmpty()) {
      throw new WarpException(CoreError.ARGUMENT_INVALID, problems);
    }
    return new Arguments(operation, values, rows);
  }

  /** What is wrong with a declaration, as the end of a sentence; empty if nothing is. */
  static Optional<String> defect(Operation operation) {
    Set<String> names = new HashSet<>();
    for (Argument argument : operation.arguments()) {
      if (!names.add(argument.name())) {
        return Optional.of("has the argument [" + argument.name() + "] twice");
      }
      if (argument.defaultValue().isPresent()
          && convert(argument.type(), argument.defaultValue().get()).isEmpty()) {
        return Optional.of("has a default on [" + argument.name() + "] of another type");
      }
    }
    return Optional.empty();
  }

  @Override
  public String text(String name) {
    return value(name, String.class);
  }

  @Override
  public long integer(String name) {
    return value(name, Long.class);
  }

  @Override
  public double number(String name) {
    return value(name, Double.class);
  }

  @Override
  public boolean flag(String name) {
    return value(name, Boolean.class);
  }

  @Override
  public void row(Tree row) {
    rows.accept(row);
  }

  private <T> T value(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "The operation ["
              + operation.name()
              + "] declares no argument ["
              + name
              + "] of type ["
              + type.getSimpleName()
              + "].");
    }
    return type.cast(value);
  }

  private static Optional<Object> convert(Operation.Type type, Object raw) {
    String text = raw.toString();
    try {
      return switch (type) {
        case TEXT -> Optional.of(text);
        case INTEGER -> raw instanceof Double ? Optional.empty() : Optional.of(Long.valueOf(text));
        case NUMBER -> Optional.of(Double.valueOf(text));
        case FLAG ->
            text.equals("true") || text.equals("false")
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty();
      };
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Problem wrongType(Operation operation, Argument argument, Object raw) {
    String wanted =
        switch (argument.type()) {
          case TEXT -> "text";
          case INTEGER -> "a whole number";
          case NUMBER -> "a number";
          case FLAG -> "true or false";
        };
    return problem(
        "The argument ["
            + argument.name()
            + "] of ["
            + operation.name()
            + "] is "
            + wanted
            + ", not ["
            + raw
            + "].",
        argument.summary());
  }

  private static Problem problem(String what, String help) {
    return new Problem(CoreError.ARGUMENT_INVALID, "", what, help);
  }
}
