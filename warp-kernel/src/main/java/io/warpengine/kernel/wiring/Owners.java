package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.api.WarpException;
import io.warpengine.spi.store.Checkpointable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who owns which part of the data, as the manifest records it: {@code journal}, {@code storage} and
 * {@code checkpoint.<owner>}, each with {@code plugin@format}, or {@code plugin/name@format} where
 * the name of the port differs from the plugin's.
 */
final class Owners {

  static final String JOURNAL = "journal";
  static final String STORAGE = "storage";
  static final String CHECKPOINT = "checkpoint.";

  private final SortedMap<String, String> recorded;
  private final SortedMap<String, String> present;
  private final Set<String> made = new HashSet<>();

  Owners(SortedMap<String, String> recorded) {
    this.recorded = recorded;
    this.present = new TreeMap<>(recorded);
  }

  /** How the owner of a port is recorded. */
  static String name(PortChoice choice) {
    return choice.offer().isEmpty() || choice.plugin().equals(choice.name())
        ? choice.name()
        : choice.plugin() + "/" + choice.name();
  }

  /** What is recorded and has no owner here; empty if everything has one. */
  List<Problem> missing(Map<Port, PortChoice> choices, Set<String> plugins, String location) {
    List<Problem> missing = new ArrayList<>();
    for (Map.Entry<String, String> entry : recorded.entrySet()) {
      String owner = owner(entry.getValue());
      if (entry.getKey().equals(JOURNAL)) {
        port(choices, Port.JOURNAL, owner, plugins, location).ifPresent(missing::add);
      } else if (entry.getKey().equals(STORAGE)) {
        if (!owner.equals(Port.STORAGE.fallback())) {
          port(choices, Port.STORAGE, owner, plugins, location).ifPresent(missing::add);
        }
      } else if (!plugins.contains(plugin(owner))) {
        missing.add(absent(entry.getKey(), plugin(owner), location));
      }
    }
    return missing;
  }

  /**
   * Records an owner. The kernel's own storage gives way to any other, and does not take the place
   * of one whose data this opening passes over.
   *
   * @throws WarpException FORMAT_TOO_NEW if its data was written by a newer version of it;
   *     OWNER_MISSING if the data belongs to another plugin
   */
  void record(String family, String owner, int format, String location) {
    made.add(family);
    Optional<String> before = Optional.ofNullable(recorded.get(family));
    String fallback = Port.STORAGE.fallback();
    if (before.isPresent() && !owner(before.get()).equals(owner)) {
      if (owner.equals(fallback)) {
        return;
      }
      if (!owner(before.get()).equals(fallback)) {
        throw new WarpException(
            CoreError.OWNER_MISSING,
            "The "
                + family
                + " in ["
                + location
                + "] belongs to ["
                + owner(before.get())
                + "]; ["
                + owner
                + "] cannot take its place.",
            "Export the data and import it into a new directory.");
      }
    } else if (before.isPresent() && format(before.get()) > format) {
      throw new WarpException(
          CoreError.FORMAT_TOO_NEW,
          "The "
              + family
              + " in ["
              + location
              + "] has format ["
              + format(before.get())
              + "]; this release of ["
              + plugin(owner)
              + "] knows formats up to ["
              + format
              + "].",
          "Take the release of [plugin-" + plugin(owner) + "] that wrote it, or a later one.");
    }
    present.put(family, owner + "@" + format);
  }

  /**
   * Stand-ins for the recorded owners of parts of checkpoints that were not made: their plugins are
   * not there, or do without them as the ports are chosen.
   */
  List<Checkpointable> absent() {
    List<Checkpointable> absent = new ArrayList<>();
    recorded.forEach((family, value) -> {
      if (family.startsWith(CHECKPOINT) && !made.contains(family)) {
        absent.add(new AbsentOwner(family.substring(CHECKPOINT.length()), format(value)));
      }
    });
    return absent;
  }

  /**
   * What is to be recorded before there can be data of it: all but parts of checkpoints that are
   * new. Those wait until their plugins have started, so that a plugin that cannot start may be
   * taken away again.
   */
  SortedMap<String, String> beforeStart() {
    SortedMap<String, String> before = new TreeMap<>(present);
    before
        .keySet()
        .removeIf(family -> family.startsWith(CHECKPOINT) && !recorded.containsKey(family));
    return before;
  }

  /** What is to be recorded from now on. */
  SortedMap<String, String> present() {
    return present;
  }

  private static Optional<Problem> port(
      Map<Port, PortChoice> choices,
      Port port,
      String owner,
      Set<String> plugins,
      String location) {
    PortChoice choice =
        Optional.ofNullable(choices.get(port))
            .orElseGet(() -> new PortChoice(port, Optional.empty()));
    if (owner.equals(name(choice))) {
      return Optional.empty();
    }
    if (!plugins.contains(plugin(owner))) {
      return Optional.of(absent(port.word(), plugin(owner), location));
    }
    String name = owner.substring(owner.indexOf('/') + 1);
    return Optional.of(
        new Problem(
            CoreError.OWNER_MISSING,
            location,
            "The "
                + port.word()
                + " of this data is ["
                + name
                + "], and ["
                + choice.name()
                + "] was chosen.",
            "Set [" + port.key() + "] to [" + name + "]."));
  }

  private static Problem absent(String family, String plugin, String location) {
    return new Problem(
        CoreError.OWNER_MISSING,
        location,
        "The "
            + family
            + " of this data belongs to the plugin ["
            + plugin
            + "], which is not there.",
        "Add the jar [plugin-"
            + plugin
            + "], or set [warp.open.missing-plugins] to [read-only] to see what can be read, or to"
            + " [ignore] to go on without.");
  }

  private static String owner(String value) {
    return value.contains("@") ? value.substring(0, value.lastIndexOf('@')) : value;
  }

  private static String plugin(String owner) {
    return owner.contains("/") ? owner.substring(0, owner.indexOf('/')) : owner;
  }

  private static int format(String value) {
    try {
      return Integer.parseInt(value.substring(value.lastIndexOf('@') + 1));
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }
}
