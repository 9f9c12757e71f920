package io.warpengine.kernel.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.Scopes;
import com.google.inject.internal.InternalFlags;
import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.spi.control.ControlPlane;
import io.warpengine.spi.control.Metrics;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one class that knows Guice: gives each plugin a private module with strict bindings, in which
 * its declared classes are singletons, made when {@link #make} asks for them.
 *
 * <p>Guice runs without generating code, because generated code could not reach classes in module
 * layers. The switch for it is a system property that is read once; it is set while it is read and
 * put back, so that a program that uses Guice as well finds what it left.
 */
final class Wiring {

  private static final String GENERATION = "guice_bytecode_gen_option";

  /** Held, since loggers are collected; its warnings are about class files newer than Guice. */
  private static final Logger GUICE_LOGGER = Logger.getLogger("com.google.inject.internal.util");

  static {
    GUICE_LOGGER.setLevel(Level.OFF);
    String before = System.getProperty(GENERATION);
    System.setProperty(GENERATION, "DISABLED");
    InternalFlags.isBytecodeGenEnabled();
    if (before == null) {
      System.clearProperty(GENERATION);
    } else {
      System.setProperty(GENERATION, before);
    }
  }

  /**
   * A plugin's part.
   *
   * @param blueprint the plugin
   * @param classes those of its classes that exist in this database
   */
  record Part(Blueprint blueprint, List<Class<?>> classes) {}

  private final Map<String, Map<Class<?>, Provider<?>>> providers = new HashMap<>();

  private Wiring() {}

  /** Binds everything; makes nothing. */
  static Wiring of(KernelObjects kernel, Map<Class<?>, Record> configs, List<Part> parts) {
    Wiring wiring = new Wiring();
    if (parts.stream().allMatch(part -> part.classes().isEmpty())) {
      return wiring;
    }
    List<Module> modules = new ArrayList<>();
    modules.add(new KernelModule(kernel));
    for (Part part : parts) {
      part.classes().forEach(Wiring::openToGuice);
      modules.add(wiring.new PluginModule(part, configs));
    }
    try {
      Guice.createInjector(modules);
    } catch (CreationException e) {
      throw new WarpException(
          CoreError.WIRING_FAILED,
          e.getErrorMessages().stream()
              .map(message ->
                  new Problem(
                      CoreError.WIRING_FAILED,
                      "",
                      "The plugins cannot be wired: " + message.getMessage(),
                      "Report this to the plugin's author."))
              .toList());
    }
    return wiring;
  }

  /** The singleton of a class, made with everything it asks for when it is first asked for. */
  Object make(String plugin, Class<?> type) throws Exception {
    Provider<?> provider = providers.getOrDefault(plugin, Map.of()).get(type);
    if (provider == null) {
      throw new IllegalStateException("There is no binding of [" + type.getName() + "].");
    }
    try {
      return provider.get();
    } catch (ProvisionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Exception thrown) {
        throw thrown;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  private static void openToGuice(Class<?> type) {
    type.getModule().addOpens(type.getPackageName(), Guice.class.getModule());
  }

  private static void strict(Binder binder) {
    binder.requireExplicitBindings();
    binder.requireAtInjectOnConstructors();
    binder.requireExactBindingAnnotations();
    binder.disableCircularProxies();
  }

  /** What the kernel gives. */
  private static final class KernelModule extends AbstractModule {

    private final KernelObjects kernel;

    private KernelModule(KernelObjects kernel) {
      this.kernel = kernel;
    }

    @Override
    protected void configure() {
      strict(binder());
      bind(WarpClock.class).toInstance(kernel.clock());
      bind(Metrics.class).toInstance(kernel.metrics());
      bind(Manifest.class).toProvider(kernel.manifest()::get);
      kernel.control().ifPresent(control -> bind(ControlPlane.class).toInstance(control));
      kernel.disk().ifPresent(disk -> bind(Disk.class).toInstance(disk));
      kernel.database().ifPresent(database -> bind(WarpDatabase.class).toProvider(database::get));
    }
  }

  /** What one plugin declares, hidden from all others. */
  private final class PluginModule extends PrivateModule {

    private final Part part;
    private final Map<Class<?>, Record> configs;

    private PluginModule(Part part, Map<Class<?>, Record> configs) {
      this.part = part;
      this.configs = configs;
    }

    @Override
    protected void configure() {
      Declarations declarations = part.blueprint().declarations();
      declarations.configs().forEach(this::instance);
      for (Class<?> type : part.classes()) {
        bind(type).in(Scopes.SINGLETON);
        providers
            .computeIfAbsent(part.blueprint().plugin(), plugin -> new HashMap<>())
            .put(type, getProvider(type));
      }
      declarations
          .extensions()
          .forEach((api, implementation) -> {
            if (api != implementation && part.classes().contains(implementation)) {
              link(api, implementation);
            }
          });
    }

    @SuppressWarnings("unchecked")
    private <T extends Record> void instance(Class<T> type) {
      bind(type).toInstance((T) configs.get(type));
    }

    @SuppressWarnings("unchecked")
    private <T> void link(Class<T> api, Class<?> implementation) {
      bind(api).to((Class<? extends T>) implementation);
    }
  }
}
