package io.warpengine.cli.demo;

import io.warpengine.api.WarpException;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.output.Scratch;
import java.io.IOException;
import java.nio.file.Path;

/** Shows in some seconds what WarpEngine does, and proves it. */
public final class DemoCommand implements Command {

  /** A command. */
  public DemoCommand() {}

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
            "demo", "Loads real data, reads it, kills itself while writing, recovers, proves.")
        .options(
            Option.value("kills", "N", "1", "How many writing processes to kill."),
            Option.value("acks", "N", "20000", "Acknowledged writes before each kill."));
  }

  @Override
  public ExitCode run(Call call) {
    int kills = (int) call.arguments().number("kills", 0, 1000);
    int acknowledgements = (int) call.arguments().number("acks", 1, 10_000_000);
    Path directory = beside(call.data());
    try {
      Scratch.make(directory);
    } catch (IOException failed) {
      throw new WarpException(
          CliError.OUTPUT_UNWRITABLE,
          "The directory [" + directory + "] cannot be made afresh: " + failed.getMessage() + ".",
          "Name another place with --data.",
          failed);
    }
    Path database = directory.resolve("universe");
    var report = new Demo(call, database, kills, acknowledgements).run();
    if (call.json()) {
      call.result(report);
    } else {
      call.message(
          "The database stays in [" + database + "]: warp --data " + database + " scan module:");
    }
    return ExitCode.DONE;
  }

  /** A sibling, since the directory itself belongs to the database of the user. */
  private static Path beside(Path data) {
    Path whole = data.toAbsolutePath().normalize();
    Path name = whole.getFileName();
    return name == null ? whole.resolve("warp-demo") : whole.resolveSibling(name + "-demo");
  }
}
