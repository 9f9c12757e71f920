package io.warpengine.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures WarpEngine and its peers on the same work, each in processes of its own. */
public final class SideBySide {

  private SideBySide() {}

  /**
   * Runs scenarios and writes what they measured as Markdown and JSON.
   *
   * @param args names of scenarios, then options; {@code --help} lists them
   * @throws IOException if the results cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (List.of(args).contains("--help")) {
      System.out.print(Settings.USAGE);
    } else {
      run(System.out, System.err, args);
    }
  }

  /** Runs scenarios, prints the tables and, elsewhere, how far it is. */
  static void run(PrintStream out, PrintStream progress, String... args) throws IOException {
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).withNano(0);
    String stamp = now.format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    Settings settings =
        Settings.parse(Path.of(System.getProperty("warp.benchmarks", "benchmarks")), stamp, args);
    List<Scenario> chosen = choose(settings);
    Children children = new Children(settings);
    Map<String, Object> facts = facts(settings, children, now, args);
    long begin = System.nanoTime();
    List<Section> sections = new ArrayList<>();
    for (Scenario scenario : chosen) {
      sections.add(scenario.run(settings, children, line -> tell(progress, begin, line)));
      // Written after each scenario: a run that is stopped keeps what it has.
      facts.put("load at the end", Machine.load());
      write(settings.out(), new Report(facts, sections));
    }
    out.print(new Report(facts, sections).markdown());
    progress.println("Written to " + settings.out());
  }

  private static List<Scenario> choose(Settings settings) {
    List<Scenario> all = Scenarios.all(settings);
    List<String> names = all.stream().map(Scenario::name).toList();
    for (String name : settings.scenarios()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "There is no scenario [" + name + "]; there are " + names + ".");
      }
    }
    return settings.scenarios().isEmpty()
        ? all
        : all.stream().filter(one -> settings.scenarios().contains(one.name())).toList();
  }

  private static Map<String, Object> facts(
      Settings settings, Children children, LocalDateTime now, String... args) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("command", ("benchmarks/run.sh " + String.join(" ", args)).strip());
    facts.put("date", now + "Z");
    facts.put("commit", System.getProperty("warp.commit", "unknown"));
    facts.put("keys", settings.keys());
    facts.put("key bytes", Work.KEY_BYTES);
    facts.put("value bytes", settings.valueBytes());
    facts.put("rounds", settings.rounds());
    facts.put("seconds of warm-up", settings.warmup());
    facts.put("seconds of measurement", settings.seconds());
    facts.put("collector", settings.collector());
    facts.put("heap", settings.heap());
    facts.put("JVM arguments", String.join(" ", children.jvmArguments()));
    Path directory = children.newDirectory();
    try {
      facts.putAll(Machine.facts(directory));
      facts.put(
          "syncs/s of the disk (4 KiB appended, fdatasync, file of zeros)",
          Math.round(SyncProbe.syncsPerSecond(directory, Math.min(2, settings.seconds()))));
    } finally {
      Children.remove(directory);
    }
    facts.put(
        "distributions",
        "uniform; zipf: YCSB's scrambled Zipfian with constant 0.99; both drawn beforehand");
    facts.put("load at the beginning", Machine.load());
    return facts;
  }

  private static void write(Path out, Report report) throws IOException {
    Path absolute = out.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Files.writeString(absolute, report.markdown());
    String name = absolute.getFileName().toString().replaceFirst("\\.md$", "") + ".json";
    Files.writeString(absolute.resolveSibling(name), report.json());
  }

  private static void tell(PrintStream progress, long begin, String line) {
    progress.printf(Locale.ROOT, "%5.0f s  %s%n", (System.nanoTime() - begin) / 1e9, line);
  }
}
