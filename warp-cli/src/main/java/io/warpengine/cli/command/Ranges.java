package io.warpengine.cli.command;

import io.warpengine.api.Bytes;
import io.warpengine.api.KeyRange;
import io.warpengine.api.Scan;
import io.warpengine.api.WarpException;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.line.Option;
import java.util.Optional;

/** The options that choose a range of keys. */
final class Ranges {

  static final Option PREFIX = Option.value("prefix", "PREFIX", "", "Only keys that begin so.");
  static final Option FROM = Option.value("from", "KEY", "", "The first key, included.");
  static final Option TO = Option.value("to", "KEY", "", "The last key, excluded.");
  static final Option LIMIT = Option.value("limit", "N", "", "At most so many records.");

  private Ranges() {}

  /** The scan that a prefix and these options describe. */
  static Scan scan(Call call, Optional<String> prefix) {
    Scan scan = Scan.in(range(call, prefix));
    return call.arguments().given("limit")
        ? scan.limit(call.arguments().number("limit", 1, Long.MAX_VALUE))
        : scan;
  }

  /** The range that a prefix and these options describe. */
  static KeyRange range(Call call, Optional<String> prefix) {
    Optional<String> from = call.arguments().maybe("from");
    Optional<String> to = call.arguments().maybe("to");
    if (prefix.isPresent() && (from.isPresent() || to.isPresent())) {
      throw new WarpException(
          CliError.USAGE_INVALID,
          "A prefix and --from or --to were given together.",
          "Choose the keys by a prefix, or by a range.");
    }
    return prefix
        .map(text -> KeyRange.prefix(Bytes.utf8(text)))
        .orElseGet(() -> new KeyRange(Bytes.utf8(from.orElse("")), to.map(Bytes::utf8)));
  }

  /** Whether one of the options that choose a range was given. */
  static boolean given(Call call) {
    return call.arguments().given("prefix")
        || call.arguments().given("from")
        || call.arguments().given("to");
  }
}
