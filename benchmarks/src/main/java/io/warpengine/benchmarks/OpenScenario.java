package io.warpengine.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** How fast a database answers again after its process was killed. */
final class OpenScenario implements Scenario {

  private static final List<String> ENTRANTS =
      List.of("warp:interval", "rocksdb:nosync", "mvstore", "lmdb", "chronicle");

  @Override
  public String name() {
    return "open";
  }

  @Override
  public Section run(Settings settings, Children children, Consumer<String> progress) {
    Map<String, List<Reopened>> reopened = new LinkedHashMap<>();
    Set<String> notes = new LinkedHashSet<>();
    for (int round = 1; round <= settings.rounds(); round++) {
      for (String contender : ENTRANTS) {
        if (settings.wants(contender)) {
          progress.accept("open: round " + round + " of " + settings.rounds() + ", " + contender);
          measure(contender, children, notes)
              .ifPresent(
                  one -> reopened.computeIfAbsent(contender, key -> new ArrayList<>()).add(one));
        }
      }
    }
    List<Section.Row> rows = new ArrayList<>();
    List<Section.Goal> goals = new ArrayList<>();
    reopened.forEach((contender, rounds) -> {
      Samples rate = samples(rounds);
      Optional<Samples> ratio =
          Optional.ofNullable(reopened.get("warp:interval")).map(OpenScenario::samples);
      rows.add(
          new Section.Row(
              contender,
              rounds.getFirst().durability(),
              "open to first get after SIGKILL",
              rate,
              ratio.filter(warp -> !contender.startsWith("warp")).map(rate::over),
              contender.startsWith("warp") ? "" : "INTERVAL",
              remark(rounds, settings.keys())));
      if (contender.startsWith("warp")) {
        goals.add(
            Section.Goal.atLeast(1_000_000, "records/s opened after a crash, INTERVAL", rate));
      }
    });
    return new Section(
        name(),
        "Opening after a crash",
        "A child stores all records, each by a put of its own, and is killed with SIGKILL. A new"
            + " process opens the directory and reads one record; the figure is the number of"
            + " records recovered by the seconds from before the call that opens to after that"
            + " read, in a JVM that has run nothing before, with the files in the page cache."
            + " Afterwards every record is read and its value checked.",
        "records/s",
        rows,
        goals,
        List.copyOf(notes));
  }

  private static Optional<Reopened> measure(
      String contender, Children children, Set<String> notes) {
    Path directory = children.newDirectory();
    try {
      Children.Answer loaded = children.runAndKill("load", contender, directory, "loaded");
      if (!loaded.failure().isEmpty()) {
        notes.add("`" + contender + "` failed to load: " + loaded.failure());
        return Optional.empty();
      }
      long bytes = Children.size(directory);
      Children.Answer answer = children.run("reopen", contender, directory, List.of(), Map.of());
      if (!answer.failure().isEmpty()) {
        notes.add("`" + contender + "` failed to open: " + answer.failure());
        return Optional.empty();
      }
      return Optional.of(
          new Reopened(
              answer.text("durability"),
              answer.number("first"),
              answer.number("processor"),
              answer.number("found"),
              bytes));
    } finally {
      Children.remove(directory);
    }
  }

  private static Samples samples(List<Reopened> rounds) {
    return new Samples(rounds.stream().mapToDouble(one -> one.found / one.seconds).toArray());
  }

  private static String remark(List<Reopened> rounds, int keys) {
    double seconds = new Samples(rounds.stream().mapToDouble(Reopened::seconds).toArray()).median();
    double processor =
        new Samples(rounds.stream().mapToDouble(Reopened::processor).toArray()).median();
    double missing = rounds.stream().mapToDouble(one -> keys - one.found).max().orElse(0);
    long bytes = rounds.getLast().bytes();
    return String.format(
        Locale.ROOT,
        "%.2f s, processor %.2f s, %d MB, %.0f records missing",
        seconds,
        processor,
        bytes / 1_000_000,
        missing);
  }

  private record Reopened(
      String durability, double seconds, double processor, double found, long bytes) {}
}
