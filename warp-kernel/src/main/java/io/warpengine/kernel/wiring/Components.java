package io.warpengine.kernel.wiring;

import io.warpengine.kernel.config.Configuration;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.Startable;
import io.warpengine.spi.access.MutationFollower;
import io.warpengine.spi.control.ControlPlane;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The objects of all plugins of one database, in the order in which they were made: plugins in the
 * order of the plan, and within a plugin each object after those it asked for.
 *
 * <p>They are closed in reverse order within ranks: last, what the journal needs to end well,
 * namely all that takes part in checkpoints and all that the journal asked for, and of that first
 * what asked for the journal; before that the journal; first, everything else.
 */
final class Components {

  /** The rank of what may still be used while the journal ends. */
  static final int BELOW_JOURNAL = 0;

  /** The rank of what asked for the journal, among that. */
  static final int BESIDE_JOURNAL = 1;

  /** The rank of the journal. */
  static final int JOURNAL = 2;

  /** The rank of everything else of the plugins. */
  static final int ABOVE_JOURNAL = 3;

  /** The rank of the control plane, which calls the plugins. */
  static final int CONTROL = 4;

  /** Its methods are written out because those of a record are generated at every start. */
  private static final class Key {

    private final String plugin;
    private final Class<?> type;

    private Key(String plugin, Class<?> type) {
      this.plugin = plugin;
      this.type = type;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && plugin.equals(key.plugin) && type == key.type;
    }

    @Override
    public int hashCode() {
      return 31 * plugin.hashCode() + type.hashCode();
    }
  }

  private final CompositionPlan plan;
  private final Lifecycle lifecycle;
  private final List<Wiring.Part> parts = new ArrayList<>();
  private final Map<Key, Object> made = new LinkedHashMap<>();

  Components(CompositionPlan plan, Lifecycle lifecycle) {
    this.plan = plan;
    this.lifecycle = lifecycle;
    for (Blueprint blueprint : plan.blueprints()) {
      List<Class<?>> classes =
          blueprint.order(type ->
              plan.isPresent(blueprint, type)
                  && (blueprint.declarations().isAlwaysMade(type)
                      || plan.isChosen(blueprint, type)));
      parts.add(new Wiring.Part(blueprint, classes));
    }
  }

  /** Whether anybody here looks at sampled accesses or at what is derived from them. */
  boolean watchAccesses() {
    return parts.stream()
        .anyMatch(part ->
            part.classes().stream()
                .anyMatch(type ->
                    part.blueprint().declarations().observers().contains(type)
                        || part.blueprint().needs(type, ControlPlane.class)));
  }

  /** Makes everything. What is made is closed by the lifecycle. */
  void make(KernelObjects kernel, Configuration configuration) {
    Wiring wiring = Wiring.of(kernel, configuration.records(), parts);
    for (Wiring.Part part : parts) {
      String plugin = part.blueprint().plugin();
      for (Class<?> type : part.classes()) {
        Object object = lifecycle.make(plugin, type, () -> wiring.make(plugin, type));
        made.put(new Key(plugin, type), object);
        if (object instanceof AutoCloseable closeable) {
          lifecycle.opened(rank(part.blueprint(), type), plugin, closeable);
        }
      }
    }
  }

  /** Starts what wants to be started, in the order of making. */
  void start() {
    made.forEach((key, object) -> {
      if (object instanceof Startable startable) {
        lifecycle.start(key.plugin, startable);
      }
    });
  }

  /** The object that fills a port; empty for the kernel's own. */
  <T> Optional<T> port(Port port, Class<T> type) {
    return choice(port)
        .offer()
        .flatMap(offer -> find(offer.plugin(), offer.implementation()))
        .map(type::cast);
  }

  /** Whether there is a journal other than none. */
  boolean hasJournal() {
    return choice(Port.JOURNAL).offer().isPresent();
  }

  PortChoice choice(Port port) {
    return Optional.ofNullable(plan.choices().get(port))
        .orElseGet(() -> new PortChoice(port, Optional.empty()));
  }

  /** The objects of one kind of all plugins, with their plugins. */
  <T> List<Owned<T>> all(
      Function<Declarations, ? extends Collection<? extends Class<? extends T>>> kind) {
    List<Owned<T>> all = new ArrayList<>();
    for (Wiring.Part part : parts) {
      for (Class<? extends T> type : kind.apply(part.blueprint().declarations())) {
        find(part.blueprint().plugin(), type)
            .ifPresent(
                object -> all.add(new Owned<>(part.blueprint().plugin(), type.cast(object))));
      }
    }
    return all;
  }

  /** An object and whose it is. */
  record Owned<T>(String plugin, T object) {}

  /** The followers with names for logs. */
  void eachFollower(BiConsumer<String, MutationFollower> action) {
    for (Owned<MutationFollower> follower : this.<MutationFollower>all(Declarations::followers)) {
      action.accept(
          follower.plugin() + "-" + follower.object().getClass().getSimpleName(),
          follower.object());
    }
  }

  /** Hands extensions and operations to the users of the database. */
  void fill(Services services) {
    for (Wiring.Part part : parts) {
      String plugin = part.blueprint().plugin();
      Declarations declarations = part.blueprint().declarations();
      declarations
          .extensions()
          .forEach((api, type) ->
              find(plugin, type).ifPresent(object -> services.extension(api, object)));
      for (Declarations.Command command : declarations.commands().values()) {
        if (command.operation().mode() == Operation.Mode.ONLINE) {
          find(plugin, command.handler())
              .ifPresent(
                  handler -> services.operation(command.operation(), (OperationHandler) handler));
        }
      }
    }
  }

  private Optional<Object> find(String plugin, Class<?> type) {
    return Optional.ofNullable(made.get(new Key(plugin, type)));
  }

  private boolean isJournal(Blueprint blueprint, Class<?> type) {
    return choice(Port.JOURNAL)
        .offer()
        .filter(
            offer -> offer.plugin().equals(blueprint.plugin()) && offer.implementation() == type)
        .isPresent();
  }

  private int rank(Blueprint blueprint, Class<?> type) {
    if (isJournal(blueprint, type)) {
      return JOURNAL;
    }
    Set<Class<?>> needed = new HashSet<>();
    for (Class<?> root : blueprint.classes()) {
      if (plan.isChosen(blueprint, root)
          || blueprint.declarations().checkpointables().contains(root)) {
        needed.addAll(blueprint.closure(root));
      }
    }
    if (!needed.contains(type)) {
      return ABOVE_JOURNAL;
    }
    return blueprint.closure(type).stream().anyMatch(other -> isJournal(blueprint, other))
        ? BESIDE_JOURNAL
        : BELOW_JOURNAL;
  }
}
