package io.warpengine.spi;

import java.util.List;
import java.util.Optional;

/**
 * A command, declared once; every face derives its own form from it.
 *
 * @param name lower-case words separated by spaces, the first one the plugin's id, for example
 *     {@code wal dump}
 * @param summary what it does, in one sentence
 * @param arguments in the order in which faces without names take them
 * @param mode what it runs on
 */
public record Operation(String name, String summary, List<Argument> arguments, Mode mode) {

  /** Keeps its own copy of the arguments. */
  public Operation {
    arguments = List.copyOf(arguments);
  }

  /** What an operation runs on. */
  public enum Mode {
    /** An open database. */
    ONLINE,
    /** A data directory that nobody has open; it may read files and must not change any. */
    OFFLINE
  }

  /** The type of an argument. */
  public enum Type {
    /** {@link String}. */
    TEXT,
    /** {@link Long}. */
    INTEGER,
    /** {@link Double}. */
    NUMBER,
    /** {@link Boolean}. */
    FLAG
  }

  /**
   * One argument.
   *
   * @param name lower-case words separated by dashes
   * @param type its type
   * @param summary what it means, with unit and range
   * @param defaultValue its value when not given; empty means it is required
   */
  public record Argument(String name, Type type, String summary, Optional<String> defaultValue) {

    /**
     * An argument that must be given.
     *
     * @param name lower-case words separated by dashes
     * @param type its type
     * @param summary what it means
     * @return the argument
     */
    public static Argument required(String name, Type type, String summary) {
      return new Argument(name, type, summary, Optional.empty());
    }

    /**
     * An argument with a default.
     *
     * @param name lower-case words separated by dashes
     * @param type its type
     * @param summary what it means
     * @param defaultValue its value when not given
     * @return the argument
     */
    public static Argument optional(String name, Type type, String summary, String defaultValue) {
      return new Argument(name, type, summary, Optional.of(defaultValue));
    }
  }
}
