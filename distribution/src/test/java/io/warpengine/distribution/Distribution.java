package io.warpengine.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real tarball, unpacked once into a directory whose name has a space, and its program, run in
 * child processes.
 */
final class Distribution {

  private static final long PATIENCE_MINUTES = 5;

  private static final class Unpacked {
    static final Path HOME = unpack();
  }

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * What a child process did.
   *
   * @param code its exit code
   * @param out its standard output
   * @param err its standard error
   */
  record Outcome(int code, String out, String err) {}

  /** Runs its program in a working directory. */
  Distribution(Path directory) {
    this.directory = directory;
    environment.put("WARP_JAVA_HOME", System.getProperty("java.home"));
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("WARP_JAVA_OPTS", System.getProperty("coverage.agent", ""));
  }

  /** The unpacked folder. */
  static Path home() {
    return Unpacked.HOME;
  }

  static Path program() {
    return home().resolve("bin").resolve("warp");
  }

  private static Path unpack() {
    Path target = Path.of(System.getProperty("warp.home")).resolveSibling("un packed");
    try {
      if (Files.exists(target)) {
        run(List.of("rm", "-rf", target.toString()));
      }
      Files.createDirectories(target);
      run(List.of("tar", "-xzf", System.getProperty("warp.tarball"), "-C", target.toString()));
      try (var inside = Files.list(target)) {
        return inside.findFirst().orElseThrow();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.onExit().join().exitValue()).isZero();
  }

  /** Sets a variable for the children. */
  Distribution with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Takes a variable away from the children. */
  Distribution without(String name) {
    environment.remove(name);
    return this;
  }

  /** Starts the program. */
  Process start(String... line) throws IOException {
    List<String> command = new ArrayList<>(List.of(program().toString()));
    command.addAll(Arrays.asList(line));
    return start(command);
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs the program to its end. */
  Outcome warp(String... line) {
    List<String> command = new ArrayList<>(List.of(program().toString()));
    command.addAll(Arrays.asList(line));
    return command(command);
  }

  /** Runs any command to its end. */
  Outcome command(List<String> command) {
    return command(command, "");
  }

  /** Runs any command to its end, with something to read. */
  Outcome command(List<String> command, String input) {
    try {
      Path out = Files.createTempFile(directory, "out", ".txt");
      Path err = Files.createTempFile(directory, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException closed) {
        // It ended without reading all of it, which the exit code will tell.
      }
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly();
      }
      Outcome outcome =
          new Outcome(process.waitFor(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      assertThat(ended).as("%s hangs: %s", command, outcome).isTrue();
      return outcome;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Runs the program and expects success. */
  Outcome done(String... line) {
    return fails(0, line);
  }

  /** Runs the program and expects an exit code. */
  Outcome fails(int code, String... line) {
    Outcome outcome = warp(line);
    assertThat(outcome.code())
        .as("%s: %s%s", Arrays.toString(line), outcome.out(), outcome.err())
        .isEqualTo(code);
    return outcome;
  }
}
