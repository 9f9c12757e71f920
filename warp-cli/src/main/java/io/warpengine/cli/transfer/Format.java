package io.warpengine.cli.transfer;

import io.warpengine.api.WarpException;
import io.warpengine.cli.CliError;
import java.util.Locale;

/** How records are written in a file. */
public enum Format {
  /** One JSON object per line. */
  JSONL,
  /** Comma-separated values with a heading. */
  CSV;

  /**
   * The format by its name, or else by a file's name.
   *
   * @param name {@code jsonl}, {@code csv}, or empty
   * @param file the file's name; {@code -} counts as JSON lines
   * @return the format
   */
  public static Format of(String name, String file) {
    if (name.isEmpty()) {
      return file.toLowerCase(Locale.ROOT).endsWith(".csv") ? CSV : JSONL;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "jsonl", "json", "ndjson" -> JSONL;
      case "csv" -> CSV;
      default ->
          throw new WarpException(
              CliError.USAGE_INVALID,
              "The format [" + name + "] is unknown.",
              "There are: jsonl, csv.");
    };
  }
}
