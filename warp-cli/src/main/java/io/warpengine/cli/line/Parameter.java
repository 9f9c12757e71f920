package io.warpengine.cli.line;

/**
 * An argument of a command that is known by its place.
 *
 * @param name what it is called in the help
 * @param summary what it means, in one sentence
 * @param required whether it must be given
 * @param repeatable whether all further arguments belong to it; only the last parameter may
 */
public record Parameter(String name, String summary, boolean required, boolean repeatable) {

  /**
   * A parameter that must be given.
   *
   * @param name what it is called
   * @param summary what it means
   * @return the parameter
   */
  public static Parameter required(String name, String summary) {
    return new Parameter(name, summary, true, false);
  }

  /**
   * A parameter that may be left out.
   *
   * @param name what it is called
   * @param summary what it means
   * @return the parameter
   */
  public static Parameter optional(String name, String summary) {
    return new Parameter(name, summary, false, false);
  }
}
