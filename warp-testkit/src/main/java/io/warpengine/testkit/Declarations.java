package io.warpengine.testkit;

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
import java.util.List;

/** Writes down what a plugin declares. */
final class Declarations implements PluginBinder {

  private final List<String> lines = new ArrayList<>();
  private final List<Class<? extends Record>> configs = new ArrayList<>();
  private final List<Class<?>> implementations = new ArrayList<>();
  private final List<Class<?>> extensions = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();

  /** Every declaration as text, in order. */
  List<String> lines() {
    return lines;
  }

  List<Class<? extends Record>> configs() {
    return configs;
  }

  /** Every class that the kernel is to make. */
  List<Class<?>> implementations() {
    return implementations;
  }

  List<Class<?>> extensions() {
    return extensions;
  }

  List<Operation> operations() {
    return operations;
  }

  private void declare(String what, Class<?> implementation) {
    lines.add(what + " " + implementation.getName());
    implementations.add(implementation);
  }

  @Override
  public void config(Class<? extends Record> type) {
    lines.add("config " + type.getName());
    configs.add(type);
  }

  @Override
  public void component(Class<?> type) {
    declare("component", type);
  }

  @Override
  public <T> void extension(Class<T> api, Class<? extends T> implementation) {
    declare("extension " + api.getName(), implementation);
    extensions.add(api);
  }

  @Override
  public void storage(String name, Class<? extends Storage> implementation) {
    declare("storage " + name, implementation);
  }

  @Override
  public void placement(String name, Class<? extends PlacementPolicy> implementation) {
    declare("placement " + name, implementation);
  }

  @Override
  public void cache(String name, Class<? extends CacheTier> implementation) {
    declare("cache " + name, implementation);
  }

  @Override
  public void journal(String name, Class<? extends Journal> implementation) {
    declare("journal " + name, implementation);
  }

  @Override
  public void checkpointable(Class<? extends Checkpointable> implementation) {
    declare("checkpointable", implementation);
  }

  @Override
  public void observer(Class<? extends AccessObserver> implementation) {
    declare("observer", implementation);
  }

  @Override
  public void follower(Class<? extends MutationFollower> implementation) {
    declare("follower", implementation);
  }

  @Override
  public void interceptor(Class<? extends WriteInterceptor> implementation) {
    declare("interceptor", implementation);
  }

  @Override
  public void operation(Operation operation, Class<? extends OperationHandler> handler) {
    declare("operation " + operation, handler);
    operations.add(operation);
  }
}
