package io.warpengine.cli.command;

import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.cli.Call;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.Globals;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.line.Parameter;
import io.warpengine.cli.output.Json;
import io.warpengine.spi.Operation;
import io.warpengine.spi.Operation.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A command that a plugin declares. Required arguments go by place, the others are options. Each
 * row is printed as a line of JSON while the operation runs, the result at its end.
 */
public final class OperationCommand implements Command {

  private final Operation operation;

  /**
   * The command of an operation.
   *
   * @param operation what the plugin declares
   */
  public OperationCommand(Operation operation) {
    this.operation = operation;
  }

  @Override
  public CommandSyntax syntax() {
    List<Parameter> parameters = new ArrayList<>();
    List<Option> options = new ArrayList<>();
    for (Argument argument : operation.arguments()) {
      if (argument.defaultValue().isEmpty()) {
        parameters.add(
            Parameter.required(
                argument.name().toUpperCase(java.util.Locale.ROOT), argument.summary()));
      } else {
        options.add(option(argument, argument.defaultValue().get()));
      }
    }
    return new CommandSyntax(operation.name(), operation.summary(), parameters, options, false);
  }

  private static Option option(Argument argument, String defaultValue) {
    String name = optionName(argument);
    if (argument.type() == Operation.Type.FLAG && defaultValue.equals("false")) {
      return Option.flag(name, argument.summary());
    }
    String label =
        switch (argument.type()) {
          case TEXT -> "TEXT";
          case INTEGER -> "N";
          case NUMBER -> "X";
          case FLAG -> "true|false";
        };
    return Option.value(name, label, defaultValue, argument.summary());
  }

  private static String optionName(Argument argument) {
    boolean taken =
        argument.name().equals("help")
            || Globals.OPTIONS.stream().anyMatch(option -> option.name().equals(argument.name()));
    return taken ? "of-" + argument.name() : argument.name();
  }

  @Override
  public ExitCode run(Call call) {
    Map<String, Object> given = new HashMap<>();
    int place = 0;
    for (Argument argument : operation.arguments()) {
      if (argument.defaultValue().isEmpty()) {
        given.put(argument.name(), call.arguments().parameters().get(place++));
      } else if (call.arguments().given(optionName(argument))) {
        given.put(argument.name(), call.arguments().text(optionName(argument)));
      }
    }
    Consumer<Tree> rows = row -> call.out().println(Json.of(row));
    call.requireDatabase();
    Tree result;
    if (operation.mode() == Operation.Mode.OFFLINE) {
      result = call.builder().plan().callOffline(operation.name(), given, rows);
    } else {
      try (WarpDatabase database = call.open()) {
        result = database.call(operation.name(), given, rows);
      }
    }
    if (!result.equals(Tree.map())) {
      call.result(result);
    }
    return ExitCode.DONE;
  }
}
