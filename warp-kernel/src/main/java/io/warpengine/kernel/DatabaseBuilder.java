package io.warpengine.kernel;

import io.warpengine.api.MissingPlugins;
import io.warpengine.api.WarpBuilder;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpPlan;
import io.warpengine.kernel.config.ConfigSources;
import io.warpengine.kernel.control.SystemClock;
import io.warpengine.kernel.disk.RealDisk;
import io.warpengine.kernel.wiring.CompositionPlan;
import io.warpengine.kernel.wiring.Planner;
import io.warpengine.kernel.wiring.Request;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.disk.Disk;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Gathers what a program asks for; every plan and every opening looks anew. */
final class DatabaseBuilder implements WarpBuilder {

  private final Map<String, String> settings = new HashMap<>();
  private Optional<Path> directory = Optional.empty();
  private Optional<Path> configFile = Optional.empty();
  private Optional<Map<String, String>> environment = Optional.empty();
  private Optional<Path> pluginDirectory = Optional.empty();
  private Optional<Set<String>> selection = Optional.empty();
  private boolean readOnly;
  private WarpClock clock = new SystemClock();
  private Function<Path, Disk> disks = RealDisk::at;

  @Override
  public WarpBuilder directory(Path path) {
    directory = Optional.of(path);
    return this;
  }

  @Override
  public WarpBuilder configFile(Path file) {
    configFile = Optional.of(file);
    return this;
  }

  @Override
  public WarpBuilder set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  @Override
  public WarpBuilder environment(Map<String, String> variables) {
    environment = Optional.of(Map.copyOf(variables));
    return this;
  }

  @Override
  public WarpBuilder pluginDirectory(Path path) {
    pluginDirectory = Optional.of(path);
    return this;
  }

  @Override
  public WarpBuilder plugins(String... ids) {
    selection = Optional.of(new LinkedHashSet<>(List.of(ids)));
    return this;
  }

  @Override
  public WarpBuilder readOnly(boolean flag) {
    readOnly = flag;
    return this;
  }

  @Override
  public WarpBuilder missingPlugins(MissingPlugins policy) {
    return set(
        "warp.open.missing-plugins", policy.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  @Override
  public WarpBuilder clock(WarpClock source) {
    clock = source;
    return this;
  }

  /** Replaces the file system, for tests of the whole engine with power cuts and failing disks. */
  DatabaseBuilder disks(Function<Path, Disk> factory) {
    disks = factory;
    return this;
  }

  @Override
  public WarpPlan plan() {
    return composition();
  }

  @Override
  public WarpDatabase open() {
    return composition().open();
  }

  private CompositionPlan composition() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    return Planner.plan(
        new Request(
            directory,
            new ConfigSources(
                Map.copyOf(settings),
                environment.orElseGet(System::getenv),
                properties,
                configFile),
            pluginDirectory,
            selection,
            readOnly,
            clock,
            disks));
  }
}
