package io.warpengine.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Processor time of the shipped program for one look-up in an empty database. */
final class StartScenario implements Scenario {

  private static final String PUT = "`warp put` into a new directory";
  private static final String GET = "`warp get` from it";
  private static final String AFTER_AOT = ", after `warp aot`";

  @Override
  public String name() {
    return "start";
  }

  @Override
  public Section run(Settings settings, Children children, Consumer<String> progress) {
    Path program = settings.tarball().resolve("bin/warp");
    List<String> notes = new ArrayList<>();
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    Path cache = settings.tarball().resolve("cache/warp.aot");
    if (!Files.isExecutable(program)) {
      notes.add("There is no distribution at `" + settings.tarball() + "`: build it first.");
    } else {
      for (int round = 1; round <= 2 * settings.rounds(); round++) {
        progress.accept("start: round " + round + " of " + 2 * settings.rounds());
        Path directory = children.newDirectory();
        try {
          String data = directory.resolve("data").toString();
          String warp = program.toString();
          add(seconds, "`java -version`", java(), "-version");
          Files.deleteIfExists(cache);
          add(seconds, PUT, warp, "--data", data, "put", "k", "v");
          add(seconds, GET, warp, "--data", data, "get", "k");
          String cached = directory.resolve("cached").toString();
          add(seconds, "`warp aot`, once", warp, "aot");
          add(seconds, PUT + AFTER_AOT, warp, "--data", cached, "put", "k", "v");
          add(seconds, GET + AFTER_AOT, warp, "--data", cached, "get", "k");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } finally {
          Children.remove(directory);
        }
      }
    }
    List<Section.Row> rows = new ArrayList<>();
    List<Section.Goal> goals = new ArrayList<>();
    seconds.forEach((work, list) -> {
      Samples samples = new Samples(list.stream().mapToDouble(Double::doubleValue).toArray());
      boolean warp = work.startsWith("`warp");
      rows.add(
          new Section.Row(
              warp ? "warp" : "JVM alone",
              warp ? "SYNC" : "",
              work,
              samples,
              Optional.empty(),
              "",
              "user and system time of all processes"));
      if (warp && !work.startsWith("`warp aot`")) {
        goals.add(Section.Goal.atMost(0.5, "processor seconds of " + work, samples));
      }
    });
    return new Section(
        name(),
        "Starting on an empty database",
        "`bin/warp` of the tarball from the shell, with the plugins and the configuration that it"
            + " ships: user and system time of the script and the JVM together, as the shell counts"
            + " them; without and with the archive of loaded classes that `warp aot` makes once.",
        "processor seconds",
        rows,
        goals,
        notes);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void add(Map<String, List<Double>> seconds, String work, String... command) {
    List<String> shell =
        new ArrayList<>(
            List.of(
                "bash", "-c", "TIMEFORMAT='%U %S'; time \"$@\" >/dev/null 2>/dev/null", "bash"));
    shell.addAll(List.of(command));
    try {
      Process process = new ProcessBuilder(shell).redirectErrorStream(true).start();
      String times = new String(process.getInputStream().readAllBytes()).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("The command " + List.of(command) + " failed.");
      }
      String[] both = times.split(" ");
      seconds
          .computeIfAbsent(work, key -> new ArrayList<>())
          .add(Double.parseDouble(both[0]) + Double.parseDouble(both[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
