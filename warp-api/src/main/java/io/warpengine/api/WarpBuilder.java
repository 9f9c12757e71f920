package io.warpengine.api;

import io.warpengine.spi.control.WarpClock;
import java.nio.file.Path;
import java.util.Map;

/**
 * Settings of a database to be opened. Settings made here win over environment variables and system
 * properties, which win over the configuration file, which wins over defaults. For one thread.
 */
public interface WarpBuilder {

  /**
   * Where the data is. Without it the database lives in memory only.
   *
   * @param directory an existing database, an empty directory, or a path where one can be made
   * @return this builder
   */
  WarpBuilder directory(Path directory);

  /**
   * The configuration file, TOML.
   *
   * @param file a file that exists
   * @return this builder
   */
  WarpBuilder configFile(Path file);

  /**
   * Sets one configuration key.
   *
   * @param key its full name, for example {@code warp.wal.durability}
   * @param value its value as text, as in the environment
   * @return this builder
   */
  WarpBuilder set(String key, String value);

  /**
   * Replaces the environment variables that are read; by default the process's own.
   *
   * @param environment names and values
   * @return this builder
   */
  WarpBuilder environment(Map<String, String> environment);

  /**
   * Loads plugins from the folders and jars of a directory, each in a module layer of its own.
   *
   * @param directory a directory with one folder, or one jar, per plugin
   * @return this builder
   */
  WarpBuilder pluginDirectory(Path directory);

  /**
   * Selects among the plugins that are present; by default all of them.
   *
   * @param ids the ids of the plugins to load; none means no plugin
   * @return this builder
   */
  WarpBuilder plugins(String... ids);

  /**
   * Refuses every write and changes no file.
   *
   * @param readOnly true to do so
   * @return this builder
   */
  WarpBuilder readOnly(boolean readOnly);

  /**
   * What to do with data whose plugin is not there.
   *
   * @param policy refuse by default
   * @return this builder
   */
  WarpBuilder missingPlugins(MissingPlugins policy);

  /**
   * The source of time for expiry and background work; by default the machine's. With a manual
   * clock background work runs only when the clock is moved.
   *
   * @param clock the clock
   * @return this builder
   */
  WarpBuilder clock(WarpClock clock);

  /**
   * Finds and checks everything without opening data.
   *
   * @return the plan, with every problem found
   */
  WarpPlan plan();

  /**
   * Opens the database.
   *
   * @return the open database, to be closed
   * @throws WarpException with every problem found
   */
  WarpDatabase open();
}
