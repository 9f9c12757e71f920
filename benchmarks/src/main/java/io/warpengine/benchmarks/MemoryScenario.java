package io.warpengine.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Heap per record beyond the bytes of its key and its value. */
final class MemoryScenario implements Scenario {

  private static final String COMPACT = "-XX:+UseCompactObjectHeaders";

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Section run(Settings settings, Children children, Consumer<String> progress) {
    List<Section.Row> rows = new ArrayList<>();
    List<Section.Goal> goals = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    for (List<String> flags : List.of(List.<String>of(), List.of(COMPACT))) {
      Map<String, List<Double>> overheads = new LinkedHashMap<>();
      for (int round = 1; round <= settings.rounds(); round++) {
        for (String contender : List.of("warp:none", "chm", "caffeine")) {
          if (settings.wants(contender)) {
            progress.accept(
                "memory: round " + round + " of " + settings.rounds() + ", " + contender);
            Children.Answer answer = children.run("memory", contender, flags, Map.of());
            if (answer.failure().isEmpty()) {
              overheads
                  .computeIfAbsent(contender, key -> new ArrayList<>())
                  .add(answer.number("overhead"));
            } else {
              notes.add("`" + contender + "` failed: " + answer.failure());
            }
          }
        }
      }
      overheads.forEach((contender, list) -> {
        Samples bytes = samples(list);
        boolean warp = contender.startsWith("warp");
        rows.add(
            new Section.Row(
                contender,
                "none",
                flags.isEmpty() ? "usual object headers" : "compact object headers",
                bytes,
                warp
                    ? Optional.empty()
                    : Optional.ofNullable(overheads.get("warp:none"))
                        .map(list2 -> bytes.over(samples(list2))),
                warp ? "" : "the same headers",
                warp ? "with the ordered index" : "no order"));
        if (warp && flags.isEmpty()) {
          goals.add(Section.Goal.atMost(96, "bytes per entry beyond key and value", bytes));
        }
      });
    }
    return new Section(
        name(),
        "Memory per entry beyond key and value",
        "Heap in use after four full collections with all records, less the same without, by the"
            + " number of records, less the bytes of key and value. Array headers, padding, entry"
            + " objects, tables and the ordered index all count.",
        "bytes per entry",
        rows,
        goals,
        List.copyOf(notes));
  }

  private static Samples samples(List<Double> list) {
    return new Samples(list.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
