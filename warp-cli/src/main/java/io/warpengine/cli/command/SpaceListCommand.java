package io.warpengine.cli.command;

import io.warpengine.api.SpaceStats;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.cli.Call;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import java.util.List;

/** Lists the named spaces. */
final class SpaceListCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of("space list", "Lists the named spaces and what they hold.");
  }

  @Override
  public ExitCode run(Call call) {
    List<SpaceStats> spaces;
    try (WarpDatabase database = call.openToRead()) {
      spaces = database.stats().spaces();
    }
    if (call.json()) {
      call.result(Tree.list(spaces.stream().map(Spaces::tree).toList()));
    } else if (spaces.isEmpty()) {
      call.message("There are no spaces but the default one.");
    } else {
      call.out().print(Spaces.table(spaces).text());
    }
    return ExitCode.DONE;
  }
}
