package io.warpengine.cli.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads well-formed command lines without loading picocli, which costs a short command more time
 * than its work. Whatever is not plainly right (an unknown word, a request for help, a missing
 * value) it leaves to {@link CommandTree}, which is the authority; a test compares the two.
 */
public final class QuickParser {

  private final List<CommandSyntax> commands;
  private final List<Option> globals;

  private final List<String> words = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();
  private final Map<String, List<String>> values = new HashMap<>();
  private Optional<CommandSyntax> command = Optional.empty();

  /**
   * A parser for one command line.
   *
   * @param commands every known command
   * @param globals the options of all commands
   */
  public QuickParser(List<CommandSyntax> commands, List<Option> globals) {
    this.commands = commands;
    this.globals = globals;
  }

  /**
   * Reads the line.
   *
   * @param line the process's arguments
   * @return what it says; empty if it needs the other parser
   */
  public Optional<Arguments> parse(List<String> line) {
    boolean verbatim = false;
    for (int i = 0; i < line.size(); i++) {
      String argument = line.get(i);
      if (verbatim || argument.length() < 2 || argument.charAt(0) != '-') {
        if (!word(argument)) {
          return Optional.empty();
        }
      } else if (argument.equals("--")) {
        if (command.isEmpty()) {
          return Optional.empty();
        }
        verbatim = true;
      } else {
        int equals = argument.indexOf('=');
        Optional<Option> option = option(equals < 0 ? argument : argument.substring(0, equals));
        if (option.isEmpty()) {
          return Optional.empty();
        }
        String value = "true";
        if (option.get().value().isPresent()) {
          if (equals < 0 && ++i == line.size()) {
            return Optional.empty();
          }
          value = equals < 0 ? line.get(i) : argument.substring(equals + 1);
          if (value.equals("--")) {
            return Optional.empty();
          }
        } else if (equals >= 0) {
          return Optional.empty();
        }
        List<String> given = values.computeIfAbsent(option.get().name(), _ -> new ArrayList<>());
        given.add(value);
        if (given.size() > 1 && !option.get().repeatable()) {
          return Optional.empty();
        }
      }
    }
    return command.filter(this::complete).map(this::arguments);
  }

  private boolean word(String argument) {
    if (command.isPresent()) {
      parameters.add(argument);
      return true;
    }
    words.add(argument);
    String name = String.join(" ", words);
    command = commands.stream().filter(syntax -> syntax.name().equals(name)).findFirst();
    return command.isPresent()
        || commands.stream().anyMatch(syntax -> syntax.name().startsWith(name + " "));
  }

  private Optional<Option> option(String argument) {
    return globals.stream()
        .filter(option -> option.named(argument))
        .findFirst()
        .or(() ->
            command.flatMap(syntax ->
                syntax.options().stream().filter(option -> option.named(argument)).findFirst()));
  }

  private boolean complete(CommandSyntax syntax) {
    List<Parameter> expected = syntax.parameters();
    long required = expected.stream().filter(Parameter::required).count();
    boolean open = !expected.isEmpty() && expected.getLast().repeatable();
    return parameters.size() >= required && (open || parameters.size() <= expected.size());
  }

  private Arguments arguments(CommandSyntax syntax) {
    return new Arguments(syntax.name(), values, parameters, defaults(syntax, globals));
  }

  /** The defaults of a command's options and of the global ones. */
  static Map<String, String> defaults(CommandSyntax syntax, List<Option> globals) {
    Map<String, String> defaults = new HashMap<>();
    globals.forEach(option -> defaults.put(option.name(), option.defaultValue()));
    syntax.options().forEach(option -> defaults.put(option.name(), option.defaultValue()));
    return defaults;
  }
}
