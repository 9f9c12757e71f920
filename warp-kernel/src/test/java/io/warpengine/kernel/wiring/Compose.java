package io.warpengine.kernel.wiring;

import io.warpengine.api.MissingPlugins;
import io.warpengine.api.WarpDatabase;
import io.warpengine.kernel.config.ConfigSources;
import io.warpengine.kernel.control.SystemClock;
import io.warpengine.kernel.disk.RealDisk;
import io.warpengine.kernel.plugins.PluginCandidate;
import io.warpengine.kernel.plugins.PluginSearch;
import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.WarpPlugin;
import io.warpengine.spi.control.WarpClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Composes databases of plugins that a test declares in place, without jars. */
final class Compose {

  private final List<PluginCandidate> candidates = new ArrayList<>();
  private final Map<String, String> settings = new HashMap<>();
  private Optional<Path> directory = Optional.empty();
  private boolean readOnly;
  private WarpClock clock = new SystemClock();

  Compose plugin(String id, Consumer<PluginBinder> configure) {
    PluginCandidate candidate = new PluginCandidate(id, "test " + id, "1");
    candidate.loaded(new TestPlugin(id, configure), id);
    candidates.add(candidate);
    return this;
  }

  Compose set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  Compose directory(Path path) {
    directory = Optional.of(path);
    return this;
  }

  Compose clock(WarpClock source) {
    clock = source;
    return this;
  }

  Compose readOnly() {
    readOnly = true;
    return this;
  }

  Compose missing(MissingPlugins policy) {
    return set(
        "warp.open.missing-plugins", policy.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  CompositionPlan plan() {
    return Planner.plan(
        new Request(
            directory,
            new ConfigSources(settings, Map.of(), Map.of(), Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            readOnly,
            clock,
            RealDisk::at),
        new PluginSearch(candidates, List.of()));
  }

  WarpDatabase open() {
    return plan().open();
  }

  private record TestPlugin(String id, Consumer<PluginBinder> configuring) implements WarpPlugin {
    @Override
    public String summary() {
      return "Tests " + id + ".";
    }

    @Override
    public void configure(PluginBinder binder) {
      configuring.accept(binder);
    }
  }
}
