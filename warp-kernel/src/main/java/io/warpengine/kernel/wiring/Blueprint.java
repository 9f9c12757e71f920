package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.api.WarpDatabase;
import io.warpengine.spi.Operation;
import io.warpengine.spi.control.ControlPlane;
import io.warpengine.spi.control.Metrics;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The declared classes of one plugin and which needs which, worked out before any object is made,
 * so that every missing piece is named at once and in the words of the plugin's author.
 */
final class Blueprint {

  private static final Set<Class<?>> OFFLINE =
      Set.of(WarpClock.class, Metrics.class, Disk.class, Manifest.class);
  private static final Set<Class<?>> ONLINE =
      Set.of(ControlPlane.class, WarpClock.class, Metrics.class, Disk.class, Manifest.class);

  private final Declarations declarations;
  private final String source;
  private final Map<Class<?>, Component> components = new LinkedHashMap<>();

  private Blueprint(Declarations declarations, String source) {
    this.declarations = declarations;
    this.source = source;
  }

  /** Reads all declared classes and checks that each can be made. */
  static Blueprint of(Declarations declarations, String source, Consumer<Problem> problems) {
    Blueprint blueprint = new Blueprint(declarations, source);
    for (Class<?> type : declarations.classes()) {
      blueprint.components.put(
          type,
          Component.read(
              type,
              defect ->
                  problems.accept(
                      blueprint.problem(
                          "The class [" + type.getName() + "] " + defect + ".",
                          "This is a defect of the plugin: report it to its author."))));
    }
    for (Component component : blueprint.components.values()) {
      blueprint.checkWants(component, problems);
      blueprint.checkCircle(component, problems);
    }
    return blueprint;
  }

  Declarations declarations() {
    return declarations;
  }

  String plugin() {
    return declarations.plugin();
  }

  Set<Class<?>> classes() {
    return components.keySet();
  }

  /** Whether a class, or what it needs, needs a thing of the kernel. */
  boolean needs(Class<?> type, Class<?> thing) {
    return closure(type).stream()
        .flatMap(needed -> wants(needed).stream())
        .anyMatch(want -> want.type().equals(Optional.of(thing)));
  }

  /** A class and everything of the plugin that it needs, directly or through others. */
  Set<Class<?>> closure(Class<?> type) {
    Set<Class<?>> closure = new LinkedHashSet<>();
    collect(type, closure);
    return closure;
  }

  /** The classes that satisfy a condition and all that they need, each after what it needs. */
  List<Class<?>> order(Predicate<Class<?>> condition) {
    Set<Class<?>> ordered = new LinkedHashSet<>();
    for (Class<?> type : components.keySet()) {
      if (condition.test(type)) {
        collect(type, ordered);
      }
    }
    return List.copyOf(ordered);
  }

  private void collect(Class<?> type, Set<Class<?>> ordered) {
    if (ordered.contains(type)) {
      return;
    }
    for (Component.Want want : wants(type)) {
      declared(want).filter(needed -> !want.later()).ifPresent(needed -> collect(needed, ordered));
    }
    ordered.add(type);
    for (Component.Want want : wants(type)) {
      declared(want).filter(needed -> want.later()).ifPresent(needed -> collect(needed, ordered));
    }
  }

  private List<Component.Want> wants(Class<?> type) {
    Component component = components.get(type);
    return component == null ? List.of() : component.wants();
  }

  private Optional<Class<?>> declared(Component.Want want) {
    return want.type()
        .<Class<?>>map(type -> declarations.extensions().getOrDefault(type, type))
        .filter(components::containsKey);
  }

  private void checkWants(Component component, Consumer<Problem> problems) {
    boolean online = !isOfflineOnly(component.type());
    for (Component.Want want : component.wants()) {
      boolean given =
          declared(want).isPresent()
              || want.type().filter(declarations.configs()::contains).isPresent()
              || want.type().filter((online ? ONLINE : OFFLINE)::contains).isPresent()
              || (online && want.later() && want.type().equals(Optional.of(WarpDatabase.class)));
      if (!given) {
        problems.accept(
            problem(
                "The constructor of ["
                    + component.type().getName()
                    + "] of the plugin ["
                    + plugin()
                    + "] asks for ["
                    + want.words()
                    + "], which nobody provides.",
                help(want, online)));
      }
    }
  }

  private String help(Component.Want want, boolean online) {
    if (want.type().equals(Optional.of(WarpDatabase.class))) {
      return online
          ? "Ask for [Provider<WarpDatabase>]: the database is there only after the start."
          : "An offline operation runs without a database.";
    }
    return "Declare it in the plugin's configure, or ask for what the kernel gives: ["
        + (online
            ? "ControlPlane, Disk, Manifest, Metrics, Provider<WarpDatabase>, WarpClock"
            : "Disk, Manifest, Metrics, WarpClock")
        + "].";
  }

  private boolean isOfflineOnly(Class<?> type) {
    return !declarations.isAlwaysMade(type)
        && declarations.commands().values().stream()
            .anyMatch(command ->
                command.handler() == type && command.operation().mode() == Operation.Mode.OFFLINE);
  }

  private void checkCircle(Component component, Consumer<Problem> problems) {
    List<Class<?>> path = new ArrayList<>();
    if (leadsTo(component.type(), component.type(), path, new LinkedHashSet<>())
        && path.stream().noneMatch(type -> isBefore(type, component.type()))) {
      List<String> names = new ArrayList<>(path.stream().map(Class::getName).toList());
      names.add(names.getFirst());
      problems.accept(
          problem(
              "Constructors of the plugin ["
                  + plugin()
                  + "] ask for each other in a circle: ["
                  + String.join(" -> ", names)
                  + "].",
              "Let one of them ask for a [Provider]."));
    }
  }

  private boolean leadsTo(Class<?> from, Class<?> target, List<Class<?>> path, Set<Class<?>> seen) {
    path.add(from);
    for (Component.Want want : wants(from)) {
      Optional<Class<?>> next = declared(want).filter(type -> !want.later());
      if (next.isPresent()
          && (next.get() == target
              || (seen.add(next.get()) && leadsTo(next.get(), target, path, seen)))) {
        return true;
      }
    }
    path.removeLast();
    return false;
  }

  private boolean isBefore(Class<?> type, Class<?> other) {
    List<Class<?>> order = List.copyOf(components.keySet());
    return order.indexOf(type) < order.indexOf(other);
  }

  private Problem problem(String what, String help) {
    return new Problem(CoreError.WIRING_FAILED, source, what, help);
  }
}
