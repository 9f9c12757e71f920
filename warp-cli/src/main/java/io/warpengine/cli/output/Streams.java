package io.warpengine.cli.output;

import io.warpengine.api.WarpException;
import io.warpengine.cli.CliError;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * The process's surroundings.
 *
 * @param in standard input
 * @param out standard output, for data
 * @param err standard error, for messages
 * @param environment the variables; {@code bin/warp} says there which streams are terminals
 * @param directory the working directory
 */
public record Streams(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path directory) {

  /** Keeps its own copy of the variables. */
  public Streams {
    environment = Map.copyOf(environment);
  }

  /**
   * Makes sure that standard output has taken what was written so far, which the stream itself does
   * not say.
   *
   * @throws WarpException OUTPUT_UNWRITABLE if it has not
   */
  public void requireWritten() {
    if (out.checkError()) {
      throw new WarpException(
          CliError.OUTPUT_UNWRITABLE,
          "Writing to standard output failed: it is full, or nobody reads it any more.",
          "Check the free space where it leads, and the program that reads it.");
    }
  }

  /**
   * Whether standard error is a terminal.
   *
   * @return true if somebody watches
   */
  public boolean watched() {
    return environment.getOrDefault("WARP_TERMINALS", "").contains("2");
  }

  /**
   * Whether messages may be coloured.
   *
   * @return false if nobody watches, or by {@code NO_COLOR} or {@code TERM}
   */
  public boolean colored() {
    return watched()
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /**
   * Columns of the terminal.
   *
   * @return 80 if unknown
   */
  public int width() {
    try {
      return Math.clamp(Integer.parseInt(environment.getOrDefault("COLUMNS", "80")), 20, 400);
    } catch (NumberFormatException invalid) {
      return 80;
    }
  }
}
