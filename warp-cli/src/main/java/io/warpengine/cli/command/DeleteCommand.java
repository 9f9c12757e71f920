package io.warpengine.cli.command;

import io.warpengine.api.KeyRange;
import io.warpengine.api.Problem;
import io.warpengine.api.Receipt;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WriteOptions;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.line.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes records. */
final class DeleteCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of("delete", "Removes records; ends with 4 if one of them is not there.")
        .parameters(new Parameter("KEY", "The keys.", false, true))
        .options(
            Ranges.PREFIX,
            Ranges.FROM,
            Ranges.TO,
            Option.flag("all", "Every record, in place of keys or a range."),
            Receipts.DURABILITY,
            Receipts.KEY64,
            Spaces.OPTION);
  }

  @Override
  public ExitCode run(Call call) {
    WriteOptions options = Receipts.options(call);
    boolean keys = !call.arguments().parameters().isEmpty();
    boolean all = call.arguments().given("all");
    if ((keys ? 1 : 0) + (all ? 1 : 0) + (Ranges.given(call) ? 1 : 0) != 1) {
      throw new WarpException(
          CliError.USAGE_INVALID,
          "It is not clear which records to remove.",
          "Give keys, or a range by --prefix or --from and --to, or --all.");
    }
    return keys ? deleteKeys(call, options) : deleteRange(call, options);
  }

  private static ExitCode deleteRange(Call call, WriteOptions options) {
    KeyRange range = Ranges.range(call, call.arguments().maybe("prefix"));
    if (range.equals(KeyRange.all()) && !call.arguments().given("all")) {
      throw new WarpException(
          CliError.USAGE_INVALID,
          "The range holds every key, since what it begins with is empty.",
          "Give --all to remove every record.");
    }
    call.requireDatabase();
    KeyRange.Deleted deleted;
    try (WarpDatabase database = call.open()) {
      deleted = Spaces.of(call, database).deleteRange(range, options);
    }
    Receipts.tell(call, deleted);
    return ExitCode.DONE;
  }

  private static ExitCode deleteKeys(Call call, WriteOptions options) {
    List<Problem> missing = new ArrayList<>();
    call.requireDatabase();
    try (WarpDatabase database = call.open()) {
      WarpSpace space = Spaces.of(call, database);
      for (String key : call.arguments().parameters()) {
        Optional<Receipt> receipt = space.delete(call.key(key), options);
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
