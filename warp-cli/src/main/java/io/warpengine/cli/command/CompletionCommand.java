package io.warpengine.cli.command;

import io.warpengine.cli.Call;
import io.warpengine.cli.Cli;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;

/** Prints a completion script. */
final class CompletionCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
        "completion", "Prints a completion script for bash and zsh: source <(warp completion).");
  }

  @Override
  public ExitCode run(Call call) {
    call.out().print(Cli.tree(call).completion());
    return ExitCode.DONE;
  }
}
