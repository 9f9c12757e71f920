package io.warpengine.cli.command;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.line.Parameter;

/** Prints a value. */
final class GetCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of("get", "Prints the value of a key; ends with 4 if there is none.")
        .parameters(Parameter.required("KEY", "The key."))
        .options(
            Option.flag("raw", "Prints the bytes of the value and nothing else, no line end."),
            Receipts.KEY64,
            Spaces.OPTION);
  }

  @Override
  public ExitCode run(Call call) {
    String text = call.arguments().parameters().getFirst();
    Bytes key = call.key(text);
    try (WarpDatabase database = call.openToRead()) {
      Entry entry = Spaces.of(call, database).entry(key).orElseThrow(() -> missing(text));
      if (call.json()) {
        Records.to(call.out()).write(entry);
      } else {
        byte[] value = entry.value().toArray();
        call.out().write(value, 0, value.length);
        if (!call.arguments().given("raw")) {
          call.out().write('\n');
        }
      }
      return ExitCode.DONE;
    }
  }

  static WarpException missing(String key) {
    return new WarpException(
        CliError.RECORD_NOT_FOUND,
        "There is no record with the key [" + key + "].",
        "[warp scan PREFIX] lists the keys that begin with a prefix.");
  }
}
