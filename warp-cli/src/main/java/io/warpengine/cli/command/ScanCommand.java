package io.warpengine.cli.command;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.cli.Call;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.line.Parameter;
import io.warpengine.cli.output.Text;
import java.io.PrintStream;
import java.util.Base64;

/** Lists records in the order of their keys. */
final class ScanCommand implements Command {

  private static final int CHECKED_EVERY = 1024;

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
            "scan", "Lists keys and values in the order of the keys, a tabulator between them.")
        .parameters(Parameter.optional("PREFIX", "How the keys begin; all keys without it."))
        .options(
            Ranges.FROM,
            Ranges.TO,
            Ranges.LIMIT,
            Spaces.OPTION,
            Option.flag("reverse", "Last key first."),
            Option.flag("keys", "Prints the keys only."),
            Option.value(
                "token",
                "TOKEN",
                "",
                "Goes on where a limited scan ended, as its last line said."));
  }

  @Override
  public ExitCode run(Call call) {
    Scan scan = Ranges.scan(call, call.arguments().parameter(0));
    if (call.arguments().given("reverse")) {
      scan = scan.reversed();
    }
    if (call.arguments().given("token")) {
      scan = scan.resume(Call.base64(call.arguments().text("token")));
    }
    try (WarpDatabase database = call.openToRead();
        ScanCursor cursor = Spaces.of(call, database).scan(scan)) {
      if (print(call, cursor) == scan.limit()) {
        String token = Base64.getEncoder().encodeToString(cursor.token().toArray());
        if (call.json()) {
          call.result(Tree.map().with("token", token));
        } else {
          call.message("The limit was reached; --token " + token + " goes on.");
        }
      }
    }
    return ExitCode.DONE;
  }

  private static long print(Call call, ScanCursor cursor) {
    PrintStream out = call.out();
    Records records = Records.to(out);
    boolean keys = call.arguments().given("keys");
    long count = 0;
    while (cursor.hasNext()) {
      Entry entry = cursor.next();
      count++;
      if (call.json()) {
        records.write(entry);
      } else if (keys) {
        line(out, entry.key());
        out.write('\n');
      } else {
        line(out, entry.key());
        out.write('\t');
        line(out, entry.value());
        out.write('\n');
      }
      if (count % CHECKED_EVERY == 0 && out.checkError()) {
        return count;
      }
    }
    return count;
  }

  private static void line(PrintStream out, Bytes bytes) {
    out.print(Text.shown(bytes));
  }
}
