package io.warpengine.cli.line;

import io.warpengine.api.WarpException;
import io.warpengine.cli.CliError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * All commands as picocli knows them: reads any command line, explains what is wrong with it, and
 * gives the help texts and the completion script. Built from the model, not from annotations, so
 * that nothing is found by reflection.
 */
public final class CommandTree {

  private final List<CommandSyntax> commands;
  private final List<Option> globals;
  private final CommandLine root;

  /**
   * Builds the tree.
   *
   * @param commands every command, those of plugins included
   * @param globals the options of all commands
   * @param summary what the program is
   */
  public CommandTree(List<CommandSyntax> commands, List<Option> globals, String summary) {
    this.commands = List.copyOf(commands);
    this.globals = List.copyOf(globals);
    CommandSpec spec = group("warp", summary);
    for (CommandSyntax syntax : commands) {
      CommandSpec parent = spec;
      List<String> words = syntax.words();
      for (int i = 0; i < words.size() - 1; i++) {
        CommandLine next = parent.subcommands().get(words.get(i));
        if (next == null) {
          CommandSpec made = group(words.get(i), "");
          parent.addSubcommand(words.get(i), made);
          parent = made;
        } else {
          parent = next.getCommandSpec();
        }
      }
      parent.addSubcommand(words.getLast(), leaf(syntax));
    }
    describe(spec);
    root = new CommandLine(spec);
    root.setAllowSubcommandsAsOptionParameters(true);
    root.setAllowOptionsAsOptionParameters(true);
    root.setExpandAtFiles(false);
    root.setPosixClusteredShortOptionsAllowed(false);
    root.setUsageHelpAutoWidth(false);
    root.setUsageHelpWidth(100);
  }

  /** What a command line asks for. */
  public sealed interface Request {}

  /**
   * To run a command.
   *
   * @param arguments what it says
   */
  public record Run(Arguments arguments) implements Request {}

  /**
   * To be told about a command.
   *
   * @param text the help
   */
  public record Help(String text) implements Request {}

