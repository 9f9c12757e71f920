package io.warpengine.cli;

import io.warpengine.cli.line.CommandSyntax;

/** A command: how it is written and what it does. */
public interface Command {

  /**
   * How it is written.
   *
   * @return the same on every call
   */
  CommandSyntax syntax();

  /**
   * Does it.
   *
   * @param call the command line and the surroundings
   * @return what the process ends with
   * @throws io.warpengine.api.WarpException with every problem
   */
  ExitCode run(Call call);
}
