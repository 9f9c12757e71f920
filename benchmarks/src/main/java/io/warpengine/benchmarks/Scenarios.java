package io.warpengine.benchmarks;

import static io.warpengine.benchmarks.Choice.UNIFORM;
import static io.warpengine.benchmarks.Section.Goal.atLeast;

import io.warpengine.benchmarks.Section.Goal;
import io.warpengine.benchmarks.ThroughputScenario.Entrant;
import io.warpengine.benchmarks.ThroughputScenario.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All scenarios, with what the project asks of each. */
final class Scenarios {

  private static final int WINDOW = 64;

  private Scenarios() {}

  static List<Scenario> all(Settings settings) {
    return List.of(
        get(settings),
        put(settings),
        outstanding(settings),
        durable(settings),
        observe(settings),
        snapshots(settings),
        Bank.scenario(settings, "bank", 100_000),
        Bank.scenario(settings, "contended", 100),
        new OpenScenario(),
        new MemoryScenario(),
        new StartScenario());
  }

  private static Scenario get(Settings settings) {
    List<Point> points = new ArrayList<>();
    for (Choice choice : Choice.values()) {
      settings.threads().forEach(threads -> points.add(Point.get(choice, threads)));
    }
    return new ThroughputScenario(
        "get",
        "Reading",
        "All records are stored first; then clients read records one by one, each by a key object"
            + " that they have just made, and touch the value. RocksDB is flushed and compacted"
            + " before.",
        0,
        true,
        false,
        entrants(
            points,
            "warp:none",
            "chm",
            "caffeine",
            "rocksdb:nosync",
            "mvstore",
            "lmdb",
            "chronicle"),
        (contender, point) -> against("warp:none", contender, point),
        results -> {
          List<Goal> goals = new ArrayList<>();
          for (Point point : points) {
            goal(goals, 0.8, "`get` by ConcurrentHashMap", point, results, "warp:none", "chm");
            goal(goals, 5, "`get` by RocksDB", point, results, "warp:none", "rocksdb:nosync");
          }
          for (Choice choice : Choice.values()) {
            Optional<Samples> own = scaling(results, "warp:none", Point.get(choice, 1));
            Optional<Samples> other = scaling(results, "chm", Point.get(choice, 1));
            if (own.isPresent() && other.isPresent()) {
              goals.add(
                  atLeast(
                      0.95,
                      "scaling of `get` from 1 to 2 threads by ConcurrentHashMap's, "
                          + lower(choice),
                      own.get().over(other.get())));
            }
          }
          return goals;
        });
  }

  private static Scenario put(Settings settings) {
    List<Point> points = new ArrayList<>();
    for (Choice choice : Choice.values()) {
      settings.threads().forEach(threads -> points.add(Point.put(choice, threads)));
    }
    return new ThroughputScenario(
        "put",
        "Overwriting, one blocking call after the other",
        "All records are stored first; then clients overwrite records, each put acknowledged before"
            + " the next. What an acknowledged put has survived is in the column durability.",
        0,
        true,
        false,
        entrants(
            points,
            "warp:none",
            "warp:memory",
            "warp:os",
            "warp:interval",
            "chm",
            "caffeine",
            "rocksdb:nosync",
            "rocksdb:nowal",
            "mvstore",
            "lmdb",
            "chronicle"),
        (contender, point) -> against(counterpart(contender), contender, point),
        results -> {
          List<Goal> goals = new ArrayList<>();
          for (Point point : points) {
            if (point.clients() == 1) {
              goal(
                  goals,
                  2,
                  "INTERVAL by RocksDB with its log and without sync",
                  point,
                  results,
                  "warp:interval",
                  "rocksdb:nosync");
            }
          }
          for (Choice choice : Choice.values()) {
            scaling(results, "warp:none", Point.put(choice, 1))
                .ifPresent(samples ->
                    goals.add(
                        atLeast(
                            1.7,
                            "scaling of `put` without a journal from 1 to 2 threads, "
                                + lower(choice),
                            samples)));
          }
          return goals;
        });
  }

  private static Scenario outstanding(Settings settings) {
    List<Point> own = new ArrayList<>();
    List<Point> theirs = new ArrayList<>();
    for (Choice choice : Choice.values()) {
      for (int clients : settings.threads()) {
        own.add(Point.async(choice, clients, WINDOW));
        theirs.add(Point.put(choice, clients));
      }
    }
    return new ThroughputScenario(
        "outstanding",
        "Overwriting with " + WINDOW + " puts outstanding per client",
        "As above, but a client of WarpEngine waits for an acknowledgement only when it has "
            + WINDOW
            + " puts outstanding. RocksDB has no such call: its rows are its blocking call with as"
            + " many threads as there are clients.",
        0,
        true,
        false,
        List.of(
            new Entrant("warp:none", own),
            new Entrant("warp:memory", own),
            new Entrant("warp:os", own),
            new Entrant("warp:interval", own),
            new Entrant("rocksdb:nosync", theirs)),
        (contender, point) ->
            contender.startsWith("warp")
                ? against("warp:none", contender, point)
                : Optional.of(
                    new Reference(
                        "warp:interval", Point.async(point.choice(), point.clients(), WINDOW))),
        results -> {
          List<Goal> goals = new ArrayList<>();
          for (Point point : own) {
            results
                .ratio(
                    "warp:interval",
                    point,
                    "rocksdb:nosync",
                    Point.put(point.choice(), point.clients()))
                .ifPresent(ratio ->
                    goals.add(
                        atLeast(
                            3,
                            "INTERVAL by RocksDB with its log and without sync: " + point.words(),
                            ratio)));
            goal(
                goals,
                0.5,
                "INTERVAL by our own without a journal",
                point,
                results,
                "warp:interval",
                "warp:none");
          }
          return goals;
        });
  }

