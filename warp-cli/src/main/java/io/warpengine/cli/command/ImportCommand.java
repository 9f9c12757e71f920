package io.warpengine.cli.command;

import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.line.Parameter;
import io.warpengine.cli.output.Progress;
import io.warpengine.cli.transfer.Format;
import io.warpengine.cli.transfer.Importer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Stores the records of a file. */
final class ImportCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
            "import", "Stores the records of a file, in atomic batches; can be resumed.")
        .parameters(Parameter.required("FILE", "JSON lines or CSV; - reads standard input."))
        .options(
            Option.value("format", "FORMAT", "", "jsonl or csv. Default: by the file's name."),
            Option.value("batch", "N", "1000", "Records per atomic batch."),
            Option.flag("resume", "Goes on where an interrupted import of the file stopped."),
            Option.flag("skip-bad", "Leaves out lines that are no records, and lists them."),
            Option.value("max-record", "SIZE", "128MiB", "The longest record in the file."),
            Receipts.DURABILITY,
            Spaces.OPTION);
  }

  @Override
  public ExitCode run(Call call) {
    String name = call.arguments().parameters().getFirst();
    boolean standard = name.equals("-");
    Path file = call.path(name);
    long start = System.nanoTime();
    Importer.Plan plan =
        new Importer.Plan(
            Format.of(call.arguments().text("format"), name),
            name,
            standard ? name : file.toAbsolutePath().normalize().toString(),
            (int) call.arguments().number("batch", 1, 1_000_000),
            (int) call.arguments().bytes("max-record", 1L << 30),
            call.arguments().given("resume"),
            call.arguments().given("skip-bad"),
            call.arguments().maybe("space").orElse(""),
            Receipts.options(call));
    long size = standard ? 0 : size(file, name);
    Importer.Result result;
    try (WarpDatabase database = call.open();
        Farewell _ = Farewell.of(call, advice(name));
        Progress progress = call.progress("import");
        InputStream in = standard ? call.streams().in() : Files.newInputStream(file)) {
      result = new Importer(database, plan, progress, size).run(in);
      database.flush();
    } catch (IOException failed) {
      throw unreadable(name, failed);
    }
    report(call, result, (System.nanoTime() - start) / 1e9);
    return ExitCode.DONE;
  }

  private static String advice(String name) {
    return "The import of ["
        + name
        + "] was stopped. The batches that were stored stay; the same command with --resume goes"
        + " on after them.";
  }

  private static void report(Call call, Importer.Result result, double seconds) {
    for (Problem problem : result.bad()) {
      call.message("skipped: " + problem.where() + ": " + problem.what());
    }
    if (result.skipped() > result.bad().size()) {
      call.message("skipped: and " + (result.skipped() - result.bad().size()) + " more.");
    }
    if (call.json()) {
      call.result(
          Tree.map()
              .with("records", result.records())
              .with("resumed", result.resumed())
              .with("expired", result.expired())
              .with("skipped", result.skipped())
              .with("seconds", Tree.of(seconds)));
    } else {
      call.message(
          String.format(
              Locale.ROOT,
              "%,d records stored%s%s%s in %.1f s, %,.0f per second.",
              result.records() - result.resumed(),
              result.resumed() > 0
                  ? String.format(Locale.ROOT, " after %,d that were there", result.resumed())
                  : "",
              result.expired() > 0
                  ? String.format(Locale.ROOT, ", %,d expired and removed", result.expired())
                  : "",
              result.skipped() > 0
                  ? String.format(Locale.ROOT, ", %,d skipped", result.skipped())
                  : "",
              seconds,
              (result.records() - result.resumed()) / seconds));
    }
  }

  private static long size(Path file, String name) {
    try {
      return Files.size(file);
    } catch (IOException failed) {
      throw unreadable(name, failed);
    }
  }

  private static WarpException unreadable(String name, IOException failed) {
    return new WarpException(
        CliError.INPUT_UNREADABLE,
        "The file [" + name + "] cannot be read.",
        "Check its name and its rights.",
        failed);
  }
}
