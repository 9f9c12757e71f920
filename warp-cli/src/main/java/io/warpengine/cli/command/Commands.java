package io.warpengine.cli.command;

import io.warpengine.cli.Command;
import io.warpengine.cli.bench.BenchCommand;
import io.warpengine.cli.demo.DemoCommand;
import io.warpengine.cli.demo.VictimCommand;
import io.warpengine.cli.project.PluginNewCommand;
import java.util.List;

/** The commands that are always there; plugins add theirs. */
public final class Commands {

  private Commands() {}

  /**
   * All of them, in the order of the help.
   *
   * @return new instances
   */
  public static List<Command> all() {
    return List.of(
        new DemoCommand(),
        new PutCommand(),
        new GetCommand(),
        new DeleteCommand(),
        new ScanCommand(),
        new ImportCommand(),
        new ExportCommand(),
        new StatsCommand(),
        new SpaceListCommand(),
        new SpaceDropCommand(),
        new PluginListCommand(),
        new PluginNewCommand(),
        new VerifyCommand(),
        new DoctorCommand(),
        new BenchCommand(),
        new ConfigCommand(),
        new CompletionCommand(),
        new AotCommand(),
        new VersionCommand(),
        new VictimCommand());
  }

  /**
   * Whether a command begins with a word, which is then not free for the commands of plugins.
   *
   * @param word the first word of a command line
   * @return true for {@code help} too
   */
  public static boolean isWord(String word) {
    return word.equals("help")
        || all().stream().anyMatch(command -> command.syntax().words().getFirst().equals(word));
  }
}