  private static Scenario durable(Settings settings) {
    List<Point> own = new ArrayList<>();
    List<Point> theirs = new ArrayList<>();
    for (int writers : settings.writers()) {
      own.add(Point.put(UNIFORM, writers));
      theirs.add(Point.put(UNIFORM, writers));
      if (writers > 1) {
        own.add(Point.virtual(UNIFORM, writers));
        own.add(Point.async(UNIFORM, 1, writers));
        own.add(Point.async(UNIFORM, 2, writers / 2));
      }
    }
    List<Point> few = theirs.stream().filter(point -> point.clients() <= 32).toList();
    return new ThroughputScenario(
        "durable",
        "Durable puts",
        "Clients put records into a database that was empty at first, each put past a sync of the"
            + " device when it is acknowledged. LMDB and MVStore sync for each put and are shown"
            + " for few writers only.",
        0,
        false,
        false,
        List.of(
            new Entrant("warp:sync", own),
            new Entrant("rocksdb:sync", theirs),
            new Entrant("lmdb:sync", few),
            new Entrant("mvstore:sync", few)),
        (contender, point) -> against("warp:sync", contender, point),
        results -> {
          List<Goal> goals = new ArrayList<>();
          for (Point point : own) {
            int writers = point.clients() * point.outstanding();
            Point theirPoint = Point.put(UNIFORM, writers);
            double bar = writers == 1 ? 1 : 4;
            if (writers == 1 || writers == 256) {
              results
                  .ratio("warp:sync", point, "rocksdb:sync", theirPoint)
                  .ifPresent(ratio ->
                      goals.add(
                          atLeast(
                              bar,
                              "SYNC by RocksDB `sync=true` with "
                                  + writers
                                  + " threads: "
                                  + point.words(),
                              ratio)));
            } else if (writers == 512) {
              results
                  .rates("warp:sync", point)
                  .ifPresent(rate ->
                      goals.add(
                          atLeast(
                              500_000,
                              "acknowledged/s where the disk gives 8,000 syncs/s: " + point.words(),
                              rate)));
            }
          }
          return goals;
        });
  }

  private static Scenario observe(Settings settings) {
    List<Point> points = new ArrayList<>();
    for (Choice choice : Choice.values()) {
      for (int threads : settings.threads()) {
        points.add(Point.get(choice, threads));
        points.add(Point.put(choice, threads));
      }
    }
    return new ThroughputScenario(
        "observe",
        "The price of being watched",
        "The kernel with access rings and a plugin with three observers, against the kernel with"
            + " neither; in memory, all records stored first. One process measures them in turn, in"
            + " twelve stretches each, forwards and backwards; the kernel with neither takes part"
            + " twice, and how far its second figure is from its first is what the method cannot"
            + " tell from nothing.",
        0,
        true,
        true,
        entrants(points, "warp:unobserved", "warp:again", "warp:observed"),
        (contender, point) -> against("warp:unobserved", contender, point),
        results -> {
          List<Goal> goals = new ArrayList<>();
          for (Point point : points) {
            goal(
                goals,
                0.98,
                "observed by unobserved",
                point,
                results,
                "warp:observed",
                "warp:unobserved");
          }
          return goals;
        });
  }

  private static Scenario snapshots(Settings settings) {
    List<Point> points = new ArrayList<>();
    for (Choice choice : Choice.values()) {
      settings.threads().forEach(threads -> points.add(Point.put(choice, threads)));
    }
    return new ThroughputScenario(
        "snapshots",
        "The price of snapshots",
        "All records are stored first; then clients overwrite records while a snapshot is open all"
            + " the time: a new one each second, or each 5 ms. How long taking one takes under that"
            + " load stands below the table.",
        0,
        true,
        false,
        entrants(points, "warp:none", "warp:held", "warp:taken"),
        (contender, point) -> against("warp:none", contender, point),
        results -> {
          List<Goal> goals = new ArrayList<>();
          for (Point point : points) {
            goal(goals, 0.9, "a snapshot held by none", point, results, "warp:held", "warp:none");
          }
          return goals;
        });
  }

  private static List<Entrant> entrants(List<Point> points, String... contenders) {
    List<Entrant> entrants = new ArrayList<>();
    for (String contender : contenders) {
      entrants.add(new Entrant(contender, points));
    }
    return entrants;
  }

  /** Which of WarpEngine's modes promises as much as a peer's. */
  private static String counterpart(String contender) {
    return switch (contender) {
      case "rocksdb:nosync" -> "warp:interval";
      case "mvstore" -> "warp:memory";
      case "lmdb", "chronicle" -> "warp:os";
      default -> "warp:none";
    };
  }

  private static Optional<Reference> against(String own, String contender, Point point) {
    return contender.equals(own) ? Optional.empty() : Optional.of(new Reference(own, point));
  }

  private static void goal(
      List<Goal> goals,
      double bar,
      String text,
      Point point,
      Results results,
      String of,
      String by) {
    results
        .ratio(of, point, by, point)
        .ifPresent(ratio -> goals.add(atLeast(bar, text + ": " + point.words(), ratio)));
  }

  private static Optional<Samples> scaling(Results results, String contender, Point one) {
    return results.ratio(
        contender, new Point(one.call(), one.choice(), 2, one.outstanding()), contender, one);
  }

  private static String lower(Choice choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
