package io.warpengine.kernel.plugins;

import java.util.Optional;
import java.util.Set;

/** The side that plugins are loaded into: the kernel's own module layer. */
final class Host {

  /** Modules that plugins always share with the engine. */
  private static final Set<String> PLATFORM =
      Set.of("io.warpengine.api", "jakarta.inject", "org.slf4j", "org.lz4.java");

  private final Module kernel = Host.class.getModule();

  /** The layer; empty if the kernel is on the class path. */
  Optional<ModuleLayer> layer() {
    return Optional.ofNullable(kernel.getLayer());
  }

  /** Whether a module of this name is shared with the engine. */
  boolean isPlatform(String module) {
    return PLATFORM.contains(module) && has(module);
  }

  /** Whether the engine's side has a module. */
  boolean has(String module) {
    return layer().flatMap(layer -> layer.findModule(module)).isPresent();
  }

  /** The loader that found the kernel. */
  ClassLoader loader() {
    return Optional.ofNullable(Host.class.getClassLoader())
        .orElseGet(ClassLoader::getSystemClassLoader);
  }

  /** Whether the kernel may call native code and so may let others. */
  boolean isNativeAccessEnabled() {
    return kernel.isNativeAccessEnabled();
  }
}
