package io.warpengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.cli.output.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines within the test's own process. */
public final class CliRunner {

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private byte[] input = {};

  /**
   * A runner.
   *
   * @param directory the working directory
   */
  public CliRunner(Path directory) {
    this.directory = directory;
  }

  /**
   * What a command line did.
   *
   * @param code the exit code
   * @param stdout standard output
   * @param err standard error
   */
  public record Outcome(int code, Bytes stdout, String err) {

    /**
     * Standard output as text.
     *
     * @return the text
     */
    public String out() {
      return stdout.toUtf8();
    }

    /**
     * Standard output as it is.
     *
     * @return the bytes
     */
    public byte[] bytes() {
      return stdout.toArray();
    }
  }

  /**
   * Sets a variable.
   *
   * @param name its name
   * @param value its value
   * @return this runner
   */
  public CliRunner with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Sets what the next command lines read.
   *
   * @param bytes standard input
   * @return this runner
   */
  public CliRunner input(byte[] bytes) {
    input = bytes;
    return this;
  }

  /**
   * Runs a command line.
   *
   * @param line its words
   * @return what it did
   */
  public Outcome run(String... line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams =
        new Streams(
            new ByteArrayInputStream(input),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            directory);
    int code = new Cli(streams).run(List.of(line));
    streams.out().flush();
    return new Outcome(code, Bytes.copyOf(out.toByteArray()), err.toString(StandardCharsets.UTF_8));
  }

  /**
   * Runs a command line and expects success.
   *
   * @param line its words
   * @return what it did
   */
  public Outcome done(String... line) {
    return fails(0, line);
  }

  /**
   * Runs a command line and expects an exit code.
   *
   * @param code the code
   * @param line its words
   * @return what it did
   */
  public Outcome fails(int code, String... line) {
    Outcome outcome = run(line);
    assertThat(outcome.code())
        .as("%s: %s%s", Arrays.toString(line), outcome.out(), outcome.err())
        .isEqualTo(code);
    return outcome;
  }
}
