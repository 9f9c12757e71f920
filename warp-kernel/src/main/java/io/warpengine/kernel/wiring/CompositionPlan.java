package io.warpengine.kernel.wiring;

import io.warpengine.api.ConfigSetting;
import io.warpengine.api.CoreError;
import io.warpengine.api.PluginInfo;
import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpPlan;
import io.warpengine.kernel.config.Configuration;
import io.warpengine.spi.Operation;
import io.warpengine.spi.disk.Disk;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What opening would do, and the way to do it. */
public final class CompositionPlan implements WarpPlan {

  private final Request request;
  private final List<PluginInfo> plugins;
  private final List<Blueprint> blueprints;
  private final Configuration configuration;
  private final Map<Port, PortChoice> choices;
  private final List<Problem> problems;
  private final List<Throwable> causes;

  CompositionPlan(
      Request request,
      List<PluginInfo> plugins,
      List<Blueprint> blueprints,
      Configuration configuration,
      Map<Port, PortChoice> choices,
      List<Problem> problems,
      List<Throwable> causes) {
    this.request = request;
    this.plugins = plugins;
    this.blueprints = blueprints;
    this.configuration = configuration;
    this.choices = choices;
    this.problems = problems;
    this.causes = causes;
  }

  /**
   * Opens the database.
   *
   * @return the open database
   * @throws WarpException all problems of the plan, or what stands against opening the data
   */
  public WarpDatabase open() {
    refuseProblems();
    return new Opening(this).open();
  }

  @Override
  public List<PluginInfo> plugins() {
    return plugins;
  }

  @Override
  public SortedMap<String, String> ports() {
    SortedMap<String, String> ports = new TreeMap<>();
    choices.forEach(
        (port, choice) -> ports.put(port.word(), choice.name() + " (" + choice.plugin() + ")"));
    return ports;
  }

  @Override
  public List<ConfigSetting> settings() {
    return configuration.settings();
  }

  @Override
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public List<Operation> operations() {
    return blueprints.stream()
        .flatMap(blueprint -> blueprint.declarations().commands().values().stream())
        .map(Declarations.Command::operation)
        .sorted(Comparator.comparing(Operation::name))
        .toList();
  }

  @Override
  public Tree callOffline(String name, Map<String, Object> arguments, Consumer<Tree> rows) {
    refuseProblems();
    return new OfflineCall(this).run(name, arguments, rows);
  }

  Request request() {
    return request;
  }

  Configuration configuration() {
    return configuration;
  }

  List<Blueprint> blueprints() {
    return blueprints;
  }

  Map<Port, PortChoice> choices() {
    return choices;
  }

  /** The ids of all plugins that take part. */
  Set<String> pluginIds() {
    return blueprints.stream().map(Blueprint::plugin).collect(Collectors.toSet());
  }

  /**
   * Whether there can be an object of a class in this database: not if it needs a disk and there is
   * none, nor if it needs an implementation of a port that was not chosen.
   */
  boolean isPresent(Blueprint blueprint, Class<?> type) {
    if (request.directory().isEmpty() && blueprint.needs(type, Disk.class)) {
      return false;
    }
    Set<Class<?>> closure = blueprint.closure(type);
    return blueprint.declarations().offers().stream()
        .filter(offer -> closure.contains(offer.implementation()))
        .allMatch(offer -> isChosen(blueprint, offer.implementation()));
  }

  /** Whether a class of a plugin fills a port. */
  boolean isChosen(Blueprint blueprint, Class<?> type) {
    return choices.values().stream()
        .flatMap(choice -> choice.offer().stream())
        .anyMatch(
            offer -> offer.plugin().equals(blueprint.plugin()) && offer.implementation() == type);
  }

  private void refuseProblems() {
    if (problems.isEmpty()) {
      return;
    }
    WarpException refusal = new WarpException(together(problems), problems);
    Optional<Throwable> first = causes.stream().findFirst();
    first.ifPresent(refusal::initCause);
    causes.stream().skip(1).forEach(refusal::addSuppressed);
    throw refusal;
  }

  private static io.warpengine.api.ErrorCode together(List<Problem> problems) {
    if (problems.size() == 1) {
      return problems.getFirst().code();
    }
    return problems.stream().allMatch(problem -> problem.code().id().startsWith("W2"))
        ? CoreError.CONFIG_INVALID
        : CoreError.PLUGINS_INVALID;
  }
}
