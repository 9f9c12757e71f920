package io.warpengine.cli.line;

import java.util.List;

/**
 * How a command is written.
 *
 * @param name one word, or several separated by spaces
 * @param summary what it does, in one sentence
 * @param parameters in their order
 * @param options its own; the global ones go with every command
 * @param hidden whether help leaves it out
 */
public record CommandSyntax(
    String name, String summary, List<Parameter> parameters, List<Option> options, boolean hidden) {

  /** Keeps its own copies. */
  public CommandSyntax {
    parameters = List.copyOf(parameters);
    options = List.copyOf(options);
  }

  /**
   * A command without parameters and options of its own.
   *
   * @param name one word, or several separated by spaces
   * @param summary what it does
   * @return the syntax
   */
  public static CommandSyntax of(String name, String summary) {
    return new CommandSyntax(name, summary, List.of(), List.of(), false);
  }

  /**
   * This command with parameters.
   *
   * @param those in their order
   * @return a new syntax
   */
  public CommandSyntax parameters(Parameter... those) {
    return new CommandSyntax(name, summary, List.of(those), options, hidden);
  }

  /**
   * This command with options.
   *
   * @param those in the order of the help
   * @return a new syntax
   */
  public CommandSyntax options(Option... those) {
    return new CommandSyntax(name, summary, parameters, List.of(those), hidden);
  }

  /**
   * This command, left out of the help.
   *
   * @return a new syntax
   */
  public CommandSyntax hide() {
    return new CommandSyntax(name, summary, parameters, options, true);
  }

  /**
   * The words of the name.
   *
   * @return one or more
   */
  public List<String> words() {
    return List.of(name.split(" ", -1));
  }
}
