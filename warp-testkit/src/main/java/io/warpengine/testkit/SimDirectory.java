package io.warpengine.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One simulated directory: the names that everybody sees, the names that are durable, and the
 * operations between the two.
 */
final class SimDirectory extends SimNode {

  final TreeMap<String, SimNode> names = new TreeMap<>();
  final TreeMap<String, SimNode> durable = new TreeMap<>();
  final List<Change> pending = new ArrayList<>();

  /** One operation: what its names stand for afterwards, and what must be durable before it. */
  static final class Change {
    final SimDirectory directory;
    final Map<String, Optional<SimNode>> effect;
    final Optional<Change> arrival;

    Change(
        SimDirectory directory, Map<String, Optional<SimNode>> effect, Optional<Change> arrival) {
      this.directory = directory;
      this.effect = effect;
      this.arrival = arrival;
    }

    void applyTo(Map<String, SimNode> target) {
      effect.forEach((name, node) ->
          node.ifPresentOrElse(there -> target.put(name, there), () -> target.remove(name)));
    }
  }

  Optional<SimNode> find(String name) {
    return Optional.ofNullable(names.get(name));
  }

  void put(String name, SimNode node) {
    change(Map.of(name, Optional.of(node)), Optional.empty());
  }

  void remove(String name) {
    change(Map.of(name, Optional.empty()), Optional.empty());
  }

  /** Moves a name: within one directory one operation, else an arrival and a departure. */
  void move(String name, SimDirectory to, String newName) {
    SimNode node = find(name).orElseThrow();
    if (to == this) {
      Map<String, Optional<SimNode>> effect = new LinkedHashMap<>();
      effect.put(name, Optional.empty());
      effect.put(newName, Optional.of(node));
      change(effect, Optional.empty());
      return;
    }
    Change arrival = to.change(Map.of(newName, Optional.of(node)), Optional.empty());
    change(Map.of(name, Optional.empty()), Optional.of(arrival));
  }

  private Change change(Map<String, Optional<SimNode>> effect, Optional<Change> arrival) {
    Change change = new Change(this, effect, arrival);
    change.applyTo(names);
    pending.add(change);
    return change;
  }

  /** Makes the names durable, and the arrival of everything that left for another directory. */
  void force() {
    forceFirst(pending.size());
  }

  private void forceFirst(int count) {
    List<Change> first = List.copyOf(pending.subList(0, count));
    pending.subList(0, count).clear();
    for (Change change : first) {
      change.arrival.ifPresent(
          arrival -> arrival.directory.forceFirst(arrival.directory.pending.indexOf(arrival) + 1));
      change.applyTo(durable);
    }
  }
}
