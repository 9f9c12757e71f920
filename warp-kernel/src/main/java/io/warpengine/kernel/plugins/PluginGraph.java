package io.warpengine.kernel.plugins;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which plugin folder needs which: the directed graph by {@code requires} and {@code requires
 * static} between the modules that provide plugins. Judges it, and puts the folders into an order
 * in which each comes after those it needs.
 */
final class PluginGraph {

  private final Host host;
  private final Map<String, PluginFolder> byModule = new TreeMap<>();
  private final Map<PluginFolder, Set<PluginFolder>> needs = new HashMap<>();

  PluginGraph(List<PluginFolder> folders, Host host) {
    this.host = host;
    for (PluginFolder folder : folders) {
      if (folder.main().isEmpty()) {
        continue;
      }
      PluginFolder other = byModule.putIfAbsent(folder.mainName(), folder);
      if (other != null) {
        folder
            .candidate()
            .add(
                new Problem(
                    CoreError.PLUGIN_DUPLICATE,
                    folder.candidate().source(),
                    "The plugin module ["
                        + folder.mainName()
                        + "] is also in ["
                        + other.candidate().source()
                        + "].",
                    "Remove one of the two."));
      }
    }
    folders.forEach(folder -> needs.put(folder, edges(folder)));
  }

  /** The folders that a folder needs directly. */
  Set<PluginFolder> needs(PluginFolder folder) {
    return needs.getOrDefault(folder, Set.of());
  }

  /** The folders without cycles, each after those it needs; cycles are noted as problems. */
  List<PluginFolder> order(List<PluginFolder> folders) {
    Set<PluginFolder> ordered = new LinkedHashSet<>();
    Set<PluginFolder> broken = new LinkedHashSet<>();
    for (PluginFolder folder : folders) {
      visit(folder, new ArrayList<>(), ordered, broken);
    }
    return ordered.stream().filter(folder -> !broken.contains(folder)).toList();
  }

  private void visit(
      PluginFolder folder,
      List<PluginFolder> path,
      Set<PluginFolder> ordered,
      Set<PluginFolder> broken) {
    if (ordered.contains(folder)) {
      return;
    }
    int start = path.indexOf(folder);
    if (start >= 0) {
      noteCycle(path.subList(start, path.size()), broken);
      return;
    }
    path.add(folder);
    needs(folder).forEach(needed -> visit(needed, path, ordered, broken));
    path.removeLast();
    ordered.add(folder);
  }

  private static void noteCycle(List<PluginFolder> circle, Set<PluginFolder> broken) {
    List<String> ids = new ArrayList<>(circle.stream().map(f -> f.candidate().id()).toList());
    ids.add(ids.getFirst());
    for (PluginFolder folder : circle) {
      if (broken.add(folder)) {
        folder
            .candidate()
            .add(
                new Problem(
                    CoreError.PLUGIN_CYCLE,
                    folder.candidate().source(),
                    "The plugins require each other in a circle: ["
                        + String.join(" -> ", ids)
                        + "].",
                    "Remove one of them, or take releases that were made for each other."));
      }
    }
  }

  private Set<PluginFolder> edges(PluginFolder folder) {
    Set<PluginFolder> edges = new LinkedHashSet<>();
    Set<String> missing = new TreeSet<>();
    for (ModuleReference module : folder.modules().values()) {
      for (Requires requires : new TreeSet<>(module.descriptor().requires())) {
        String name = requires.name();
        if (folder.modules().containsKey(name)) {
          continue;
        }
        Optional<PluginFolder> other = Optional.ofNullable(byModule.get(name));
        other.ifPresent(edges::add);
        if (other.isEmpty()
            && !requires.modifiers().contains(Requires.Modifier.STATIC)
            && !host.has(name)
            && missing.add(name)) {
          folder.candidate().add(missing(folder, module.descriptor(), requires));
        }
      }
    }
    return edges;
  }

  private static Problem missing(PluginFolder folder, ModuleDescriptor module, Requires requires) {
    String name = requires.name();
    String version = requires.compiledVersion().map(v -> "-" + v).orElse("");
    String help;
    if (name.startsWith("java.") || name.startsWith("jdk.")) {
      help = "Start Java with [--add-modules " + name + "].";
    } else if (name.startsWith("io.warpengine.")) {
      String id = name.substring("io.warpengine.".length());
      help = "Put [plugin-" + id + version + ".jar] into the folder [" + id + "].";
    } else {
      help = "Put the jar of that module into [" + folder.candidate().source() + "].";
    }
    return new Problem(
        CoreError.PLUGIN_MISSING,
        folder.candidate().source(),
        "The module ["
            + module.name()
            + "] requires the module ["
            + name
            + "], which is not there.",
        help);
  }
}
