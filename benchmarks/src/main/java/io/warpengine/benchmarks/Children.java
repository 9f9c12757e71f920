package io.warpengine.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Starts child processes, reads their answers and removes what they leave behind. */
final class Children {

  /** What the peers need to reach into the JDK; the same for all, so that no child differs. */
  private static final List<String> ACCESS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
          "--add-opens=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
          "-Dchronicle.analytics.disable=true",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=off");

  private final Settings settings;

  Children(Settings settings) {
    this.settings = settings;
  }

  /**
   * The arguments of each child's JVM, as printed in the report. G1 is told what {@code bin/warp}
   * tells it for long work: to leave the re-scanning of written tables to its pauses.
   */
  List<String> jvmArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Xms" + settings.heap());
    arguments.add("-Xmx" + settings.heap());
    arguments.add("-XX:+AlwaysPreTouch");
    arguments.add("-XX:+Use" + settings.collector() + "GC");
    if (settings.collector().equals("G1")) {
      arguments.add("-XX:G1RSetUpdatingPauseTimePercent=25");
    }
    arguments.addAll(settings.jvmArgs());
    return arguments;
  }

  /** Makes a directory for the data of one child. */
  Path newDirectory() {
    try {
      Files.createDirectories(settings.directory());
      return Files.createTempDirectory(settings.directory(), "warp-benchmark-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a directory that some engines want to find. */
  static Path make(Path directory) {
    try {
      return Files.createDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a directory with all that is in it. */
  static void remove(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a directory with all that is in it to a place that is not there yet. */
  static void copy(Path directory, Path target) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              Files.createDirectories(target.resolve(directory.relativize(folder)));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.copy(file, target.resolve(directory.relativize(file)));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of all files in a directory. */
  static long size(Path directory) {
    AtomicLong size = new AtomicLong();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              size.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return size.get();
  }

  /** Runs a child to its end in a directory of its own. */
  Answer run(String task, String contender, List<String> jvmArgs, Map<String, String> more) {
    Path directory = newDirectory();
    try {
      return run(task, contender, directory, jvmArgs, more);
    } finally {
      remove(directory);
    }
  }

  /** Runs a child to its end. */
  Answer run(
      String task,
      String contender,
      Path directory,
      List<String> jvmArgs,
      Map<String, String> more) {
    return talk(task, contender, directory, jvmArgs, more, Optional.empty());
  }

  /** Runs a child until it has said a name, then kills it with SIGKILL. */
  Answer runAndKill(String task, String contender, Path directory, String lastName) {
    return talk(task, contender, directory, List.of(), Map.of(), Optional.of(lastName));
  }

  private Answer talk(
      String task,
      String contender,
      Path directory,
      List<String> jvmArgs,
      Map<String, String> more,
      Optional<String> killAfter) {
    Path errors = directory.resolveSibling(directory.getFileName() + ".stderr");
    try {
      Process process =
          new ProcessBuilder(command(task, contender, directory, jvmArgs, more))
              .redirectError(errors.toFile())
              .start();
      Answer answer = new Answer();
      try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          answer.add(line);
          if (killAfter.isPresent() && answer.said(killAfter.get())) {
            process.destroyForcibly();
            break;
          }
        }
      }
      int status = process.waitFor();
      if (status != 0 && !(killAfter.isPresent() && answer.said(killAfter.get()))) {
        answer.failure = firstFailure(Files.readString(errors), status);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      errors.toFile().delete();
    }
  }

  private static String firstFailure(String errors, int status) {
    List<String> telling =
        errors
            .lines()
            .filter(line -> line.startsWith("Exception in") || line.startsWith("Caused by"))
            .toList();
    return "exit status "
        + status
        + ": "
        + (telling.isEmpty() ? errors.lines().limit(3).toList().toString() : telling.toString());
  }

  private List<String> command(
      String task,
      String contender,
      Path directory,
      List<String> jvmArgs,
      Map<String, String> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments());
    command.addAll(jvmArgs);
    command.addAll(ACCESS);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Child.class.getName());
    command.add("task=" + task);
    command.add("contender=" + contender);
    command.add("directory=" + directory);
    command.add("keys=" + settings.keys());
    command.add("value-bytes=" + settings.valueBytes());
    command.add("warmup=" + settings.warmup());
    command.add("seconds=" + settings.seconds());
    more.forEach((name, value) -> command.add(name + "=" + value));
    return command;
  }

  /** What a child said. */
  static final class Answer {

    private final List<Map<String, String>> lines = new ArrayList<>();
    private String failure = "";

    private void add(String line) {
      if (line.startsWith("@\t")) {
        Map<String, String> fields = new HashMap<>();
        for (String field : line.substring(2).split("\t")) {
          int equals = field.indexOf('=');
          fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        lines.add(fields);
      }
    }

    /** Why it ended early; empty if it did not. */
    String failure() {
      return failure;
    }

    boolean said(String name) {
      return lines.stream().anyMatch(fields -> fields.containsKey(name));
    }

    /** Every line that has a field of this name. */
    List<Map<String, String>> with(String name) {
      return lines.stream().filter(fields -> fields.containsKey(name)).toList();
    }

    String text(String name) {
      return with(name).stream().map(fields -> fields.get(name)).findFirst().orElse("");
    }

    double number(String name) {
      return Double.parseDouble(text(name));
    }
  }
}
