package io.warpengine.kernel.plugins;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.spi.WarpPlugin;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives each plugin folder a module layer of its own whose parents are the layers of the folders it
 * needs and the engine's. A folder's modules are looked for in the folder first, so that a plugin's
 * own libraries win.
 */
final class LayerLoader {

  private final Host host;
  private final ModuleLayer hostLayer;
  private final PluginGraph graph;
  private final Map<PluginFolder, ModuleLayer> layers = new HashMap<>();

  LayerLoader(Host host, ModuleLayer hostLayer, PluginGraph graph) {
    this.host = host;
    this.hostLayer = hostLayer;
    this.graph = graph;
  }

  /** Loads a folder whose needs are loaded; problems go to its candidate. */
  void load(PluginFolder folder) {
    if (!folder.candidate().isSound() || !layers.keySet().containsAll(graph.needs(folder))) {
      return;
    }
    try {
      ModuleLayer layer = layer(folder);
      layers.put(folder, layer);
      provider(layer)
          .ifPresentOrElse(
              provider -> Instances.create(provider, folder.candidate(), !folder.lone()),
              () ->
                  folder
                      .candidate()
                      .add(unusable(folder, "its provider belongs to another plugin")));
    } catch (FindException
        | ResolutionException
        | IllegalStateException
        | LayerInstantiationException
        | ServiceConfigurationError e) {
      folder.candidate().add(unusable(folder, String.valueOf(e.getMessage())));
    }
  }

  @SuppressWarnings("restricted")
  private ModuleLayer layer(PluginFolder folder) {
    List<ModuleLayer> parents = new ArrayList<>();
    graph.needs(folder).forEach(needed -> parents.add(layers.get(needed)));
    parents.add(hostLayer);
    Configuration configuration =
        Configuration.resolve(
            new Own(folder.modules()),
            parents.stream().map(ModuleLayer::configuration).toList(),
            ModuleFinder.of(),
            folder.modules().keySet());
    ModuleLayer.Controller controller =
        ModuleLayer.defineModulesWithOneLoader(configuration, parents, host.loader());
    if (host.isNativeAccessEnabled()) {
      controller.layer().modules().forEach(controller::enableNativeAccess);
    }
    return controller.layer();
  }

  private static Optional<ServiceLoader.Provider<WarpPlugin>> provider(ModuleLayer layer) {
    return ServiceLoader.load(layer, WarpPlugin.class).stream()
        .filter(provider -> provider.type().getModule().getLayer() == layer)
        .findFirst();
  }

  private static Problem unusable(PluginFolder folder, String reason) {
    return new Problem(
        CoreError.PLUGIN_UNREADABLE,
        folder.candidate().source(),
        "The plugin's modules do not fit together: " + reason + ".",
        "Ask the plugin's author which jars belong into the folder.");
  }

  /** Finds a folder's own modules. */
  private record Own(Map<String, ModuleReference> modules) implements ModuleFinder {
    @Override
    public Optional<ModuleReference> find(String name) {
      return Optional.ofNullable(modules.get(name));
    }

    @Override
    public Set<ModuleReference> findAll() {
      return modules.values().stream().collect(Collectors.toUnmodifiableSet());
    }
  }
}