  /**
   * Reads a command line.
   *
   * @param line the process's arguments
   * @return what it asks for
   * @throws WarpException with the codes of {@link CliError} that mean a wrong command line
   */
  public Request parse(List<String> line) {
    ParseResult result;
    try {
      result = root.parseArgs(line.toArray(String[]::new));
    } catch (ParameterException wrong) {
      throw explained(wrong);
    }
    List<ParseResult> levels = new ArrayList<>();
    for (ParseResult level = result; level != null; level = level.subcommand()) {
      levels.add(level);
      if (level.isUsageHelpRequested()) {
        return new Help(usage(level.commandSpec()));
      }
    }
    CommandSpec spec = levels.getLast().commandSpec();
    if (!(spec.userObject() instanceof CommandSyntax syntax)) {
      if (levels.size() == 1) {
        return new Help(usage(spec));
      }
      throw new WarpException(
          CliError.USAGE_INVALID,
          "The command [" + spec.name() + "] needs a second word.",
          "There are: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
    Map<String, List<String>> options = new HashMap<>();
    for (ParseResult level : levels) {
      // What is matched more than once is listed more than once.
      for (OptionSpec option : new LinkedHashSet<>(level.matchedOptions())) {
        options
            .computeIfAbsent(option.longestName().substring(2), _ -> new ArrayList<>())
            .addAll(option.arity().max() == 0 ? List.of("true") : option.originalStringValues());
      }
    }
    List<String> parameters =
        new LinkedHashSet<>(levels.getLast().matchedPositionals())
            .stream().flatMap(parameter -> parameter.originalStringValues().stream()).toList();
    return new Run(
        new Arguments(syntax.name(), options, parameters, QuickParser.defaults(syntax, globals)));
  }

  /**
   * A script that completes commands and options.
   *
   * @return for bash, and for zsh with bashcompinit
   */
  public String completion() {
    return AutoComplete.bash("warp", root);
  }

  private static String usage(CommandSpec spec) {
    return spec.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  private CommandSpec group(String name, String summary) {
    CommandSpec spec = CommandSpec.create().name(name);
    addGlobals(spec);
    spec.usageMessage().description(escaped(summary)).synopsisSubcommandLabel("COMMAND");
    spec.usageMessage().abbreviateSynopsis(true);
    return spec;
  }

  private CommandSpec leaf(CommandSyntax syntax) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(syntax).name(syntax.words().getLast());
    int index = 0;
    for (Parameter parameter : syntax.parameters()) {
      PositionalParamSpec.Builder builder =
          PositionalParamSpec.builder()
              .paramLabel(parameter.name())
              .description(escaped(parameter.summary()))
              .required(parameter.required())
              .index(parameter.repeatable() ? index + "..*" : Integer.toString(index));
      String arity = parameter.required() ? "1" : "0..1";
      builder =
          parameter.repeatable()
              ? builder
                  .type(List.class)
                  .auxiliaryTypes(String.class)
                  .arity(parameter.required() ? "1..*" : "0..*")
              : builder.type(String.class).arity(arity);
      spec.addPositional(builder.build());
      index++;
    }
    syntax.options().forEach(option -> spec.addOption(built(option)));
    addGlobals(spec);
    spec.usageMessage().description(escaped(syntax.summary())).hidden(syntax.hidden());
    spec.usageMessage().abbreviateSynopsis(true);
    return spec;
  }

  private void addGlobals(CommandSpec spec) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().validate(false).heading("%nOptions of every command:%n").order(99);
    globals.forEach(option -> group.addArg(built(option)));
    group.addArg(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Explains the command.")
            .build());
    spec.addArgGroup(group.build());
    spec.usageMessage().sortOptions(false);
  }

  private static OptionSpec built(Option option) {
    List<String> names = new ArrayList<>();
    if (!option.letter().isEmpty()) {
      names.add("-" + option.letter());
    }
    names.add("--" + option.name());
    OptionSpec.Builder builder = OptionSpec.builder(names.toArray(String[]::new));
    String summary = option.summary();
    if (!option.defaultValue().isEmpty()) {
      summary += " Default: " + option.defaultValue() + ".";
    }
    builder.description(escaped(summary));
    if (option.value().isEmpty()) {
      return builder.type(boolean.class).arity("0").build();
    }
    builder.paramLabel(option.value().get()).arity("1");
    return option.repeatable()
        ? builder.type(List.class).auxiliaryTypes(String.class).build()
        : builder.type(String.class).build();
  }

  private static String escaped(String text) {
    return text.replace("%", "%%");
  }

  private static void describe(CommandSpec spec) {
    if (spec.usageMessage().description().length == 0
        || spec.usageMessage().description()[0].isEmpty()) {
      spec.usageMessage()
          .description("Commands: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
    spec.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(child -> !child.subcommands().isEmpty())
        .forEach(CommandTree::describe);
  }

  private WarpException explained(ParameterException wrong) {
    CommandSpec spec = wrong.getCommandLine().getCommandSpec();
    String where = qualified(spec);
    List<String> unmatched =
        wrong instanceof UnmatchedArgumentException exception
            ? exception.getUnmatched()
            : wrong.getCommandLine().getUnmatchedArguments();
    if (!unmatched.isEmpty()) {
      return tooMuch(spec, unmatched.getFirst());
    }
    if (wrong instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      String names =
          missing.getMissing().stream()
              .map(argument ->
                  argument instanceof OptionSpec option
                      ? "value of " + option.longestName()
                      : "argument " + argument.paramLabel())
              .collect(Collectors.joining(", "));
      return new WarpException(
          CliError.USAGE_INVALID,
          "The " + names + " is missing for [" + where + "].",
          "Its form is: " + synopsis(spec));
    }
    String message = String.valueOf(wrong.getMessage());
    return new WarpException(
        CliError.USAGE_INVALID,
        message.endsWith(".") ? message : message + ".",
        "Its form is: " + synopsis(spec));
  }

  private WarpException tooMuch(CommandSpec spec, String word) {
    String where = qualified(spec);
    if (word.startsWith("-") && word.length() > 1) {
      return unknownOption(spec, word);
    }
    if (!spec.subcommands().isEmpty()) {
      List<String> names = commandNames(spec);
      return new WarpException(
          CliError.COMMAND_UNKNOWN,
          "There is no command [" + (where + " " + word).strip() + "].",
          Nearest.to(word, names)
              .map(near -> "Did you mean [" + near + "]?")
              .orElse("There are: " + String.join(", ", names) + "."));
    }
    return new WarpException(
        CliError.USAGE_INVALID,
        "The argument [" + word + "] is one too many for [" + where + "].",
        "Its form is: " + synopsis(spec));
  }

  private WarpException unknownOption(CommandSpec spec, String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    List<String> names = new ArrayList<>();
    spec.options().stream().flatMap(option -> Stream.of(option.names())).forEach(names::add);
    String where = qualified(spec);
    return new WarpException(
        CliError.OPTION_UNKNOWN,
        "There is no option [" + name + "]" + (where.isEmpty() ? "." : " of [" + where + "]."),
        Nearest.to(name, names)
            .map(near -> "Did you mean [" + near + "]?")
            .orElse(
                "Write [--] before an argument that begins with a dash; [warp "
                    + (where.isEmpty() ? "" : where + " ")
                    + "--help] lists the options."));
  }

  private List<String> commandNames(CommandSpec spec) {
    Map<String, Boolean> names = new LinkedHashMap<>();
    spec.subcommands()
        .forEach((name, line) -> names.put(name, line.getCommandSpec().usageMessage().hidden()));
    return names.entrySet().stream()
        .filter(entry -> !entry.getValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String qualified(CommandSpec spec) {
    String name = spec.qualifiedName();
    return name.startsWith("warp ") ? name.substring(5) : "";
  }

  private static String synopsis(CommandSpec spec) {
    String text = usage(spec).lines().findFirst().orElse("");
    return text.replace("Usage: ", "").strip();
  }

  /**
   * The command with a name.
   *
   * @param name words separated by spaces
   * @return empty if there is none
   */
  public Optional<CommandSyntax> command(String name) {
    return commands.stream().filter(syntax -> syntax.name().equals(name)).findFirst();
  }
}
