package io.warpengine.cli.bench;

import io.warpengine.api.Durability;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.output.Progress;
import io.warpengine.cli.output.Scratch;
import io.warpengine.cli.output.Table;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Measures the engine on this machine, in a scratch database beside the data. */
public final class BenchCommand implements Command {

  private static final long SEED = 25;

  /** A command. */
  public BenchCommand() {}

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
            "bench", "Measures puts, gets and scans in a scratch database beside --data.")
        .options(
            Option.value("keys", "N", "100000", "Number of keys."),
            Option.value("key-bytes", "N", "16", "Bytes per key, 10 or more."),
            Option.value("value-bytes", "N", "100", "Bytes per value."),
            Option.value("threads", "LIST", "1,2", "Numbers of threads to measure with."),
            Option.value(
                "durability", "LIST", "", "Modes to measure. Default: sync,interval,memory."),
            Option.value("outstanding", "LIST", "1,64", "Puts under way at a time per thread."),
            Option.value("rounds", "N", "5", "Measured rounds, after one to warm up."),
            Option.value("round", "TIME", "500ms", "Length of a round."));
  }

  @Override
  public ExitCode run(Call call) {
    Path scratch = beside(call.data().toAbsolutePath().normalize());
    try {
      Scratch.make(scratch);
      try {
        measure(call, scratch.resolve("universe"));
      } finally {
        Scratch.remove(scratch);
      }
    } catch (IOException failed) {
      throw new WarpException(
          CliError.OUTPUT_UNWRITABLE,
          "The directory [" + scratch + "] cannot be made or removed: " + failed.getMessage() + ".",
          "Name another place with --data.",
          failed);
    }
    return ExitCode.DONE;
  }

  /** A directory that a killed run may leave behind without making the data unusable. */
  private static Path beside(Path data) {
    Path name = data.getFileName();
    return data.resolveSibling((name == null ? "warp" : name) + "-bench");
  }

  private static void measure(Call call, Path directory) throws IOException {
    int keys = (int) call.arguments().number("keys", 1, 100_000_000);
    int keyBytes = (int) call.arguments().number("key-bytes", 10, 65_536);
    int valueBytes = (int) call.arguments().number("value-bytes", 0, 16L << 20);
    int rounds = (int) call.arguments().number("rounds", 1, 1000);
    List<Tree> lines = new ArrayList<>();
    Table table = new Table();
    table.row(
        "workload",
        "durability",
        "outstanding",
        "threads",
        "per second",
        "+-",
        "lowest",
        "highest");
    try (WarpDatabase database = call.settings().directory(directory).open()) {
      List<Durability> modes = modes(call, database);
      BenchData data = new BenchData(database, keys, keyBytes, valueBytes, SEED);
      double loaded;
      try (Progress progress = call.progress("load")) {
        loaded = data.load(modes.getFirst(), progress);
      }
      Tree setting =
          setting(database, directory, keys, keyBytes, valueBytes)
              .with("rounds", rounds)
              .with("round_ms", call.arguments().duration("round").toMillis())
              .with("loaded_per_second", Math.round(loaded));
      if (!call.json()) {
        call.out().print(Table.of(setting));
        call.out().flush();
      }
      Bench bench = new Bench(data, rounds, call.arguments().duration("round").toNanos());
      for (Workload workload : workloads(call, modes)) {
        for (long threads : call.arguments().numbers("threads", 1, 1024)) {
          try (Progress progress = call.progress(workload.name())) {
            Spread spread = bench.measure(workload, (int) threads, progress);
            String mode = workload instanceof Workload.Put ? workload.durability().name() : "-";
            lines.add(line(workload, mode, threads, spread));
            row(table, workload, mode, threads, spread);
          }
        }
      }
      if (call.json()) {
        call.result(setting.with("results", Tree.list(lines)));
      } else {
        call.out().print(table.text());
      }
    }
  }

  private static List<Durability> modes(Call call, WarpDatabase database) {
    if (database.durability() == Durability.NONE) {
      return List.of(Durability.NONE);
    }
    List<Durability> chosen = call.arguments().durabilities("durability");
    return chosen.isEmpty()
        ? List.of(Durability.SYNC, Durability.INTERVAL, Durability.MEMORY)
        : chosen;
  }

  private static List<Workload> workloads(Call call, List<Durability> modes) {
    List<Workload> workloads = new ArrayList<>();
    workloads.add(new Workload.Get());
    workloads.add(new Workload.ScanHundred());
    for (Durability mode : modes) {
      for (long outstanding : call.arguments().numbers("outstanding", 1, 65_536)) {
        workloads.add(new Workload.Put(mode, (int) outstanding));
      }
    }
    return workloads;
  }

  private static Tree setting(
      WarpDatabase database, Path directory, int keys, int keyBytes, int valueBytes)
      throws IOException {
    return Tree.map()
        .with("keys", keys)
        .with("key_bytes", keyBytes)
        .with("value_bytes", valueBytes)
        .with("shards", database.stats().shards().size())
        .with("java", Runtime.version().toString())
        .with("processors", Runtime.getRuntime().availableProcessors())
        .with("heap_mib", Runtime.getRuntime().maxMemory() >> 20)
        .with(
            "collector",
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", ")))
        .with("file_system", Files.getFileStore(directory).type());
  }

  private static Tree line(Workload workload, String mode, long threads, Spread spread) {
    return Tree.map()
        .with("workload", workload.name())
        .with("durability", mode)
        .with("outstanding", workload.outstanding())
        .with("threads", threads)
        .with("per_second", Math.round(spread.median()))
        .with("lowest", Math.round(spread.min()))
        .with("highest", Math.round(spread.max()));
  }

  private static void row(
      Table table, Workload workload, String mode, long threads, Spread spread) {
    table.row(
        workload.name(),
        mode,
        workload.outstanding(),
        threads,
        String.format(Locale.ROOT, "%,.0f", spread.median()),
        String.format(Locale.ROOT, "%.0f %%", spread.percent()),
        String.format(Locale.ROOT, "%,.0f", spread.min()),
        String.format(Locale.ROOT, "%,.0f", spread.max()));
  }
}
