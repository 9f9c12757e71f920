package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The life of one database over several crashes, with the state that it must have had after each
 * write. All writes come from one thread, so what a crash leaves is one of those states: none older
 * than the newest that was acknowledged with a durability that survives such a crash.
 */
final class DatabaseRun {

  /** Opens a database on what is left of a disk. */
  interface Opener {
    WarpDatabase open(SimDisk disk, ManualClock clock);
  }

  private final Opener opener;
  private final List<Durability> durabilities;
  private final Generator data;
  private final ManualClock clock = new ManualClock();
  private final List<DatabaseModel> states = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private SimDisk disk = new SimDisk();
  private Optional<WarpDatabase> database = Optional.empty();
  private int survivesPowerCut;
  private int survivesKill;
  private String before = "nothing";

  /** An asynchronous write that may be acknowledged later. */
  private record Pending(int state, Durability durability, CompletableFuture<String> stage) {}

  DatabaseRun(Opener opener, List<Durability> durabilities, long seed) {
    this.opener = opener;
    this.durabilities = durabilities;
    this.data = new Generator(seed, 16);
    states.add(new DatabaseModel(clock));
  }

  SimDisk disk() {
    return disk;
  }

  Generator data() {
    return data;
  }

  WarpDatabase database() {
    return database.orElseThrow();
  }

  /** Opens and checks. If a planned power cut strikes meanwhile, nothing is open afterwards. */
  void open() {
    try {
      database = Optional.of(opener.open(disk, clock));
    } catch (RuntimeException e) {
      if (!disk.isCut()) {
        throw e;
      }
      return;
    }
    check(before);
  }

  private void check(String how) {
    List<Entry> entries = DatabaseModel.entries(database());
    int found = states.size() - 1;
    while (found >= 0 && !states.get(found).isHeldBy(entries)) {
      found--;
    }
    assertThat(found)
        .as(
            "the database has one of the %s states it went through; against the newest: %s;"
                + " against the oldest: %s; after %s",
            states.size(), live().difference(entries), states.getFirst().difference(entries), how)
        .isNotNegative()
        .as("it has all that was acknowledged, after %s", how)
        .isGreaterThanOrEqualTo(survivesPowerCut);
    states.subList(found + 1, states.size()).clear();
  }

  private DatabaseModel live() {
    return states.getLast();
  }

  /** Does some writes and reads; ends early when the disk or the database does not go on. */
  void work(int steps) {
    for (int i = 0; i < steps && !disk.isCut() && database.isPresent(); i++) {
      if (!step()) {
        return;
      }
      if (data.chance(0.05)) {
        clock.advance(Duration.ofMillis(data.below(1_500)));
      }
      if (data.chance(0.1)) {
        Bytes key = data.key();
        assertThat(database().get(key)).isEqualTo(live().get(key));
      }
    }
  }

  private boolean step() {
    return step(DatabaseStep.next(data, live(), durabilities));
  }

  /**
   * Puts one large value, to use up room.
   *
   * @return false if the database refused it
   */
  boolean fill() {
    WriteOptions options = WriteOptions.DEFAULT;
    Bytes value = data.value(50_000);
    return step(
        new DatabaseStep(DatabaseStep.Kind.PUT, data.key(), value, value, 0, options, List.of()));
  }

  private boolean step(DatabaseStep step) {
    DatabaseModel next = live().copy();
    String expected = next.apply(step);
    Durability wanted = step.options().durability().orElse(database().durability());
    Durability asked = step.surelyWrites(expected) ? wanted : Durability.NONE;
    states.add(next);
    try {
      if (step.kind() != DatabaseStep.Kind.DELETE_RANGE && data.chance(0.6)) {
        begin(step, expected, asked);
      } else {
        assertThat(outcome(() -> step.doTo(database()))).as("%s", step).isEqualTo(expected);
        acknowledge(states.size() - 1, asked);
      }
      if (data.chance(0.03)) {
        database().flush();
        acknowledge(states.size() - 1, Durability.SYNC);
      }
    } catch (WarpException e) {
      return goesOnAfter(step, e);
    } catch (SimDisk.PowerCut e) {
      return false;
    }
    return true;
  }

