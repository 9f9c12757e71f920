package io.warpengine.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of the throughput scenarios, by contender and point, in the order of the rounds. */
final class Results {

  private final Map<String, Map<Point, List<Throughput.Outcome>>> outcomes = new LinkedHashMap<>();
  private final Map<String, Children.Answer> modes = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  void add(String contender, Children.Answer answer) {
    if (!answer.failure().isEmpty()) {
      failures.put(contender, answer.failure());
      return;
    }
    modes.put(contender, answer);
    for (Map<String, String> fields : answer.with("point")) {
      if (!fields.getOrDefault("of", contender).equals(contender)) {
        continue;
      }
      outcomes
          .computeIfAbsent(contender, name -> new LinkedHashMap<>())
          .computeIfAbsent(Point.parse(fields.get("point")), point -> new ArrayList<>())
          .add(
              new Throughput.Outcome(
                  Double.parseDouble(fields.get("rate")),
                  Double.parseDouble(fields.get("hits")),
                  Double.parseDouble(fields.get("collecting")),
                  Double.parseDouble(fields.get("processor"))));
    }
  }

  Map<String, Map<Point, List<Throughput.Outcome>>> all() {
    return outcomes;
  }

  Map<String, String> failures() {
    return failures;
  }

  String durability(String contender) {
    return modes.get(contender).text("durability");
  }

  String settings(String contender) {
    return modes.get(contender).text("settings");
  }

  /** The rates of one contender at one point; empty if it was not measured there. */
  Optional<Samples> rates(String contender, Point point) {
    List<Throughput.Outcome> found =
        outcomes.getOrDefault(contender, Map.of()).getOrDefault(point, List.of());
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Samples(found.stream().mapToDouble(Throughput.Outcome::rate).toArray()));
  }

  /** The rates of one by those of another. */
  Optional<Samples> ratio(String of, Point at, String by, Point there) {
    return rates(of, at).flatMap(above -> rates(by, there).map(above::over));
  }
}
