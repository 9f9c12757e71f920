package io.warpengine.testkit;

import io.warpengine.testkit.SimDirectory.Change;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Makes another tree out of a simulated one: an exact copy, or what a power cut leaves. */
final class SimImage {

  private final IdentityHashMap<SimNode, SimNode> made = new IdentityHashMap<>();
  private final IdentityHashMap<Change, Boolean> decided = new IdentityHashMap<>();
  private final SimDisk.Crash mode;
  private final SplittableRandom random;
  private final double keep;
  private final boolean prefix;

  private SimImage(SimDisk.Crash mode, long seed) {
    this.mode = mode;
    this.random = new SplittableRandom(seed);
    double[] chances = {0.1, 0.5, 0.9};
    this.keep = chances[random.nextInt(chances.length)];
    this.prefix = random.nextBoolean();
  }

  static SimDirectory crashed(SimDirectory root, SimDisk.Crash mode, long seed) {
    return new SimImage(mode, seed).tree(root);
  }

  static SimDirectory copied(SimDirectory root) {
    return new Copy().directory(root);
  }

  private SimNode crashed(SimNode node) {
    SimNode known = made.get(node);
    if (known != null) {
      return known;
    }
    return switch (node) {
      case SimFile file -> remember(file, file.crashed(mode, random, keep));
      case SimDirectory directory -> tree(directory);
    };
  }

  private SimDirectory tree(SimDirectory directory) {
    SimDirectory after = new SimDirectory();
    made.put(directory, after);
    Map<String, SimNode> left = new TreeMap<>(directory.durable);
    decide(directory);
    for (Change change : directory.pending) {
      if (isKept(change)) {
        change.applyTo(left);
      }
    }
    left.forEach((name, node) -> after.names.put(name, crashed(node)));
    after.durable.putAll(after.names);
    return after;
  }

  /** Which pending operations of a directory survive; in some crashes a prefix, in others any. */
  private void decide(SimDirectory directory) {
    boolean going = true;
    for (Change change : directory.pending) {
      if (decided.containsKey(change)) {
        continue;
      }
      boolean chosen =
          switch (mode) {
            case DROP -> false;
            case KEEP -> true;
            case RANDOM -> random.nextDouble() < keep;
          };
      chosen &= change.arrival.map(this::hasArrived).orElse(true);
      going &= chosen;
      decided.put(change, prefix ? going : chosen);
    }
  }

  /** A file that left one directory is never lost: its departure needs its arrival. */
  private boolean hasArrived(Change arrival) {
    if (!arrival.directory.pending.contains(arrival)) {
      return true;
    }
    if (!decided.containsKey(arrival)) {
      decide(arrival.directory);
    }
    return isKept(arrival);
  }

  private boolean isKept(Change change) {
    return decided.getOrDefault(change, false);
  }

  private SimNode remember(SimNode node, SimNode after) {
    made.put(node, after);
    return after;
  }

  /** Copies a tree with both images and all pending operations. */
  private static final class Copy {
    private final IdentityHashMap<SimNode, SimNode> nodes = new IdentityHashMap<>();
    private final IdentityHashMap<Change, Change> changes = new IdentityHashMap<>();

    SimDirectory directory(SimDirectory from) {
      return (SimDirectory) node(from);
    }

    private SimNode node(SimNode from) {
      SimNode known = nodes.get(from);
      if (known != null) {
        return known;
      }
      if (from instanceof SimFile file) {
        SimNode copy = file.copy();
        nodes.put(from, copy);
        return copy;
      }
      SimDirectory source = (SimDirectory) from;
      SimDirectory copy = new SimDirectory();
      nodes.put(from, copy);
      source.names.forEach((name, child) -> copy.names.put(name, node(child)));
      source.durable.forEach((name, child) -> copy.durable.put(name, node(child)));
      source.pending.forEach(change -> copy.pending.add(change(change)));
      return copy;
    }

    private Change change(Change from) {
      Change known = changes.get(from);
      if (known != null) {
        return known;
      }
      Map<String, Optional<SimNode>> effect = new TreeMap<>();
      from.effect.forEach((name, child) -> effect.put(name, child.map(this::node)));
      Change copy = new Change(directory(from.directory), effect, from.arrival.map(this::change));
      changes.put(from, copy);
      return copy;
    }
  }
}
