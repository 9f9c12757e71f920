package io.warpengine.cli.command;

import io.warpengine.api.DatabaseStats;
import io.warpengine.api.Entry;
import io.warpengine.api.Problem;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.SpaceOptions;
import io.warpengine.api.SpaceStats;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpPlan;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.output.Json;
import io.warpengine.cli.output.Progress;
import io.warpengine.cli.output.Waiting;
import io.warpengine.spi.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks a data directory and changes nothing in it: every plugin's own {@code verify} operation
 * runs over its files, then the database is recovered in memory and every record is read.
 */
final class VerifyCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
        "verify", "Checks every file and every record of the directory; ends with 7 on damage.");
  }

  @Override
  public ExitCode run(Call call) {
    call.requireDatabase();
    WarpPlan plan = call.builder().plan();
    List<Problem> problems = new ArrayList<>();
    Tree report = Tree.map();
    for (Operation operation : plan.operations()) {
      if (operation.mode() == Operation.Mode.OFFLINE && operation.name().endsWith(" verify")) {
        try (Waiting waiting = call.waiting(operation.name())) {
          Tree result =
              plan.callOffline(
                  operation.name(),
                  Map.of(),
                  row -> {
                    waiting.wipe();
                    row(call, row);
                  });
          report = report.with(operation.name().replace(' ', '_'), result);
        } catch (WarpException failure) {
          problems.addAll(failure.problems());
        }
      }
    }
    if (problems.isEmpty()) {
      report = report.with("records", records(call));
    }
    call.result(report);
    if (!problems.isEmpty()) {
      throw new WarpException(worst(problems).code(), problems);
    }
    call.message("Everything is as it was written.");
    return ExitCode.DONE;
  }

  private static void row(Call call, Tree row) {
    if (call.json()) {
      call.out().println(Json.of(row));
    } else {
      call.message(Json.of(row));
    }
  }

  /** The problem that decides the exit code: damage before all others. */
  private static Problem worst(List<Problem> problems) {
    return problems.stream()
        .filter(problem -> ExitCode.of(problem.code()) == ExitCode.DAMAGE)
        .findFirst()
        .orElse(problems.getFirst());
  }

  private static Tree records(Call call) {
    try (WarpDatabase database = call.openToRead();
        Progress progress = call.progress("verify")) {
      DatabaseStats stats = database.stats();
      List<SpaceStats> spaces = new ArrayList<>(stats.spaces());
      spaces.addFirst(
          new SpaceStats(
              "", SpaceOptions.DEFAULT, stats.keys(), stats.keyBytes(), stats.valueBytes()));
      long counted = spaces.stream().mapToLong(SpaceStats::keys).sum();
      Read read = new Read(0, 0);
      for (SpaceStats space : spaces) {
        read = read.and(read(database, space, read.keys(), counted, progress));
      }
      return Tree.map()
          .with("read", read.keys())
          .with("bytes", read.bytes())
          .with("not_listed", counted - read.keys());
    }
  }

  private record Read(long keys, long bytes) {

    Read and(Read other) {
      return new Read(keys + other.keys, bytes + other.bytes);
    }
  }

  private static Read read(
      WarpDatabase database, SpaceStats space, long before, long all, Progress progress) {
    long keys = 0;
    long bytes = 0;
    try (ScanCursor cursor = database.space(space.name()).scan(Scan.all())) {
      while (cursor.hasNext()) {
        Entry entry = cursor.next();
        keys++;
        bytes += entry.key().size() + (long) entry.value().size();
        progress.at(before + keys, all, before + keys);
      }
    }
    if (keys > space.keys() || bytes > space.keyBytes() + space.valueBytes()) {
      throw new WarpException(
          CliError.RECORDS_DISAGREE,
          "A scan of the space ["
              + space.name()
              + "] found ["
              + keys
              + "] records where the database counts ["
              + space.keys()
              + "].",
          "Keep a copy of the directory and report this.");
    }
    return new Read(keys, bytes);
  }
}
