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

  /** How many copies a process opens before the opening that is measured warm. */
  private static final int COPIES = 4;

  private static final String COLD = "open to first get after SIGKILL, new process";
  private static final String WARM = "open to first get after SIGKILL, warm process";

  @Override
  public String name() {
    return "open";
  }

  @Override
  public Section run(Settings settings, Children children, Consumer<String> progress) {
    Map<String, Map<String, List<Reopened>>> reopened = new LinkedHashMap<>();
    reopened.put(COLD, new LinkedHashMap<>());
    reopened.put(WARM, new LinkedHashMap<>());
    Set<String> notes = new LinkedHashSet<>();
    for (int round = 1; round <= settings.rounds(); round++) {
      for (String contender : ENTRANTS) {
        if (settings.wants(contender)) {
          progress.accept("open: round " + round + " of " + settings.rounds() + ", " + contender);
          measure(contender, children, reopened, notes);
        }
      }
    }
    List<Section.Row> rows = new ArrayList<>();
    List<Section.Goal> goals = new ArrayList<>();
    reopened.forEach((work, contenders) ->
        contenders.forEach((contender, rounds) -> {
          Samples rate = samples(rounds);
          Optional<Samples> own =
              Optional.ofNullable(contenders.get("warp:interval")).map(OpenScenario::samples);
          boolean warp = contender.startsWith("warp");
          rows.add(
              new Section.Row(
                  contender,
                  rounds.getFirst().durability(),
                  work,
                  rate,
                  own.filter(samples -> !warp).map(rate::over),
                  warp ? "" : "INTERVAL",
                  remark(rounds, settings.keys())));
          if (warp) {
            goals.add(Section.Goal.atLeast(1_000_000, "records/s, INTERVAL: " + work, rate));
          }
        }));
    return new Section(
        name(),
        "Opening after a crash",
        "A child stores all records, each by a put of its own, and is killed with SIGKILL. Another"
            + " process opens the directory and reads one record; the figure is the number of"
            + " records recovered by the seconds from before the call that opens to after that"
            + " read, with the files in the page cache. The new process has run nothing before, so"
            + " that the figure contains loading and compiling the engine; the warm one has opened "
            + COPIES
            + " copies of the directory. Afterwards every record is read and its value checked.",
        "records/s",
        rows,
        goals,
        List.copyOf(notes));
  }

  private static void measure(
      String contender,
      Children children,
      Map<String, Map<String, List<Reopened>>> reopened,
      Set<String> notes) {
    Path directory = children.newDirectory();
    Path crashed = Children.make(directory.resolve("crashed"));
    try {
      Children.Answer loaded = children.runAndKill("load", contender, crashed, "loaded");
      if (!loaded.failure().isEmpty()) {
        notes.add("`" + contender + "` failed to load: " + loaded.failure());
        return;
      }
      for (int copy = 0; copy <= COPIES; copy++) {
        Children.copy(crashed, Child.copyOf(crashed, copy));
      }
      long bytes = Children.size(crashed);
      reopened.forEach((work, contenders) -> {
        boolean warm = work.equals(WARM);
        Children.Answer answer =
            children.run(
                "reopen",
                contender,
                warm ? crashed : Child.copyOf(crashed, 0),
                List.of(),
                Map.of("copies", warm ? String.valueOf(COPIES) : "0"));
        if (!answer.failure().isEmpty()) {
          notes.add("`" + contender + "` failed to open: " + answer.failure());
          return;
        }
        contenders
            .computeIfAbsent(contender, key -> new ArrayList<>())
            .add(
                new Reopened(
                    answer.text("durability"),
                    answer.number("first"),
                    answer.number("processor"),
                    answer.number("found"),
                    bytes));
      });
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
