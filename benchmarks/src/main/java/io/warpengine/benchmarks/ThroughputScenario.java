package io.warpengine.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Operations per second of several engines at several points.
 *
 * @param name what it is selected by
 * @param title the heading
 * @param about what is done
 * @param keys number of records where that is not the run's; 0 where it is
 * @param load whether all records are stored before
 * @param together whether one process measures all entrants in turn, at the points of the first
 * @param entrants who takes part, in order
 * @param reference which of WarpEngine's series a row is compared with
 * @param goals what is asked
 */
record ThroughputScenario(
    String name,
    String title,
    String about,
    int keys,
    boolean load,
    boolean together,
    List<Entrant> entrants,
    BiFunction<String, Point, Optional<Reference>> reference,
    Function<Results, List<Section.Goal>> goals)
    implements Scenario {

  /** One engine in one mode with the points at which it is measured. */
  record Entrant(String contender, List<Point> points) {}

  /** A series of WarpEngine. */
  record Reference(String contender, Point point) {}

  @Override
  public Section run(Settings settings, Children children, Consumer<String> progress) {
    Results results = new Results();
    for (int round = 1; round <= settings.rounds(); round++) {
      String progressed = name + ": round " + round + " of " + settings.rounds() + ", ";
      if (together) {
        String all = entrants.stream().map(Entrant::contender).collect(Collectors.joining("+"));
        progress.accept(progressed + all);
        Children.Answer answer = measure(children, "together", all, entrants.getFirst().points());
        entrants.forEach(entrant -> results.add(entrant.contender(), answer));
        continue;
      }
      for (Entrant entrant : entrants) {
        if (settings.wants(entrant.contender()) && !entrant.points().isEmpty()) {
          progress.accept(progressed + entrant.contender());
          results.add(
              entrant.contender(),
              measure(children, "throughput", entrant.contender(), entrant.points()));
        }
      }
    }
    return new Section(
        name, title, about, "operations/s", rows(results), goals.apply(results), notes(results));
  }

  private Children.Answer measure(
      Children children, String task, String contender, List<Point> points) {
    Map<String, String> more = new TreeMap<>();
    more.put("load", String.valueOf(load));
    more.put("points", points.stream().map(Point::toString).collect(Collectors.joining(",")));
    if (keys > 0) {
      more.put("keys", String.valueOf(keys));
    }
    return children.run(task, contender, List.of(), more);
  }

  private List<Section.Row> rows(Results results) {
    List<Section.Row> rows = new ArrayList<>();
    results
        .all()
        .forEach((contender, points) ->
            points.forEach(
                (point, outcomes) -> rows.add(row(results, contender, point, outcomes))));
    return rows;
  }

  private Section.Row row(
      Results results, String contender, Point point, List<Throughput.Outcome> outcomes) {
    Optional<Reference> compared =
        reference
            .apply(contender, point)
            .filter(other -> results.rates(other.contender(), other.point()).isPresent());
    return new Section.Row(
        contender,
        results.durability(contender),
        point.words(),
        results.rates(contender, point).orElseThrow(),
        compared.flatMap(
            other -> results.ratio(contender, point, other.contender(), other.point())),
        compared
            .map(other ->
                results.durability(other.contender())
                    + (other.point().equals(point) ? "" : ", " + other.point().words()))
            .orElse(""),
        remark(point, outcomes));
  }

  private static String remark(Point point, List<Throughput.Outcome> outcomes) {
    String hits =
        point.call() == Point.Call.GET
            ? String.format(
                Locale.ROOT, "hit ratio %.3f, ", mean(outcomes, Throughput.Outcome::hitRatio))
            : "";
    return hits
        + String.format(
            Locale.ROOT,
            "processor %.2f µs, collector %.1f %%",
            mean(outcomes, Throughput.Outcome::processor),
            mean(outcomes, Throughput.Outcome::collecting) * 100);
  }

  private static double mean(
      List<Throughput.Outcome> outcomes, ToDoubleFunction<Throughput.Outcome> figure) {
    return outcomes.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static List<String> notes(Results results) {
    List<String> notes = new ArrayList<>();
    for (String contender : results.all().keySet()) {
      if (!results.settings(contender).isEmpty()) {
        notes.add("`" + contender + "`: " + results.settings(contender) + ".");
      }
    }
    results
        .failures()
        .forEach((contender, failure) -> notes.add("`" + contender + "` failed: " + failure));
    return notes;
  }
}
