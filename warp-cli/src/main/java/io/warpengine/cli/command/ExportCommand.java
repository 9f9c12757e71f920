package io.warpengine.cli.command;

import io.warpengine.api.Scan;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpSpace;
import io.warpengine.cli.Call;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.line.Parameter;
import io.warpengine.cli.output.Progress;
import io.warpengine.cli.transfer.Exporter;
import io.warpengine.cli.transfer.Format;
import java.util.Locale;

/** Writes records to a file. */
final class ExportCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
            "export", "Writes records to a file from which import makes the same bytes again.")
        .parameters(Parameter.optional("FILE", "Where to; - or nothing writes to standard output."))
        .options(
            Option.value("format", "FORMAT", "", "jsonl or csv. Default: by the file's name."),
            Ranges.PREFIX,
            Ranges.FROM,
            Ranges.TO,
            Ranges.LIMIT,
            Spaces.OPTION,
            Option.flag("resume", "Goes on with FILE.part that an interrupted export left."));
  }

  @Override
  public ExitCode run(Call call) {
    String name = call.arguments().parameter(0).orElse("-");
    Format format = Format.of(call.arguments().text("format"), name);
    Scan scan = Ranges.scan(call, call.arguments().maybe("prefix"));
    long start = System.nanoTime();
    long records;
    try (WarpDatabase database = call.openToRead();
        Progress progress = call.progress("export")) {
      boolean all = scan.equals(Scan.all());
      WarpSpace space = Spaces.of(call, database);
      long expected = all ? Spaces.keys(database.stats(), space.name()) : 0;
      Exporter exporter = new Exporter(space, scan, format, progress, expected);
      records =
          name.equals("-")
              ? exporter.toStandardOutput(call.streams())
              : exporter.toFile(call.path(name), call.arguments().given("resume"));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!name.equals("-") && call.json()) {
      call.result(Tree.map().with("records", records).with("seconds", Tree.of(seconds)));
    } else {
      call.message(String.format(Locale.ROOT, "%,d records written in %.1f s.", records, seconds));
    }
    return ExitCode.DONE;
  }
}
