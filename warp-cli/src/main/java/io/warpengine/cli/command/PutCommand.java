package io.warpengine.cli.command;

import io.warpengine.api.Bytes;
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
import io.warpengine.cli.output.Text;
import java.io.IOException;

/** Stores a value. */
final class PutCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of("put", "Stores a value, and says how durable it is.")
        .parameters(
            Parameter.required("KEY", "The key, 1 byte to 64 KiB."),
            Parameter.required("VALUE", "The value; - reads its bytes from standard input."))
        .options(
            Option.value("ttl", "TIME", "", "After which the record is gone: 500ms, 30s, 10m, 7d."),
            Option.flag("if-absent", "Stores only if there is no record; ends with 1 if there is."),
            Receipts.DURABILITY,
            Receipts.KEY64,
            Spaces.OPTION,
            Option.flag("value64", "VALUE is written as base64."));
  }

  @Override
  public ExitCode run(Call call) {
    Bytes key = call.key(call.arguments().parameters().getFirst());
    Bytes value = value(call);
    WriteOptions options = Receipts.options(call);
    if (call.arguments().given("ttl")) {
      options = options.withTimeToLive(call.arguments().duration("ttl"));
    }
    try (WarpDatabase database = call.open()) {
      WarpSpace space = Spaces.of(call, database);
      if (!call.arguments().given("if-absent")) {
        Receipts.tell(call, "stored", space.put(key, value, options));
        return ExitCode.DONE;
      }
      Receipt stored =
          space
              .putIfAbsent(key, value, options)
              .orElseThrow(() ->
                  new WarpException(
                      CliError.RECORD_EXISTS,
                      "There is a record with the key ["
                          + Text.shown(key)
                          + "] already; nothing was stored.",
                      "Without --if-absent it is replaced."));
      Receipts.tell(call, "stored", stored);
      return ExitCode.DONE;
    }
  }

  private static Bytes value(Call call) {
    String text = call.arguments().parameters().get(1);
    if (!text.equals("-")) {
      return call.arguments().given("value64") ? Call.base64(text) : Bytes.utf8(text);
    }
    try {
      byte[] bytes = call.streams().in().readAllBytes();
      return call.arguments().given("value64")
          ? Call.base64(new String(bytes, java.nio.charset.StandardCharsets.US_ASCII).strip())
          : Bytes.wrap(bytes, 0, bytes.length);
    } catch (IOException failed) {
      throw new WarpException(
          CliError.INPUT_UNREADABLE, "Standard input cannot be read.", "", failed);
    }
  }
}
