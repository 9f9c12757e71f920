package io.warpengine.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run as Markdown and as JSON.
 *
 * @param facts what holds for all of it: command, date, machine, sizes
 * @param sections what was measured
 */
record Report(Map<String, Object> facts, List<Section> sections) {

  String markdown() {
    StringBuilder out = new StringBuilder("# WarpEngine beside its peers\n\n");
    facts.forEach(
        (name, value) -> out.append("- ").append(name).append(": ").append(value).append('\n'));
    out.append(
        """

        Figures are the median of the rounds, the smallest and the largest in brackets. Each round
        runs one child process per engine, one engine after the other; a ratio is formed round by
        round. `ratio` is a row's figure by WarpEngine's in the mode named beside it, so 0.5 means
        that WarpEngine shows twice the figure. `processor` is the time of all threads of the process
        per operation, collector and compiler included.
        """);
    sections.forEach(section -> section(section, out));
    return out.toString();
  }

  private static void section(Section section, StringBuilder out) {
    out.append("\n## ").append(section.title()).append("\n\n").append(section.about());
    out.append("\n\n| engine | durability | work | ").append(section.figure());
    out.append(" | ratio | to WarpEngine's | remarks |\n|---|---|---|---:|---:|---|---|\n");
    for (Section.Row row : section.rows()) {
      out.append("| ").append(Contenders.words(row.contender()));
      out.append(" | ").append(row.durability());
      out.append(" | ").append(row.work());
      out.append(" | ").append(row.measured().words());
      out.append(" | ").append(row.ratio().map(Samples::words).orElse(""));
      out.append(" | ").append(row.comparedWith());
      out.append(" | ").append(row.remark()).append(" |\n");
    }
    if (!section.goals().isEmpty()) {
      out.append("\n| goal | asked | measured | reached |\n|---|---:|---:|---|\n");
      for (Section.Goal goal : section.goals()) {
        out.append("| ").append(goal.text());
        out.append(" | ").append(goal.atLeast() ? "≥ " : "≤ ");
        out.append(Samples.figure(goal.bar()));
        out.append(" | ").append(goal.measured().words());
        out.append(" | ").append(goal.reached() ? "yes" : "**no**").append(" |\n");
      }
    }
    if (!section.notes().isEmpty()) {
      out.append('\n');
      section.notes().forEach(note -> out.append("- ").append(note).append('\n'));
    }
  }

  String json() {
    List<Object> list = new ArrayList<>();
    for (Section section : sections) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("scenario", section.name());
      one.put("figure", section.figure());
      one.put("rows", section.rows().stream().map(Report::row).toList());
      one.put("goals", section.goals().stream().map(Report::goal).toList());
      one.put("notes", section.notes());
      list.add(one);
    }
    Map<String, Object> all = new LinkedHashMap<>(facts);
    all.put("scenarios", list);
    return Json.write(all);
  }

  private static Map<String, Object> row(Section.Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("engine", row.contender());
    map.put("durability", row.durability());
    map.put("work", row.work());
    map.put("median", row.measured().median());
    map.put("rounds", list(row.measured()));
    row.ratio()
        .ifPresent(ratio -> {
          map.put("ratioTo", row.comparedWith());
          map.put("ratio", ratio.median());
          map.put("ratios", list(ratio));
        });
    map.put("remark", row.remark());
    return map;
  }

  private static Map<String, Object> goal(Section.Goal goal) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("goal", goal.text());
    map.put(goal.atLeast() ? "atLeast" : "atMost", goal.bar());
    map.put("median", goal.measured().median());
    map.put("rounds", list(goal.measured()));
    map.put("reached", goal.reached());
    return map;
  }

  private static List<Double> list(Samples samples) {
    List<Double> list = new ArrayList<>();
    for (double value : samples.values()) {
      list.add(value);
    }
    return list;
  }
}
