package io.warpengine.cli.command;

import io.warpengine.api.Problem;
import io.warpengine.api.Receipt;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteOptions;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes records. */
final class DeleteCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of("delete", "Removes records; ends with 4 if one of them is not there.")
        .parameters(new Parameter("KEY", "The keys.", true, true))
        .options(Receipts.DURABILITY, Receipts.KEY64);
  }

  @Override
  public ExitCode run(Call call) {
    WriteOptions options = Receipts.options(call);
    List<Problem> missing = new ArrayList<>();
    call.requireDatabase();
    try (WarpDatabase database = call.open()) {
      for (String key : call.arguments().parameters()) {
        Optional<Receipt> receipt = database.delete(call.key(key), options);
        receipt.ifPresentOrElse(
            removed -> Receipts.tell(call, "removed", removed),
            () -> missing.addAll(GetCommand.missing(key).problems()));
      }
    }
    if (!missing.isEmpty()) {
      throw new WarpException(CliError.RECORD_NOT_FOUND, missing);
    }
    return ExitCode.DONE;
  }
}
