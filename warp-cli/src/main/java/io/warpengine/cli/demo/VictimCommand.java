package io.warpengine.cli.demo;

import io.warpengine.cli.Call;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;

/** The process that the demonstration kills; started by it, not by people. */
public final class VictimCommand implements Command {

  /** A command. */
  public VictimCommand() {}

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of("demo-writer", "Writes until it is killed; part of demo.").hide();
  }

  @Override
  public ExitCode run(Call call) {
    Demo.victim(call);
    return ExitCode.DONE;
  }
}
