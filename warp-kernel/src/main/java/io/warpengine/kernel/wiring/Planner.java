package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.PluginInfo;
import io.warpengine.api.Problem;
import io.warpengine.kernel.config.ConfigSchema;
import io.warpengine.kernel.config.Configuration;
import io.warpengine.kernel.engine.EngineConfig;
import io.warpengine.kernel.plugins.PluginCandidate;
import io.warpengine.kernel.plugins.PluginSearch;
import io.warpengine.spi.WarpPlugin;
import io.warpengine.spi.disk.Disk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes plans: finds plugins, lets them declare, reads the configuration and chooses ports. */
public final class Planner {

  private static final List<Class<? extends Record>> KERNEL_CONFIG =
      List.of(
          EngineConfig.class,
          EngineConfig.Async.class,
          EngineConfig.Open.class,
          EngineConfig.Snapshot.class,
          EngineConfig.Access.class);

  private final Request request;
  private final List<PluginCandidate> candidates;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Declarations> declarations = new LinkedHashMap<>();
  private final Map<String, String> summaries = new TreeMap<>();

  private Planner(Request request, PluginSearch search) {
    this.request = request;
    candidates = search.candidates();
    problems.addAll(search.problems());
  }

  /**
   * Works out what opening would do; problems are in the plan.
   *
   * @param request what is asked for
   * @return the plan
   */
  public static CompositionPlan plan(Request request) {
    return plan(request, PluginSearch.run(request.pluginDirectory(), request.selection()));
  }

  /** The same with plugins that were found before. */
  static CompositionPlan plan(Request request, PluginSearch search) {
    return new Planner(request, search).run();
  }

  private CompositionPlan run() {
    candidates.forEach(this::configure);
    Configuration configuration = configuration();
    List<Blueprint> blueprints = new ArrayList<>();
    for (PluginCandidate candidate : candidates) {
      Declarations declared = declarations.get(candidate.id());
      if (declared != null && candidate.problems().isEmpty()) {
        blueprints.add(Blueprint.of(declared, candidate.source(), candidate::add));
      }
    }
    noteSharedExtensions(blueprints);
    Map<Port, PortChoice> choices = choices(blueprints, configuration);
    problems.addAll(configuration.problems());
    List<Problem> all = new ArrayList<>(problems);
    candidates.forEach(candidate -> all.addAll(candidate.problems()));
    return new CompositionPlan(
        request,
        candidates.stream().map(this::info).toList(),
        blueprints,
        configuration,
        choices,
        List.copyOf(all),
        candidates.stream().flatMap(candidate -> candidate.causes().stream()).toList());
  }

  private void configure(PluginCandidate candidate) {
    if (candidate.plugin().isEmpty() || declarations.containsKey(candidate.id())) {
      return;
    }
    WarpPlugin plugin = candidate.plugin().get();
    Declarations declared = new Declarations(candidate.id());
    declarations.put(candidate.id(), declared);
    try {
      summaries.put(candidate.id(), plugin.summary());
      plugin.configure(declared);
    } catch (Throwable e) {
      candidate.add(
          new Problem(
              CoreError.PLUGIN_CONFIGURE_FAILED,
              candidate.source(),
              "The plugin [" + candidate.id() + "] failed in configure: " + e + ".",
              "This is a defect of the plugin: remove it, or report it to its author."),
          e);
    } finally {
      declared.close();
    }
  }

  private Configuration configuration() {
    List<ConfigSchema> schemas = new ArrayList<>();
    for (Class<? extends Record> type : KERNEL_CONFIG) {
      ConfigSchema.of(type, ConfigSchema.KERNEL, problems::add).ifPresent(schemas::add);
    }
    Set<String> unknowable = new HashSet<>();
    for (PluginCandidate candidate : candidates) {
      Declarations declared = declarations.get(candidate.id());
      if (declared != null) {
        declared
            .configs()
            .forEach(type ->
                ConfigSchema.of(type, candidate.id(), candidate::add).ifPresent(schemas::add));
      }
      if (!candidate.problems().isEmpty()) {
        unknowable.add("warp." + candidate.id());
      }
    }
    return Configuration.resolve(schemas, request.sources(), unknowable);
  }

  private Map<Port, PortChoice> choices(List<Blueprint> blueprints, Configuration configuration) {
    Map<Port, PortChoice> choices = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      List<Declarations.Offer> offers = new ArrayList<>();
      for (Blueprint blueprint : blueprints) {
        blueprint.declarations().offers().stream()
            .filter(offer -> offer.port() == port && isPossible(blueprint, offer))
            .forEach(offers::add);
      }
      String key = configuration.setting(port.key()).value();
      String where = configuration.setting(port.key()).source();
      choices.put(port, PortChoice.choose(port, offers, key, where, problems::add));
    }
    return choices;
  }

  private boolean isPossible(Blueprint blueprint, Declarations.Offer offer) {
    return request.directory().isPresent()
        || (offer.port() != Port.JOURNAL && !blueprint.needs(offer.implementation(), Disk.class));
  }

  private void noteSharedExtensions(List<Blueprint> blueprints) {
    Map<Class<?>, String> owners = new LinkedHashMap<>();
    for (Blueprint blueprint : blueprints) {
      for (Class<?> api : blueprint.declarations().extensions().keySet()) {
        String other = owners.putIfAbsent(api, blueprint.plugin());
        if (other != null) {
          problems.add(
              new Problem(
                  CoreError.PLUGIN_DUPLICATE,
                  "",
                  "The plugins ["
                      + other
                      + "] and ["
                      + blueprint.plugin()
                      + "] both provide ["
                      + api.getName()
                      + "].",
                  "Remove one of them."));
        }
      }
    }
  }

  private PluginInfo info(PluginCandidate candidate) {
    Declarations declared = declarations.get(candidate.id());
    return new PluginInfo(
        candidate.id(),
        candidate.version(),
        summaries.getOrDefault(candidate.id(), ""),
        candidate.source(),
        declared == null
            ? List.of()
            : declared.summary().stream().sorted().collect(Collectors.toUnmodifiableList()),
        candidate.problems());
  }
}
