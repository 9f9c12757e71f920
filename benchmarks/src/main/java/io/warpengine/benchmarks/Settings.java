package io.warpengine.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run is asked to do.
 *
 * @param scenarios names, in order
 * @param keys number of records
 * @param valueBytes size of each value
 * @param rounds how often each engine is measured
 * @param warmup seconds before each measurement
 * @param seconds seconds of each measurement
 * @param threads numbers of clients of the scenarios that vary it
 * @param writers numbers of waiting writers of the durable scenario
 * @param engines engines to measure beside WarpEngine; empty means all
 * @param heap heap of each child, as in {@code -Xmx}
 * @param collector the collector's name, as in {@code -XX:+Use...GC}
 * @param jvmArgs further arguments of each child's JVM
 * @param directory where data goes
 * @param out the Markdown file; the JSON goes beside it
 * @param tarball the unpacked distribution
 */
record Settings(
    List<String> scenarios,
    int keys,
    int valueBytes,
    int rounds,
    double warmup,
    double seconds,
    List<Integer> threads,
    List<Integer> writers,
    List<String> engines,
    String heap,
    String collector,
    List<String> jvmArgs,
    Path directory,
    Path out,
    Path tarball) {

  static final String USAGE =
      """
      usage: run.sh [scenario...] [options]     (all scenarios without any)
        --quick               about a minute: few keys, one round, short stretches
        --keys N              records (1000000)
        --value-bytes N       size of a value (100)
        --rounds N            child processes per engine (5)
        --warmup S            seconds before each measurement, four times that before the first (2)
        --seconds S           seconds of each measurement (3)
        --threads A,B         numbers of clients (1,2)
        --writers A,B,...     numbers of waiting writers (1,32,256,512)
        --engines A,B         peers to measure beside WarpEngine (all)
        --heap SIZE           heap of each child (4g)
        --gc NAME             collector: G1, Parallel, Serial, Z (G1)
        --jvm-arg ARG         one more argument for each child's JVM; repeatable
        --directory DIR       where data goes (the temporary directory)
        --out FILE.md         where the tables go; JSON goes beside it
        --tarball DIR         the unpacked distribution
      """;

  static Settings parse(Path module, String stamp, String... args) {
    List<String> scenarios = new ArrayList<>();
    Options given = new Options(scenarios, args);
    boolean quick = given.flag("--quick");
    Settings settings =
        new Settings(
            scenarios,
            given.integer("--keys", quick ? 100_000 : 1_000_000),
            given.integer("--value-bytes", 100),
            given.integer("--rounds", quick ? 1 : 5),
            given.number("--warmup", quick ? 0.3 : 2),
            given.number("--seconds", quick ? 0.3 : 3),
            given.integers("--threads", quick ? "2" : "1,2"),
            given.integers("--writers", quick ? "1,256" : "1,32,256,512"),
            given.words("--engines"),
            given.text("--heap").orElse(quick ? "1g" : "4g"),
            given.text("--gc").orElse("G1"),
            given.all("--jvm-arg"),
            Path.of(given.text("--directory").orElse(System.getProperty("java.io.tmpdir"))),
            Path.of(
                given
                    .text("--out")
                    .orElse(module.resolve("target/results/" + stamp + ".md").toString())),
            Path.of(
                given
                    .text("--tarball")
                    .orElse(module.resolveSibling("distribution/target/warp").toString())));
    given.refuseTheRest();
    return settings;
  }

  boolean wants(String contender) {
    int colon = contender.indexOf(':');
    String engine = colon < 0 ? contender : contender.substring(0, colon);
    return engine.equals("warp") || engines.isEmpty() || engines.contains(engine);
  }

  /** The arguments of a command line, taken out one by one. */
  private static final class Options {

    private final List<String> rest;

    Options(List<String> words, String... args) {
      rest = new ArrayList<>(List.of(args));
      while (!rest.isEmpty() && !rest.getFirst().startsWith("--")) {
        words.add(rest.removeFirst());
      }
    }

    boolean flag(String name) {
      return rest.remove(name);
    }

    Optional<String> text(String name) {
      int at = rest.indexOf(name);
      if (at < 0) {
        return Optional.empty();
      }
      if (at + 1 == rest.size()) {
        throw new IllegalArgumentException("The option [" + name + "] needs a value.");
      }
      rest.remove(at);
      return Optional.of(rest.remove(at));
    }

    List<String> all(String name) {
      List<String> found = new ArrayList<>();
      for (Optional<String> next = text(name); next.isPresent(); next = text(name)) {
        found.add(next.get());
      }
      return found;
    }

    int integer(String name, int otherwise) {
      return text(name).map(Integer::parseInt).orElse(otherwise);
    }

    double number(String name, double otherwise) {
      return text(name).map(Double::parseDouble).orElse(otherwise);
    }

    List<String> words(String name) {
      return text(name).map(list -> List.of(list.split(","))).orElse(List.of());
    }

    List<Integer> integers(String name, String otherwise) {
      return List.of(text(name).orElse(otherwise).split(",")).stream()
          .map(Integer::parseInt)
          .toList();
    }

    void refuseTheRest() {
      if (!rest.isEmpty()) {
        throw new IllegalArgumentException("The option [" + rest.getFirst() + "] is unknown.");
      }
    }
  }
}
