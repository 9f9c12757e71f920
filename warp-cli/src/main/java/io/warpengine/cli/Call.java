package io.warpengine.cli;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Tree;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpBuilder;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.cli.line.Arguments;
import io.warpengine.cli.output.Json;
import io.warpengine.cli.output.Progress;
import io.warpengine.cli.output.Streams;
import io.warpengine.cli.output.Table;
import io.warpengine.cli.output.Waiting;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** One run of a command: what was asked, where to write, and the way to the database. */
public final class Call {

  private final Arguments arguments;
  private final Streams streams;

  /**
   * A run.
   *
   * @param arguments what the command line says
   * @param streams the process's surroundings
   */
  public Call(Arguments arguments, Streams streams) {
    this.arguments = arguments;
    this.streams = streams;
  }

  /**
   * What the command line says.
   *
   * @return options and parameters
   */
  public Arguments arguments() {
    return arguments;
  }

  /**
   * The process's surroundings.
   *
   * @return streams, variables, directory
   */
  public Streams streams() {
    return streams;
  }

  /**
   * Where data goes.
   *
   * @return standard output
   */
  public PrintStream out() {
    return streams.out();
  }

  /**
   * Whether data is to be written as JSON.
   *
   * @return true with {@code --json}
   */
  public boolean json() {
    return arguments.given(Globals.JSON);
  }

  /**
   * Whether messages are to be left out.
   *
   * @return true with {@code --quiet}
   */
  public boolean quiet() {
    return arguments.given(Globals.QUIET);
  }

  /**
   * Writes a message for a person to standard error.
   *
   * @param message a sentence
   */
  public void message(String message) {
    if (!quiet()) {
      streams.err().println(message);
      streams.err().flush();
    }
  }

  /**
   * Writes a result: JSON in one line, or aligned names and values.
   *
   * @param result the result
   */
  public void result(Tree result) {
    if (json()) {
      out().println(Json.of(result));
    } else {
      out().print(Table.of(result));
    }
  }

  /**
   * A progress line for something that may take more than a second.
   *
   * @param task a word or two
   * @return the line, to be closed
   */
  public Progress progress(String task) {
    return new Progress(streams, quiet() || json(), task);
  }

  /**
   * A line for something that may take more than a second and does not say how far it is.
   *
   * @param task a word or two
   * @return the line, to be closed
   */
  public Waiting waiting(String task) {
    return new Waiting(streams, quiet() || json(), task);
  }

  /**
   * A path relative to the working directory.
   *
   * @param text the path
   * @return the path
   */
  public Path path(String text) {
    try {
      return streams.directory().resolve(Path.of(text));
    } catch (InvalidPathException invalid) {
      throw new WarpException(
          CliError.USAGE_INVALID, "The path [" + text + "] is none on this system.", "", invalid);
    }
  }

  /**
   * The data directory.
   *
   * @return as given, or the default
   */
  public Path data() {
    return path(chosen(Globals.DATA, "WARP_DATA").orElse("data"));
  }

  private Optional<String> chosen(String option, String variable) {
    return arguments.maybe(option).or(() -> variable(variable));
  }

  /**
   * An environment variable.
   *
   * @param name its name
   * @return empty if it is not set or empty
   */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(streams.environment().get(name)).filter(text -> !text.isEmpty());
  }

  /**
   * The directory of the distribution.
   *
   * @return empty if not started by {@code bin/warp}
   */
  public Optional<Path> home() {
    return variable("WARP_HOME").map(this::path);
  }

  /**
   * The configuration file in force.
   *
   * @return empty if there is none
   */
  public Optional<Path> configFile() {
    return chosen(Globals.CONFIG, "WARP_CONFIG")
        .map(this::path)
        .or(() -> home().map(home -> home.resolve("conf/warp.toml")).filter(Call::saysSomething));
  }

  /**
   * Whether a file has a line that is neither blank nor a comment. Reading TOML costs a short
   * command a tenth of its time, and the file of a fresh installation has comments only.
   */
  private static boolean saysSomething(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.anyMatch(line -> !line.isBlank() && line.charAt(0) != '#');
    } catch (NoSuchFileException missing) {
      return false;
    } catch (IOException | UncheckedIOException unreadable) {
      return true; // The engine tells what is wrong with it.
    }
  }

  /**
   * The directory of the plugins in force.
   *
   * @return empty if there is none
   */
  public Optional<Path> pluginDirectory() {
    return chosen(Globals.PLUGINS, "WARP_PLUGINS")
        .map(this::path)
        .or(() -> home().map(home -> home.resolve("plugins")).filter(Files::isDirectory));
  }

  /**
   * A builder with everything that the command line says, but the data directory.
   *
   * @return a new builder
   */
  public WarpBuilder settings() {
    WarpBuilder builder = Warp.builder();
    builder.environment(streams.environment());
    configFile().ifPresent(builder::configFile);
    pluginDirectory().ifPresent(builder::pluginDirectory);
    for (String setting : arguments.all(Globals.SET)) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new WarpException(
            CliError.USAGE_INVALID,
            "The setting [" + setting + "] has no form KEY=VALUE.",
            "An example is --set warp.shards=24.");
      }
      builder.set(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return builder;
  }

  /**
   * A builder for the data directory.
   *
   * @return a new builder
   */
  public WarpBuilder builder() {
    return settings().directory(data());
  }

  /**
   * Opens the database for reading and writing, and makes it if it is not there.
   *
   * @return the open database, to be closed
   */
  public WarpDatabase open() {
    return open(builder());
  }

  /**
   * Opens the database without changing any file.
   *
   * @return the open database, to be closed
   */
  public WarpDatabase openToRead() {
    requireDatabase();
    return open(builder().readOnly(true));
  }

  /** Opens; after a crash that can take long. */
  private WarpDatabase open(WarpBuilder builder) {
    try (Waiting _ = waiting("opening")) {
      return builder.open();
    }
  }

  /** Fails if there is nothing in the data directory. */
  public void requireDatabase() {
    Path directory = data();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      if (files.iterator().hasNext()) {
        return;
      }
    } catch (NoSuchFileException missing) {
      // Told below.
    } catch (AccessDeniedException denied) {
      throw new WarpException(
          CoreError.DIRECTORY_UNUSABLE,
          "The data directory [" + directory + "] cannot be read: " + denied + ".",
          "Give this process the right to read and write it, or name another one.",
          denied);
    } catch (IOException unreadable) {
      return; // What else can be wrong with a directory, the engine tells.
    }
    throw new WarpException(
        CliError.DATABASE_MISSING,
        "There is no database in [" + directory + "].",
        "Name another directory with --data, or begin one with [warp put KEY VALUE].");
  }

  /**
   * A key from the command line.
   *
   * @param text the key, or its base64 with {@code --key64}
   * @return the key
   */
  public Bytes key(String text) {
    return arguments.given("key64") ? base64(text) : Bytes.utf8(text);
  }

  /**
   * Decodes base64.
   *
   * @param text from the command line
   * @return the bytes
   */
  public static Bytes base64(String text) {
    try {
      byte[] decoded = Base64.getDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
      return Bytes.wrap(decoded, 0, decoded.length);
    } catch (IllegalArgumentException invalid) {
      throw new WarpException(
          CliError.USAGE_INVALID, "The text [" + text + "] is no base64.", "", invalid);
    }
  }
}
