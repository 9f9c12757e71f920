package io.warpengine.cli;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpPlan;
import io.warpengine.cli.command.Commands;
import io.warpengine.cli.command.OperationCommand;
import io.warpengine.cli.line.Arguments;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.CommandTree;
import io.warpengine.cli.line.QuickParser;
import io.warpengine.cli.output.ErrorPrinter;
import io.warpengine.cli.output.Streams;
import io.warpengine.spi.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Runs one command line and turns its outcome into an exit code and messages. */
public final class Cli {

  private static final String SUMMARY =
      "WarpEngine: an embeddable, durable key-value database, composed from jars.";

  private final Streams streams;
  private final List<Command> commands;

  /**
   * A command line.
   *
   * @param streams the process's surroundings
   */
  public Cli(Streams streams) {
    this.streams = streams;
    this.commands = Commands.all();
  }

  /**
   * Runs it.
   *
   * @param line the process's arguments
   * @return the exit code
   */
  public int run(List<String> line) {
    ErrorPrinter printer =
        new ErrorPrinter(streams, line.contains("--json"), !line.contains("--no-color"));
    ExitCode code;
    try {
      code = dispatch(line);
      streams.requireWritten();
    } catch (WarpException failure) {
      printer.print(failure);
      code = ExitCode.of(failure);
    } catch (RuntimeException | Error defect) {
      WarpException failure =
          new WarpException(
              CoreError.INTERNAL_ERROR,
              "The command failed in a way that nobody foresaw: " + defect + ".",
              "Run it again with --verbose and report what it prints.",
              defect);
      printer.print(failure);
      if (line.contains("--verbose")) {
        defect.printStackTrace(streams.err());
      }
      code = ExitCode.of(failure);
    }
    return code.number();
  }

  private ExitCode dispatch(List<String> line) {
    List<CommandSyntax> syntaxes = commands.stream().map(Command::syntax).toList();
    Optional<Arguments> quick = new QuickParser(syntaxes, Globals.OPTIONS).parse(line);
    if (quick.isPresent()) {
      return run(quick.get(), commands);
    }
    return slowly(rewritten(line));
  }

  /** The commands of this program, and those of plugins whose id is none of its words. */
  static List<Command> with(List<Operation> operations, Consumer<String> messages) {
    List<Command> all = new ArrayList<>(Commands.all());
    Set<String> taken = new TreeSet<>();
    for (Operation operation : operations) {
      OperationCommand command = new OperationCommand(operation);
      String plugin = command.syntax().words().getFirst();
      if (!Commands.isWord(plugin)) {
        all.add(command);
      } else if (taken.add(plugin)) {
        messages.accept(
            "The commands of the plugin ["
                + plugin
                + "] are left out: warp itself has a command ["
                + plugin
                + "].");
      }
    }
    return all;
  }

  private static CommandTree tree(List<Command> all) {
    return new CommandTree(all.stream().map(Command::syntax).toList(), Globals.OPTIONS, SUMMARY);
  }

  /**
   * All commands, those of the plugins in force included.
   *
   * @param call where the plugins are
   * @return the tree
   */
  public static CommandTree tree(Call call) {
    return tree(with(call.settings().plan().operations(), call::message));
  }

  /** {@code --version} and {@code help X} mean {@code version} and {@code X --help}. */
  private static List<String> rewritten(List<String> line) {
    if (line.equals(List.of("--version")) || line.equals(List.of("-V"))) {
      return List.of("version");
    }
    if (!line.isEmpty() && line.getFirst().equals("help")) {
      List<String> rest = new ArrayList<>(line.subList(1, line.size()));
      rest.add("--help");
      return rest;
    }
    return line;
  }

  private ExitCode slowly(List<String> line) {
    Call call = new Call(globals(line), streams);
    WarpPlan plan = call.settings().plan();
    boolean silent = List.of("--quiet", "-q", "--json").stream().anyMatch(line::contains);
    List<Command> all = with(plan.operations(), silent ? message -> {} : call::message);
    CommandTree tree = tree(all);
    CommandTree.Request request;
    try {
      request = tree.parse(line);
    } catch (WarpException wrong) {
      if (wrong.code() == CliError.COMMAND_UNKNOWN && !plan.problems().isEmpty()) {
        WarpException both = new WarpException(plan.problems().getFirst().code(), plan.problems());
        both.addSuppressed(wrong);
        throw both;
      }
      throw wrong;
    }
    return switch (request) {
      case CommandTree.Run run -> run(run.arguments(), all);
      case CommandTree.Help help -> {
        streams.out().print(help.text());
        yield ExitCode.DONE;
      }
    };
  }

  /** The values of global options, before it is known which command they belong to. */
  private static Arguments globals(List<String> line) {
    Map<String, List<String>> options = new HashMap<>();
    for (int i = 0; i < line.size(); i++) {
      String argument = line.get(i);
      for (String name : List.of(Globals.CONFIG, Globals.PLUGINS, Globals.SET)) {
        List<String> values = options.computeIfAbsent(name, _ -> new ArrayList<>());
        if (argument.equals("--" + name) && i + 1 < line.size()) {
          values.add(line.get(i + 1));
        } else if (argument.startsWith("--" + name + "=")) {
          values.add(argument.substring(name.length() + 3));
        }
      }
    }
    options.values().removeIf(List::isEmpty);
    return new Arguments("", options, List.of(), Map.of());
  }

  private ExitCode run(Arguments arguments, List<Command> among) {
    Command command =
        among.stream()
            .filter(candidate -> candidate.syntax().name().equals(arguments.command()))
            .findFirst()
            .orElseThrow();
    return command.run(new Call(arguments, streams));
  }
}
