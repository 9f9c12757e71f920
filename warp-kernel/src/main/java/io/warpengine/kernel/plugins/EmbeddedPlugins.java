package io.warpengine.kernel.plugins;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.spi.WarpPlugin;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the plugins on the program's own module path and class path: those that the thread's
 * context loader sees, and those that the kernel's own loader sees.
 */
final class EmbeddedPlugins {

  private final Map<String, PluginCandidate> byModule = new HashMap<>();
  private final Map<PluginCandidate, Set<String>> requires = new HashMap<>();

  private EmbeddedPlugins() {}

  /** All of them, each after those whose modules it requires. */
  static List<PluginCandidate> find(Host host, Consumer<Problem> problems) {
    return new EmbeddedPlugins().search(host, problems);
  }

  private List<PluginCandidate> search(Host host, Consumer<Problem> problems) {
    Map<Class<?>, ServiceLoader.Provider<WarpPlugin>> found = new LinkedHashMap<>();
    try {
      Stream.concat(
              ServiceLoader.load(WarpPlugin.class).stream(),
              ServiceLoader.load(WarpPlugin.class, host.loader()).stream())
          .forEach(provider -> found.putIfAbsent(provider.type(), provider));
    } catch (ServiceConfigurationError e) {
      problems.accept(
          new Problem(
              CoreError.PLUGIN_UNREADABLE,
              "",
              "A plugin on the class path or module path cannot be found: " + e.getMessage() + ".",
              "The jar that names it is damaged: copy it again."));
    }
    List<PluginCandidate> candidates = new ArrayList<>();
    found.forEach((type, provider) -> candidates.add(candidate(type, provider)));
    candidates.sort((a, b) -> a.id().compareTo(b.id()));
    Set<PluginCandidate> ordered = new LinkedHashSet<>();
    candidates.forEach(candidate -> visit(candidate, ordered, new LinkedHashSet<>()));
    return List.copyOf(ordered);
  }

  private PluginCandidate candidate(Class<?> type, ServiceLoader.Provider<WarpPlugin> provider) {
    Optional<Path> location = location(type);
    Optional<ModuleDescriptor> descriptor =
        Optional.ofNullable(type.getModule().getDescriptor()).or(() -> descriptor(location));
    PluginCandidate candidate =
        new PluginCandidate(
            type.getName(),
            type.getModule().isNamed() ? "module path" : "class path",
            descriptor
                .flatMap(ModuleDescriptor::version)
                .map(Object::toString)
                .orElseGet(() ->
                    Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("")));
    location
        .filter(path -> !Files.isDirectory(path))
        .flatMap(ApiVersion::check)
        .ifPresent(candidate::add);
    if (candidate.isSound()) {
      Instances.create(provider, candidate, false);
    }
    descriptor.ifPresent(module -> {
      byModule.put(module.name(), candidate);
      requires.put(
          candidate,
          new LinkedHashSet<>(module.requires().stream().map(Requires::name).sorted().toList()));
    });
    return candidate;
  }

  private void visit(
      PluginCandidate candidate, Set<PluginCandidate> ordered, Set<PluginCandidate> path) {
    if (ordered.contains(candidate) || !path.add(candidate)) {
      return;
    }
    for (String module : requires.getOrDefault(candidate, Set.of())) {
      Optional.ofNullable(byModule.get(module)).ifPresent(needed -> visit(needed, ordered, path));
    }
    ordered.add(candidate);
  }

  private static Optional<Path> location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return source == null || source.getLocation() == null
          ? Optional.empty()
          : Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<ModuleDescriptor> descriptor(Optional<Path> location) {
    try {
      return location.stream()
          .flatMap(path -> ModuleFinder.of(path).findAll().stream())
          .map(ModuleReference::descriptor)
          .findFirst();
    } catch (FindException e) {
      return Optional.empty();
    }
  }
}
