package io.warpengine.kernel.plugins;

import io.warpengine.api.Problem;
import io.warpengine.spi.WarpPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One plugin that was found, with whatever stands against it. Used by one thread. */
public final class PluginCandidate {

  private String id;
  private final String source;
  private final String version;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Throwable> causes = new ArrayList<>();
  private Optional<WarpPlugin> plugin = Optional.empty();

  /**
   * A plugin that was found.
   *
   * @param id its id, as far as it is known
   * @param source where it comes from
   * @param version the version of its module or jar; empty if it has none
   */
  public PluginCandidate(String id, String source, String version) {
    this.id = id;
    this.source = source;
    this.version = version;
  }

  /**
   * Its id: what it says itself, or the name of its folder as long as it was not asked.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  /**
   * Where it comes from.
   *
   * @return a folder, a jar, {@code module path} or {@code class path}
   */
  public String source() {
    return source;
  }

  /**
   * The version of its module or jar.
   *
   * @return empty if it has none
   */
  public String version() {
    return version;
  }

  /**
   * What stands against it.
   *
   * @return empty if nothing does
   */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * Notes a problem.
   *
   * @param problem what stands against it
   */
  public void add(Problem problem) {
    problems.add(problem);
  }

  /**
   * The plugin itself.
   *
   * @return empty if a problem kept it from being loaded
   */
  public Optional<WarpPlugin> plugin() {
    return plugin;
  }

  /**
   * Notes a problem with what brought it about.
   *
   * @param problem what stands against it
   * @param cause what was thrown
   */
  public void add(Problem problem, Throwable cause) {
    problems.add(problem);
    causes.add(cause);
  }

  /**
   * What was thrown by the plugin.
   *
   * @return empty if nothing was
   */
  public List<Throwable> causes() {
    return List.copyOf(causes);
  }

  boolean isSound() {
    return problems.isEmpty();
  }

  /**
   * Notes that it is loaded.
   *
   * @param instance the plugin
   * @param ownId what it calls itself
   */
  public void loaded(WarpPlugin instance, String ownId) {
    plugin = Optional.of(instance);
    id = ownId;
  }
}
