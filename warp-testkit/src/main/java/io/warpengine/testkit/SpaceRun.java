package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.ShardStats;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A script that makes, fills, drops and makes again spaces, on a disk whose power is cut somewhere,
 * perhaps again while the database that is left is opened and reclaims. What is there afterwards is
 * a state that the script went through, none older than the last that was acknowledged, and nothing
 * more is stored than that.
 */
final class SpaceRun {

  private static final int RECORDS = 12;
  private static final Duration BACKGROUND = Duration.ofMillis(100);

  private final DatabaseRun.Opener opener;
  private final ManualClock clock = new ManualClock();
  private final List<State> states = new ArrayList<>();
  private int acknowledged;

  /**
   * What users see, and whether a space was ever made.
   *
   * @param spaces keys and values by the name of their space, the default space included
   * @param made whether one was
   */
  private record State(Map<String, Map<String, String>> spaces, boolean made) {

    static State empty() {
      return new State(Map.of("", Map.of()), false);
    }

    State with(String name, Map<String, String> content) {
      Map<String, Map<String, String>> changed = new TreeMap<>(spaces);
      changed.put(name, content);
      return new State(changed, made || !name.isEmpty());
    }

    State without(String name) {
      Map<String, Map<String, String>> changed = new TreeMap<>(spaces);
      changed.remove(name);
      return new State(changed, made);
    }

    /** Records of users, one for each space, and one for the next number. */
    long stored() {
      return spaces.values().stream().mapToLong(Map::size).sum()
          + spaces.size()
          - 1
          + (made ? 1 : 0);
    }
  }

  SpaceRun(DatabaseRun.Opener opener) {
    this.opener = opener;
    states.add(State.empty());
  }

  /**
   * Runs the script.
   *
   * @param first the call to the disk at which power is cut
   * @param second the same while what is left is opened
   * @param mode what the cuts leave
   * @return whether the first cut struck
   */
  boolean run(long first, long second, SimDisk.Crash mode) {
    SimDisk disk = new SimDisk().cutAt(first);
    use(disk, this::script);
    boolean struck = disk.isCut();
    SimDisk left = disk.crash(mode, first).cutAt(second);
    use(left, this::reclaim);
    SimDisk last = left.crash(mode, second);
    use(last, this::check);
    assertThat(last.isCut()).isFalse();
    return struck;
  }

  private void use(SimDisk disk, Consumer<WarpDatabase> work) {
    try (WarpDatabase database = opener.open(disk, clock)) {
      work.accept(database);
    } catch (RuntimeException e) {
      if (!disk.isCut()) {
        throw e;
      }
    }
  }

  private void script(WarpDatabase database) {
    Map<String, String> one = Map.of("k", "1");
    Map<String, String> many = new TreeMap<>();
    WriteBatch fill = new WriteBatch();
    for (int i = 0; i < RECORDS; i++) {
      many.put("k" + i, "v");
      fill.put(b("k" + i), b("v"));
    }
    step(() -> database.put(b("k"), b("1")), last().with("", one));
    step(() -> database.space("a"), last().with("a", Map.of()));
    step(() -> database.space("a").writeBatch(fill), last().with("a", many));
    State made = last().with("b", Map.of());
    WriteBatch both = new WriteBatch().space("a").delete(b("k0")).space("b").put(b("k"), b("1"));
    Map<String, String> fewer = new TreeMap<>(many);
    fewer.remove("k0");
    step(() -> database.writeBatch(both), made, made.with("a", fewer).with("b", one));
    step(() -> database.dropSpace("a"), last().without("a"));
    State again = last().with("a", Map.of());
    step(() -> database.space("a").put(b("k"), b("1")), again, again.with("a", one));
    clock.advance(BACKGROUND);
    step(() -> database.dropSpace("b"), last().without("b"));
    clock.advance(BACKGROUND);
  }

  private void step(Runnable call, State... through) {
    states.addAll(List.of(through));
    call.run();
    acknowledged = states.size() - 1;
  }

  private State last() {
    return states.getLast();
  }

  private void reclaim(WarpDatabase database) {
    clock.advance(BACKGROUND);
    clock.advance(BACKGROUND);
    database.flush();
  }

  private void check(WarpDatabase database) {
    Map<String, Map<String, String>> found = new TreeMap<>();
    List<String> names = new ArrayList<>(database.spaces());
    names.add("");
    for (String name : names) {
      Map<String, String> content = new TreeMap<>();
      DatabaseModel.entries(database.space(name))
          .forEach(entry -> content.put(entry.key().toUtf8(), entry.value().toUtf8()));
      found.put(name, content);
    }
    List<State> possible = states.subList(acknowledged, states.size());
    assertThat(possible).extracting(State::spaces).contains(found);
    reclaim(database);
    long stored = database.stats().shards().stream().mapToLong(ShardStats::keys).sum();
    assertThat(possible)
        .filteredOn(state -> state.spaces().equals(found))
        .extracting(State::stored)
        .contains(stored);
  }

  private static Bytes b(String text) {
    return Bytes.utf8(text);
  }
}
