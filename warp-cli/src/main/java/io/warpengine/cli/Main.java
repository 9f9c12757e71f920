package io.warpengine.cli;

import io.warpengine.cli.output.Streams;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The program behind {@code bin/warp}. */
public final class Main {

  private static final int BUFFER = 1 << 16;

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    List<String> line = List.of(arguments);
    Map<String, String> environment = System.getenv();
    logging(environment, line.contains("--verbose"));
    Streams streams =
        new Streams(
            System.in,
            new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                false,
                StandardCharsets.UTF_8),
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
            environment,
            Path.of("").toAbsolutePath());
    int code = new Cli(streams).run(line);
    streams.out().flush();
    System.exit(code);
  }

  /**
   * Chooses who writes log lines, before the first is written: plain lines on standard error, or
   * logback where {@code WARP_LOGBACK} names its file. Logback's own start costs more than most
   * commands.
   */
  private static void logging(Map<String, String> environment, boolean verbose) {
    String file = environment.getOrDefault("WARP_LOGBACK", "");
    if (file.isEmpty()) {
      System.setProperty("slf4j.provider", "io.warpengine.cli.log.PlainLogging");
      System.setProperty("io.warpengine.cli.verbose", Boolean.toString(verbose));
    } else {
      System.setProperty("logback.configurationFile", file);
    }
  }
}
