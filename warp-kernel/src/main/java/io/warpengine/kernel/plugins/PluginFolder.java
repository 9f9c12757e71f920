package io.warpengine.kernel.plugins;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.spi.WarpPlugin;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One plugin folder as its module descriptors describe it, before any class is loaded. The modules
 * of the platform that happen to lie in the folder are left out.
 */
final class PluginFolder {

  private final PluginCandidate candidate;
  private final boolean lone;
  private final Map<String, ModuleReference> modules = new TreeMap<>();
  private final Map<String, Path> jars = new TreeMap<>();
  private Optional<ModuleDescriptor> main = Optional.empty();

  private PluginFolder(PluginCandidate candidate, boolean lone) {
    this.candidate = candidate;
    this.lone = lone;
  }

  /** Reads the descriptors of a folder with these jars; problems go to the candidate. */
  static PluginFolder read(FolderScan.Found found, Host host) {
    Map<String, ModuleReference> modules = new TreeMap<>();
    Map<String, Path> jars = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Path jar : found.jars()) {
      for (ModuleReference reference : modules(jar, problems)) {
        String name = reference.descriptor().name();
        Path other = jars.putIfAbsent(name, jar);
        if (other != null) {
          problems.add(
              new Problem(
                  CoreError.PLUGIN_DUPLICATE,
                  jar.toString(),
                  "The module [" + name + "] is also in [" + other.getFileName() + "].",
                  "Remove one of the two jars."));
        } else if (!host.isPlatform(name)) {
          modules.put(name, reference);
        }
      }
    }
    List<ModuleDescriptor> mains =
        modules.values().stream()
            .map(ModuleReference::descriptor)
            .filter(PluginFolder::providesPlugin)
            .toList();
    if (mains.isEmpty() && problems.isEmpty()) {
      problems.add(
          new Problem(
              CoreError.PLUGIN_UNREADABLE,
              found.path().toString(),
              found.jars().isEmpty()
                  ? "The folder holds no jar."
                  : "No jar here provides [" + WarpPlugin.class.getName() + "].",
              "A plugin's module-info says [provides io.warpengine.spi.WarpPlugin with ...]; what"
                  + " is no plugin does not belong here."));
    } else if (mains.size() > 1) {
      problems.add(
          new Problem(
              CoreError.PLUGIN_DUPLICATE,
              found.path().toString(),
              "The folder holds the plugins ["
                  + mains.get(0).name()
                  + "] and ["
                  + mains.get(1).name()
                  + "].",
              "Give each a folder of its own."));
    }
    String version =
        mains.isEmpty() ? "" : mains.getFirst().version().map(Object::toString).orElse("");
    PluginFolder folder =
        new PluginFolder(
            new PluginCandidate(found.name(), found.path().toString(), version), found.lone());
    problems.forEach(folder.candidate::add);
    folder.modules.putAll(modules);
    folder.jars.putAll(jars);
    folder.main = mains.stream().findFirst();
    folder.main.ifPresent(main -> ApiVersion.check(folder.jar()).ifPresent(folder.candidate::add));
    return folder;
  }

  PluginCandidate candidate() {
    return candidate;
  }

  /** Whether it is a jar without a folder, whose file name is not the plugin's id. */
  boolean lone() {
    return lone;
  }

  /** The descriptor of the module that provides the plugin. */
  Optional<ModuleDescriptor> main() {
    return main;
  }

  /** The name of that module; empty text if there is none. */
  String mainName() {
    return main.map(ModuleDescriptor::name).orElse("");
  }

  /** The jar of that module. */
  Path jar() {
    return jars.getOrDefault(mainName(), Path.of(candidate.source()));
  }

  /** The folder's own modules by name. */
  Map<String, ModuleReference> modules() {
    return modules;
  }

  private static Iterable<ModuleReference> modules(Path jar, List<Problem> problems) {
    try {
      return ModuleFinder.of(jar).findAll();
    } catch (FindException e) {
      String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      problems.add(
          new Problem(
              CoreError.PLUGIN_UNREADABLE,
              jar.toString(),
              "The jar cannot be read (" + reason + ").",
              "Copy the jar again."));
      return List.of();
    }
  }

  private static boolean providesPlugin(ModuleDescriptor descriptor) {
    return descriptor.provides().stream()
        .anyMatch(provides -> provides.service().equals(WarpPlugin.class.getName()));
  }
}
