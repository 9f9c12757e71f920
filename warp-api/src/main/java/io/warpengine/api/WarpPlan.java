package io.warpengine.api;

import io.warpengine.spi.Operation;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/** What opening a database would do, worked out without opening data. */
public interface WarpPlan {

  /**
   * The plugins in the order in which they would start.
   *
   * @return one element per plugin, those with problems included
   */
  List<PluginInfo> plugins();

  /**
   * Which implementation each port would use.
   *
   * @return port name to the name of the chosen implementation and its plugin, for example {@code
   *     journal -> wal (wal)}
   */
  SortedMap<String, String> ports();

  /**
   * Every known configuration key with the value it would have.
   *
   * @return sorted by key
   */
  List<ConfigSetting> settings();

  /**
   * Everything that stands against opening.
   *
   * @return empty if nothing does
   */
  List<Problem> problems();

  /**
   * Every operation of the plugins, offline ones included.
   *
   * @return sorted by name
   */
  List<Operation> operations();

  /**
   * Calls an offline operation on the directory, read-only, without opening the database.
   *
   * @param name its name
   * @param arguments by name; text, numbers and booleans are converted to the declared type
   * @param rows receives each row while it runs
   * @return the result
   * @throws WarpException OPERATION_UNKNOWN, ARGUMENT_INVALID, the plan's problems, or what the
   *     operation throws
   */
  Tree callOffline(String name, Map<String, Object> arguments, Consumer<Tree> rows);
}
