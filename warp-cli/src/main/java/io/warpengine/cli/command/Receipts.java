package io.warpengine.cli.command;

import io.warpengine.api.Durability;
import io.warpengine.api.KeyRange;
import io.warpengine.api.Receipt;
import io.warpengine.api.Tree;
import io.warpengine.api.WriteOptions;
import io.warpengine.cli.Call;
import io.warpengine.cli.line.Option;

/** What writing commands have in common. */
final class Receipts {

  static final Option DURABILITY =
      Option.value(
          "durability",
          "MODE",
          "",
          "What to wait for: sync, interval, os or memory. Default: the database's.");
  static final Option KEY64 = Option.flag("key64", "KEY is written as base64.");

  private Receipts() {}

  static WriteOptions options(Call call) {
    return call.arguments()
        .durability("durability")
        .map(WriteOptions::durability)
        .orElse(WriteOptions.DEFAULT);
  }

  static Tree tree(Receipt receipt) {
    return Tree.map()
        .with("shard", receipt.shard())
        .with("sequence", receipt.sequence())
        .with("position", receipt.position().toString())
        .with("durability", receipt.durability().name());
  }

  static void tell(Call call, String verb, Receipt receipt) {
    if (call.json()) {
      call.result(tree(receipt));
    } else {
      call.message(
          verb
              + ": shard "
              + receipt.shard()
              + ", sequence "
              + receipt.sequence()
              + ", position "
              + receipt.position()
              + ", durability "
              + receipt.durability()
              + ".");
    }
    warnOfNoJournal(call, receipt.durability());
  }

  static void tell(Call call, KeyRange.Deleted deleted) {
    if (call.json()) {
      call.result(
          Tree.map()
              .with("records", deleted.records())
              .with("position", deleted.position().toString())
              .with("durability", deleted.durability().name()));
    } else {
      call.message(
          "removed: "
              + deleted.records()
              + " records, position "
              + deleted.position()
              + ", durability "
              + deleted.durability()
              + ".");
    }
    warnOfNoJournal(call, deleted.durability());
  }

  private static void warnOfNoJournal(Call call, Durability durability) {
    if (durability == Durability.NONE) {
      call.message("There is no journal: nothing of it survives this process.");
    }
  }
}
