package io.warpengine.benchmarks;

import static io.warpengine.benchmarks.Section.Goal.atLeast;

import io.warpengine.benchmarks.Section.Goal;
import io.warpengine.benchmarks.ThroughputScenario.Entrant;
import io.warpengine.benchmarks.ThroughputScenario.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Transfers between accounts, each a serializable transaction. */
final class Bank {

  private static final int WINDOW = 64;

  private Bank() {}

  static Scenario scenario(Settings settings, String name, int accounts) {
    List<Point> blocking = new ArrayList<>();
    List<Point> outstanding = new ArrayList<>();
    for (int clients : settings.threads()) {
      blocking.add(Point.transfer(clients));
      outstanding.add(Point.transfers(clients, WINDOW));
    }
    List<Point> own = new ArrayList<>(blocking);
    own.addAll(outstanding);
    List<Point> many = new ArrayList<>(blocking);
    many.add(Point.transfer(WINDOW));
    return new ThroughputScenario(
        name,
        String.format(Locale.ROOT, "Transfers between %,d accounts", accounts),
        "A transfer reads two accounts, takes an amount from one and gives it to the other, in one"
            + " serializable transaction that is tried until it succeeds. With "
            + WINDOW
            + " outstanding, a client waits for an acknowledgement only when it has that many;"
            + " RocksDB has no such call, so it is measured with that many threads too."
            + " WarpEngine and RocksDB (OptimisticTransactionDB, reads for update) validate at"
            + " commit, MVStore locks rows before it reads them.",
        accounts,
        true,
        false,
        List.of(
            new Entrant("warp:none", own),
            new Entrant("warp:interval", own),
            new Entrant("warp:sync", own),
            new Entrant("rocksdb:optimistic-nosync", blocking),
            new Entrant("rocksdb:optimistic-sync", many),
            new Entrant("mvstore:transactions", blocking),
            new Entrant("mvstore:transactions-sync", blocking)),
        (contender, point) -> reference(contender, point),
        results -> goals(settings, results));
  }

  private static Optional<Reference> reference(String contender, Point point) {
    return switch (contender) {
      case "warp:none" -> Optional.empty();
      case "warp:interval", "warp:sync" -> Optional.of(new Reference("warp:none", point));
      case "rocksdb:optimistic-nosync", "mvstore:transactions" ->
          Optional.of(new Reference("warp:interval", point));
      default ->
          Optional.of(
              new Reference(
                  "warp:sync", point.clients() == WINDOW ? Point.transfers(1, WINDOW) : point));
    };
  }

  private static List<Goal> goals(Settings settings, Results results) {
    List<Goal> goals = new ArrayList<>();
    for (int clients : settings.threads()) {
      Point one = Point.transfer(clients);
      Point window = Point.transfers(clients, WINDOW);
      goal(goals, 2, "H2 MVStore", results, "warp:interval", one, "mvstore:transactions", one);
      goal(goals, 1.2, "RocksDB", results, "warp:interval", one, "rocksdb:optimistic-nosync", one);
      goal(goals, 2, "H2 MVStore", results, "warp:sync", window, "mvstore:transactions-sync", one);
      goal(
          goals,
          1.2,
          "RocksDB",
          results,
          "warp:sync",
          window,
          "rocksdb:optimistic-sync",
          Point.transfer(WINDOW));
    }
    return goals;
  }

  private static void goal(
      List<Goal> goals,
      double bar,
      String peer,
      Results results,
      String of,
      Point at,
      String by,
      Point there) {
    results
        .ratio(of, at, by, there)
        .ifPresent(ratio ->
            goals.add(
                atLeast(
                    bar,
                    "`" + of + "`, " + at.words() + ", by " + peer + ", " + there.words(),
                    ratio)));
  }
}
