package io.warpengine.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The process that measures one engine: it is told what to do by arguments of the form {@code
 * name=value} and answers with lines {@code @ name=value ...} on standard output.
 */
final class Child {

  /**
   * How much longer the first point is warmed up: what it calls is compiled then, and the later
   * points call much of the same.
   */
  private static final int FIRST_WARMUP = 3;

  /** Stretches per contender and point, where several are measured in turn. */
  private static final int TURNS = 12;

  private final Map<String, String> told;
  private final int keys;
  private final int valueBytes;
  private final Work work;

  private Child(Map<String, String> told) {
    this.told = told;
    keys = Integer.parseInt(told("keys"));
    valueBytes = Integer.parseInt(told("value-bytes"));
    work = new Work(valueBytes);
  }

  /**
   * Measures.
   *
   * @param args what to do
   * @throws IOException if standard input breaks
   */
  public static void main(String[] args) throws IOException {
    Map<String, String> told = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      told.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    Child child = new Child(told);
    switch (told.get("task")) {
      case "throughput" -> child.throughput();
      case "together" -> child.together();
      case "load" -> child.load();
      case "reopen" -> child.reopen();
      case "memory" -> child.memory();
      case "nothing" -> say("nothing", "done");
      default -> throw new IllegalArgumentException("There is no task [" + told + "].");
    }
    System.exit(0);
  }

  private void throughput() {
    List<Point> points = points();
    try (Contender contender = open()) {
      if (Boolean.parseBoolean(told("load"))) {
        contender.load(work, keys);
        contender.settle();
      }
      Throughput throughput = new Throughput(contender, work, keys);
      throughput.measure(points.getFirst(), 0, FIRST_WARMUP * number("warmup"));
      for (Point point : points) {
        System.gc();
        Throughput.Outcome outcome = throughput.measure(point, number("warmup"), number("seconds"));
        say(
            "point", point,
            "rate", outcome.rate(),
            "hits", outcome.hitRatio(),
            "collecting", outcome.collecting(),
            "processor", outcome.processor());
      }
      tellMode(contender);
      say("finished", true);
      // What an engine does to close cleanly is not measured, and with some takes long.
      System.exit(0);
    }
  }

  /**
   * Measures several contenders in turn, in short stretches, forwards and backwards, so that what
   * the machine does meanwhile meets them all alike.
   */
  private void together() {
    String[] names = told("contender").split("\\+");
    Throughput[] each = new Throughput[names.length];
    for (int i = 0; i < names.length; i++) {
      Contender contender = Contenders.open(names[i], Path.of(told("directory")), keys, valueBytes);
      contender.load(work, keys);
      contender.settle();
      each[i] = new Throughput(contender, work, keys);
      say("durability", contender.durability());
    }
    for (Point point : points()) {
      for (Throughput one : each) {
        one.measure(point, 0, number("warmup"));
      }
      System.gc();
      double[][] sums = new double[names.length][4];
      for (int turn = 0; turn < TURNS; turn++) {
        for (int i = 0; i < names.length; i++) {
          int now = turn % 2 == 0 ? i : names.length - 1 - i;
          Throughput.Outcome outcome = each[now].measure(point, 0.05, number("seconds") / 4);
          sums[now][0] += outcome.rate();
          sums[now][1] += outcome.hitRatio();
          sums[now][2] += outcome.collecting();
          sums[now][3] += outcome.processor();
        }
      }
      for (int i = 0; i < names.length; i++) {
        say(
            "point", point,
            "of", names[i],
            "rate", sums[i][0] / TURNS,
            "hits", sums[i][1] / TURNS,
            "collecting", sums[i][2] / TURNS,
            "processor", sums[i][3] / TURNS);
      }
    }
    say("finished", true);
    System.exit(0);
  }

  private List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (String text : told("points").split(",")) {
      points.add(Point.parse(text));
    }
    return points;
  }

  /** Loads, says so, and waits to be killed. */
  private void load() throws IOException {
    Contender contender = open();
    contender.load(work, keys);
    tellMode(contender);
    say("loaded", keys);
    while (System.in.read() >= 0) {
      continue;
    }
  }

  /** Opens copies first if it is told to, so that the code of opening has run when it counts. */
  private void reopen() {
    int copies = Integer.parseInt(told("copies"));
    for (int copy = 1; copy <= copies; copy++) {
      try (Contender contender = open(copyOf(Path.of(told("directory")), copy));
          Client client = contender.client()) {
        client.get(work.key(0));
      }
      System.gc();
    }
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long spent = process.getProcessCpuTime();
    long begin = System.nanoTime();
    Contender contender = open();
    try (Client client = contender.client()) {
      int first = client.get(work.key(0));
      long answered = System.nanoTime();
      spent = process.getProcessCpuTime() - spent;
      int found = first >= 0 ? 1 : 0;
      for (int index = 1; index < keys; index++) {
        int expected = work.value(index)[0] & 0xff;
        found += client.get(work.key(index)) == expected ? 1 : 0;
      }
      say(
          "first", (answered - begin) / 1e9,
          "processor", spent / 1e9,
          "found", found);
    }
    tellMode(contender);
    System.exit(0);
  }

  private void memory() {
    try (Contender contender = open()) {
      try (Client client = contender.client()) {
        client.put(work.key(-1), work.value(0));
        client.get(work.key(-1));
      }
      long empty = used();
      contender.load(work, keys);
      long full = used();
      double perEntry = (double) (full - empty) / keys;
      say("entry", perEntry, "overhead", perEntry - Work.KEY_BYTES - valueBytes);
      tellMode(contender);
    }
  }

  private static long used() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Where a copy of a directory lies. */
  static Path copyOf(Path directory, int copy) {
    return directory.resolveSibling(directory.getFileName() + "-copy-" + copy);
  }

  private Contender open() {
    return open(Path.of(told("directory")));
  }

  private Contender open(Path directory) {
    return Contenders.open(told("contender"), directory, keys, valueBytes);
  }

  private static void tellMode(Contender contender) {
    say("durability", contender.durability());
    say("settings", contender.settings());
  }

  private static void say(Object... namesAndValues) {
    StringBuilder line = new StringBuilder("@");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      line.append('\t').append(namesAndValues[i]).append('=');
      line.append(
          value instanceof Double number ? String.format(Locale.ROOT, "%.6g", number) : value);
    }
    System.out.println(line);
  }

  private String told(String name) {
    String value = told.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The argument [" + name + "] is missing.");
    }
    return value;
  }

  private double number(String name) {
    return Double.parseDouble(told(name));
  }
}