  private void begin(DatabaseStep step, String expected, Durability asked) {
    CompletableFuture<String> stage = step.beginOn(database().async()).toCompletableFuture();
    if (stage.isDone()) {
      assertThat(outcome(() -> join(stage))).as("%s", step).isEqualTo(expected);
      acknowledge(states.size() - 1, asked);
    } else {
      pending.add(new Pending(states.size() - 1, asked, stage));
    }
  }

  private static String join(CompletableFuture<String> stage) {
    try {
      return stage.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static String outcome(Supplier<String> call) {
    try {
      return call.get();
    } catch (WarpException e) {
      if (e.code() == CoreError.NOT_A_NUMBER) {
        return e.code().name();
      }
      throw e;
    }
  }

  /**
   * After a failure the write is in memory if its outcome is unknown, and else it is not. A large
   * write may get a file of its own; then the disk can refuse that one alone.
   */
  private boolean goesOnAfter(DatabaseStep step, WarpException failure) {
    if (failure.code() != CoreError.OUTCOME_UNKNOWN && !disk.isCut()) {
      if (failure.code() != CoreError.DISK_FAILED || !step.isLarge()) {
        assertThat(failure.code().name()).isIn("READ_ONLY", "DISK_FULL");
      }
      states.removeLast();
      if (failure.code() == CoreError.READ_ONLY) {
        assertThat(database().readOnly()).as(failure.getMessage()).isTrue();
      }
      live().assertHeldBy(database(), "after " + failure.getMessage());
      return false;
    }
    return !disk.isCut();
  }

  private void acknowledge(int state, Durability durability) {
    if (durability == Durability.SYNC) {
      survivesPowerCut = Math.max(survivesPowerCut, state);
    }
    if (durability.compareTo(Durability.OS) >= 0) {
      survivesKill = Math.max(survivesKill, state);
    }
  }

  private void collect() {
    for (Pending one : pending) {
      if (one.stage.isDone() && !one.stage.isCompletedExceptionally()) {
        acknowledge(one.state, one.durability);
      }
    }
    pending.clear();
  }

  /** Closes in order; then everything is durable, unless a planned power cut strikes. */
  void close() {
    try {
      database().close();
    } catch (RuntimeException e) {
      if (!disk.isCut()) {
        throw e;
      }
    }
    if (disk.isCut()) {
      return;
    }
    survivesKill = states.size() - 1;
    survivesPowerCut = survivesKill;
    pending.clear();
  }

  /** Kills the process: what was handed to the operating system is there. */
  void kill() {
    collect();
    SimDisk left = disk.kill();
    abandon(left);
    int synced = survivesPowerCut;
    survivesPowerCut = survivesKill;
    open();
    survivesKill = states.size() - 1;
    survivesPowerCut = synced;
  }

  /** Cuts the power: what was synced is there. */
  void cutPower(SimDisk.Crash mode, long seed) {
    collect();
    abandon(disk.crash(mode, seed));
    reopen();
  }

  /** Cuts the power, and once more at the nth call that changes something while opening. */
  void cutPowerTwice(SimDisk.Crash mode, long seed, long nth) {
    collect();
    abandon(disk.crash(mode, seed).cutAt(nth));
    reopen();
  }

  private void reopen() {
    open();
    if (database.isPresent()) {
      survivesPowerCut = states.size() - 1;
      survivesKill = survivesPowerCut;
      forgetOldStates();
    }
  }

  private void abandon(SimDisk left) {
    try {
      database.ifPresent(WarpDatabase::close);
    } catch (RuntimeException expected) {
      // Its disk failed or is gone; only its threads had to end.
    }
    database = Optional.empty();
    before = String.join("\n", disk.trace());
    disk = left;
  }

  private void forgetOldStates() {
    states.subList(0, survivesPowerCut).clear();
    survivesPowerCut = 0;
    survivesKill = 0;
  }

  void end() {
    abandon(disk);
  }
}
