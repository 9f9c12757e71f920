package io.warpengine.kernel.plugins;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.kernel.config.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All plugins that are present, in the order in which they start, with everything that stands
 * against any of them.
 *
 * @param candidates each after those it needs
 * @param problems what stands against no single plugin
 */
public record PluginSearch(List<PluginCandidate> candidates, List<Problem> problems) {

  /**
   * Searches.
   *
   * @param directory the plugin directory, if there is one
   * @param selection ids of the plugins wanted; empty means all
   * @return what was found
   */
  public static PluginSearch run(Optional<Path> directory, Optional<Set<String>> selection) {
    List<Problem> problems = new ArrayList<>();
    Host host = new Host();
    List<PluginCandidate> all = new ArrayList<>(EmbeddedPlugins.find(host, problems::add));
    directory.ifPresent(path -> all.addAll(folders(path, host, problems)));
    List<PluginCandidate> chosen =
        all.stream()
            .filter(candidate -> selection.isEmpty() || selection.get().contains(candidate.id()))
            .toList();
    noteDuplicates(chosen);
    selection.ifPresent(wanted -> noteMissing(wanted, all, problems));
    return new PluginSearch(chosen, List.copyOf(problems));
  }

  private static List<PluginCandidate> folders(Path path, Host host, List<Problem> problems) {
    if (host.layer().isEmpty()) {
      problems.add(
          new Problem(
              CoreError.PLUGIN_UNREADABLE,
              path.toString(),
              "A plugin directory needs module layers, and the kernel is on the class path.",
              "Put the engine's jars on the module path, or the plugins on the class path."));
      return List.of();
    }
    List<PluginFolder> folders =
        FolderScan.scan(path, problems::add).stream()
            .map(found -> PluginFolder.read(found, host))
            .toList();
    PluginGraph graph = new PluginGraph(folders, host);
    List<PluginFolder> order = graph.order(folders);
    LayerLoader loader = new LayerLoader(host, host.layer().get(), graph);
    order.forEach(loader::load);
    Set<PluginCandidate> candidates = new LinkedHashSet<>();
    order.forEach(folder -> candidates.add(folder.candidate()));
    folders.stream()
        .map(PluginFolder::candidate)
        .sorted(Comparator.comparing(PluginCandidate::id))
        .forEach(candidates::add);
    return List.copyOf(candidates);
  }

  private static void noteDuplicates(List<PluginCandidate> candidates) {
    Map<String, PluginCandidate> byId = new TreeMap<>();
    for (PluginCandidate candidate : candidates) {
      PluginCandidate other = byId.putIfAbsent(candidate.id(), candidate);
      if (other != null && candidate.plugin().isPresent() && other.plugin().isPresent()) {
        candidate.add(
            new Problem(
                CoreError.PLUGIN_DUPLICATE,
                candidate.source(),
                "The plugin ["
                    + candidate.id()
                    + "] is there twice, also from ["
                    + other.source()
                    + "].",
                "Remove one of the two."));
      }
    }
  }

  private static void noteMissing(
      Set<String> wanted, List<PluginCandidate> all, List<Problem> problems) {
    List<String> present = all.stream().map(PluginCandidate::id).sorted().toList();
    for (String id : wanted) {
      if (!present.contains(id)) {
        problems.add(
            new Problem(
                CoreError.PLUGIN_MISSING,
                "",
                "The plugin [" + id + "] was selected and is not there.",
                Suggestion.question(id, present, "Add the jar [plugin-" + id + "].")));
      }
    }
  }
}
