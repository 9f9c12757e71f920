package io.warpengine.kernel.wiring;

import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.access.AccessObserver;
import io.warpengine.spi.access.MutationFollower;
import io.warpengine.spi.access.WriteInterceptor;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.CacheTier;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.PlacementPolicy;
import io.warpengine.spi.store.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one plugin declared, in the order in which it did. */
final class Declarations implements PluginBinder {

  /** A candidate for a port. */
  record Offer(Port port, String name, Class<?> implementation, String plugin) {}

  /** A command and who runs it. */
  record Command(Operation operation, Class<? extends OperationHandler> handler) {}

  private final String plugin;
  private boolean closed;
  private final Set<Class<? extends Record>> configs = new LinkedHashSet<>();
  private final Set<Class<?>> classes = new LinkedHashSet<>();
  private final Set<Class<?>> components = new LinkedHashSet<>();
  private final Map<Class<?>, Class<?>> extensions = new LinkedHashMap<>();
  private final List<Offer> offers = new ArrayList<>();
  private final Set<Class<? extends Checkpointable>> checkpointables = new LinkedHashSet<>();
  private final Set<Class<? extends AccessObserver>> observers = new LinkedHashSet<>();
  private final Set<Class<? extends MutationFollower>> followers = new LinkedHashSet<>();
  private final Set<Class<? extends WriteInterceptor>> interceptors = new LinkedHashSet<>();
  private final Map<String, Command> commands = new LinkedHashMap<>();

  Declarations(String plugin) {
    this.plugin = plugin;
  }

  /** Refuses every later declaration. */
  void close() {
    closed = true;
  }

  String plugin() {
    return plugin;
  }

  Set<Class<? extends Record>> configs() {
    return configs;
  }

  /** All declared classes but the config records. */
  Set<Class<?>> classes() {
    return classes;
  }

  Map<Class<?>, Class<?>> extensions() {
    return extensions;
  }

  List<Offer> offers() {
    return offers;
  }

  Set<Class<? extends Checkpointable>> checkpointables() {
    return checkpointables;
  }

  Set<Class<? extends AccessObserver>> observers() {
    return observers;
  }

  Set<Class<? extends MutationFollower>> followers() {
    return followers;
  }

  Set<Class<? extends WriteInterceptor>> interceptors() {
    return interceptors;
  }

  Map<String, Command> commands() {
    return commands;
  }

  /** Whether an open database always needs a class, whichever ports are chosen. */
  boolean isAlwaysMade(Class<?> type) {
    return components.contains(type)
        || extensions.containsValue(type)
        || checkpointables.contains(type)
        || observers.contains(type)
        || followers.contains(type)
        || interceptors.contains(type)
        || commands.values().stream()
            .anyMatch(command ->
                command.handler() == type && command.operation().mode() == Operation.Mode.ONLINE);
  }

  /** What it declares, in the form of {@link io.warpengine.api.PluginInfo#provides()}. */
  List<String> summary() {
    List<String> summary = new ArrayList<>();
    offers.forEach(offer -> summary.add(offer.port().word() + ":" + offer.name()));
    extensions.keySet().forEach(api -> summary.add("extension:" + api.getName()));
    checkpointables.forEach(type -> summary.add("checkpointable:" + type.getSimpleName()));
    observers.forEach(type -> summary.add("observer:" + type.getSimpleName()));
    followers.forEach(type -> summary.add("follower:" + type.getSimpleName()));
    interceptors.forEach(type -> summary.add("interceptor:" + type.getSimpleName()));
    commands.keySet().forEach(name -> summary.add("operation:" + name));
    return summary;
  }

  @Override
  public void config(Class<? extends Record> type) {
    check();
    configs.add(type);
  }

  @Override
  public void component(Class<?> type) {
    declare(type);
    components.add(type);
  }

  @Override
  public <T> void extension(Class<T> api, Class<? extends T> implementation) {
    declare(implementation);
    if (extensions.putIfAbsent(api, implementation) != null) {
      throw new IllegalArgumentException("declares the extension [" + api.getName() + "] twice");
    }
  }

  @Override
  public void storage(String name, Class<? extends Storage> implementation) {
    offer(Port.STORAGE, name, implementation);
  }

  @Override
  public void placement(String name, Class<? extends PlacementPolicy> implementation) {
    offer(Port.PLACEMENT, name, implementation);
  }

  @Override
  public void cache(String name, Class<? extends CacheTier> implementation) {
    offer(Port.CACHE, name, implementation);
  }

  @Override
  public void journal(String name, Class<? extends Journal> implementation) {
    offer(Port.JOURNAL, name, implementation);
  }

  @Override
  public void checkpointable(Class<? extends Checkpointable> implementation) {
    declare(implementation);
    checkpointables.add(implementation);
  }

  @Override
  public void observer(Class<? extends AccessObserver> implementation) {
    declare(implementation);
    observers.add(implementation);
  }

  @Override
  public void follower(Class<? extends MutationFollower> implementation) {
    declare(implementation);
    followers.add(implementation);
  }

  @Override
  public void interceptor(Class<? extends WriteInterceptor> implementation) {
    declare(implementation);
    interceptors.add(implementation);
  }

  @Override
  public void operation(Operation operation, Class<? extends OperationHandler> handler) {
    String name = operation.name();
    if (!name.equals(plugin) && !name.startsWith(plugin + " ")) {
      throw new IllegalArgumentException(
          "declares the operation [" + name + "], whose first word is not [" + plugin + "]");
    }
    Optional<String> defect = Arguments.defect(operation);
    if (defect.isPresent()) {
      throw new IllegalArgumentException(
          "declares the operation [" + name + "], which " + defect.get());
    }
    declare(handler);
    if (commands.putIfAbsent(name, new Command(operation, handler)) != null) {
      throw new IllegalArgumentException("declares the operation [" + name + "] twice");
    }
  }

  private void offer(Port port, String name, Class<?> implementation) {
    if (!name.matches("[a-z][a-z0-9-]*") || name.equals(port.fallback())) {
      throw new IllegalArgumentException(
          "declares the " + port.word() + " [" + name + "], a name that it cannot take");
    }
    declare(implementation);
    offers.add(new Offer(port, name, implementation, plugin));
  }

  private void declare(Class<?> type) {
    check();
    classes.add(type);
  }

  private void check() {
    if (closed) {
      throw new IllegalStateException(
          "The plugin [" + plugin + "] declares something after its configure has returned.");
    }
  }
}
