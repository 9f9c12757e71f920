package io.warpengine.cli.command;

import io.warpengine.api.DatabaseStats;
import io.warpengine.api.SpaceStats;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpSpace;
import io.warpengine.cli.Call;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.output.Table;
import java.util.List;

/** The option that chooses a space, and how spaces are shown. */
final class Spaces {

  static final Option OPTION =
      Option.value(
          "space", "NAME", "", "The space; one that is written to is made if it is not there.");

  private Spaces() {}

  /** The space that was asked for. */
  static WarpSpace of(Call call, WarpDatabase database) {
    return call.arguments().maybe("space").<WarpSpace>map(database::space).orElse(database);
  }

  /** Number of records in a space; empty names the default one. */
  static long keys(DatabaseStats stats, String name) {
    return stats.spaces().stream()
        .filter(space -> space.name().equals(name))
        .findFirst()
        .map(SpaceStats::keys)
        .orElse(stats.keys());
  }

  /** The figures of a space, its options only where it has some. */
  static Tree tree(SpaceStats space) {
    Tree tree =
        Tree.map()
            .with("space", space.name())
            .with("keys", space.keys())
            .with("key_bytes", space.keyBytes())
            .with("value_bytes", space.valueBytes());
    if (space.options().timeToLive().isPresent()) {
      tree = tree.with("ttl_millis", space.options().timeToLive().get().toMillis());
    }
    return space.options().durability().isPresent()
        ? tree.with("durability", space.options().durability().get().name())
        : tree;
  }

  /** One line per space. */
  static Table table(List<SpaceStats> spaces) {
    Table table = new Table().row("space", "keys", "key_bytes", "value_bytes", "ttl", "durability");
    for (SpaceStats space : spaces) {
      table.row(
          space.name(),
          space.keys(),
          space.keyBytes(),
          space.valueBytes(),
          space.options().timeToLive().map(time -> time.toMillis() + "ms").orElse(""),
          space.options().durability().map(Enum::name).orElse(""));
    }
    return table;
  }
}
