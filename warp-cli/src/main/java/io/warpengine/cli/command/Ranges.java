package io.warpengine.cli.command;

import io.warpengine.api.Bytes;
import io.warpengine.api.Scan;
import io.warpengine.api.WarpException;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.line.Option;
import java.util.Optional;

/** The options that choose a range of keys. */
final class Ranges {

  static final Option FROM = Option.value("from", "KEY", "", "The first key, included.");
  static final Option TO = Option.value("to", "KEY", "", "The last key, excluded.");
  static final Option LIMIT = Option.value("limit", "N", "", "At most so many records.");

  private Ranges() {}

  /** The scan that a prefix and these options describe. */
  static Scan scan(Call call, Optional<String> prefix) {
    Optional<String> from = call.arguments().maybe("from");
    Optional<String> to = call.arguments().maybe("to");
    if (prefix.isPresent() && (from.isPresent() || to.isPresent())) {
      throw new WarpException(
          CliError.USAGE_INVALID,
          "A prefix and --from or --to were given together.",
          "Choose the keys by a prefix, or by a range.");
    }
    Scan scan =
        prefix
            .map(text -> Scan.prefix(Bytes.utf8(text)))
            .orElseGet(() ->
                new Scan(
                    Bytes.utf8(from.orElse("")),
                    to.map(Bytes::utf8),
                    false,
                    Long.MAX_VALUE,
                    Optional.empty()));
    return call.arguments().given("limit")
        ? scan.limit(call.arguments().number("limit", 1, Long.MAX_VALUE))
        : scan;
  }
}
