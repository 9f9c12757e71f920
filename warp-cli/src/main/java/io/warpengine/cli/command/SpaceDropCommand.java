package io.warpengine.cli.command;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.cli.Call;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Parameter;
import io.warpengine.cli.output.Waiting;

/** Removes a space, and waits until its records are reclaimed. */
final class SpaceDropCommand implements Command {

  private static final String RECLAIMING = "engine_spaces_reclaiming_count";
  private static final int LOOK_MILLIS = 20;

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
            "space drop", "Removes a space with all its records; ends with 4 if there is none.")
        .parameters(Parameter.required("NAME", "The space."));
  }

  @Override
  public ExitCode run(Call call) {
    String name = call.arguments().parameters().getFirst();
    call.requireDatabase();
    try (WarpDatabase database = call.open()) {
      if (!database.dropSpace(name)) {
        throw new WarpException(
            CoreError.SPACE_MISSING,
            "There is no space [" + name + "].",
            "[warp space list] lists those that are there.");
      }
      awaitReclaimed(call, database);
    }
    call.message("dropped: the space [" + name + "].");
    return ExitCode.DONE;
  }

  /** The space is gone already; a process that ends now would leave the work to the next one. */
  private static void awaitReclaimed(Call call, WarpDatabase database) {
    try (Waiting _ = call.waiting("reclaiming")) {
      while (!database.readOnly() && database.stats().metrics().getOrDefault(RECLAIMING, 0.0) > 0) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
