package io.warpengine.spi.store;

import java.util.SortedMap;
import java.util.UUID;

/**
 * The one file that says what belongs to a database. Whatever a plugin must know before it can
 * trust its own files is in its section. Safe for several threads.
 */
public interface Manifest {

  /**
   * The database's identity, made at its creation.
   *
   * @return the id
   */
  UUID databaseId();

  /**
   * A plugin's section.
   *
   * @param name the plugin's id
   * @return names and values; empty if there is no section yet
   */
  SortedMap<String, String> section(String name);

  /**
   * Replaces a section, atomically and durably, with everything else as it is.
   *
   * @param name the plugin's id
   * @param values names (lower-case letters, digits, dashes and dots) and values (text without line
   *     breaks)
   */
  void commit(String name, SortedMap<String, String> values);
}
