package io.warpengine.kernel.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from, strongest first.
 *
 * @param builder keys and values set by the program
 * @param environment environment variables; only those that begin with {@code WARP_} are read
 * @param properties system properties; read if they are keys, or begin with {@code warp.} and
 *     resemble one
 * @param file the TOML file
 */
public record ConfigSources(
    Map<String, String> builder,
    Map<String, String> environment,
    Map<String, String> properties,
    Optional<Path> file) {

  /**
   * The name of the environment variable that sets a key.
   *
   * @param key the full name of a key
   * @return upper-case, dots and dashes replaced by underscores
   */
  public static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
