package io.warpengine.cli.command;

import io.warpengine.api.DatabaseStats;
import io.warpengine.api.KeyRange;
import io.warpengine.api.ShardStats;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.output.Table;
import java.util.List;
import java.util.Map;

/** Tells what a database holds. */
final class StatsCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of("stats", "Tells what the database holds and has measured.")
        .options(
            Ranges.PREFIX,
            Ranges.FROM,
            Ranges.TO,
            Option.flag("shards", "Also one line per shard."),
            Option.flag("metrics", "Also every metric."),
            Option.value("space", "NAME", "", "Tells of this space alone."));
  }

  @Override
  public ExitCode run(Call call) {
    if (Ranges.given(call)) {
      return range(call);
    }
    DatabaseStats stats;
    try (WarpDatabase database = call.openToRead()) {
      stats = database.stats();
      if (call.arguments().given("space")) {
        String name = database.space(call.arguments().text("space")).name();
        return one(call, stats, name);
      }
    }
    Tree tree =
        Tree.map()
            .with("keys", stats.keys())
            .with("key_bytes", stats.keyBytes())
            .with("value_bytes", stats.valueBytes())
            .with("durability", stats.durability().name())
            .with("position", stats.position().toString())
            .with("durable", stats.durable().toString())
            .with("shard_count", stats.shards().size())
            .with("space_count", stats.spaces().size());
    boolean shards = call.arguments().given("shards");
    boolean metrics = call.arguments().given("metrics");
    if (call.json()) {
      tree = tree.with("spaces", Tree.list(stats.spaces().stream().map(Spaces::tree).toList()));
      if (shards) {
        tree = tree.with("shards", shards(stats.shards()));
      }
      if (metrics) {
        tree = tree.with("metrics", metrics(stats.metrics()));
      }
      call.result(tree);
      return ExitCode.DONE;
    }
    call.result(tree);
    if (!stats.spaces().isEmpty()) {
      call.out().print(Spaces.table(stats.spaces()).text());
    }
    if (shards) {
      Table table = new Table().row("shard", "keys", "key_bytes", "value_bytes", "sequence");
      for (ShardStats shard : stats.shards()) {
        table.row(
            shard.shard(), shard.keys(), shard.keyBytes(), shard.valueBytes(), shard.sequence());
      }
      call.out().print(table.text());
    }
    if (metrics) {
      call.result(metrics(stats.metrics()));
    }
    return ExitCode.DONE;
  }

  /** Tells about how much a range holds. */
  private static ExitCode range(Call call) {
    if (call.arguments().given("shards") || call.arguments().given("metrics")) {
      throw new WarpException(
          CliError.USAGE_INVALID,
          "A range was given together with --shards or --metrics.",
          "Those tell of the whole database: leave out one or the other.");
    }
    KeyRange range = Ranges.range(call, call.arguments().maybe("prefix"));
    KeyRange.Size size;
    try (WarpDatabase database = call.openToRead()) {
      size = Spaces.of(call, database).approximateSize(range);
    }
    call.result(Tree.map().with("keys", size.records()).with("approximate_bytes", size.bytes()));
    return ExitCode.DONE;
  }

  private static ExitCode one(Call call, DatabaseStats stats, String name) {
    stats.spaces().stream()
        .filter(space -> space.name().equals(name))
        .forEach(space -> call.result(Spaces.tree(space)));
    return ExitCode.DONE;
  }

  private static Tree shards(List<ShardStats> shards) {
    return Tree.list(
        shards.stream()
            .map(shard ->
                Tree.map()
                    .with("shard", shard.shard())
                    .with("keys", shard.keys())
                    .with("key_bytes", shard.keyBytes())
                    .with("value_bytes", shard.valueBytes())
                    .with("sequence", shard.sequence()))
            .toList());
  }

  private static Tree metrics(Map<String, Double> metrics) {
    Tree tree = Tree.map();
    for (Map.Entry<String, Double> metric : metrics.entrySet()) {
      double value = metric.getValue();
      tree =
          tree.with(
              metric.getKey(),
              value == Math.rint(value) && Math.abs(value) < 1e15
                  ? Tree.of((long) value)
                  : Tree.of(value));
    }
    return tree;
  }
}
