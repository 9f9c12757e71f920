package io.warpengine.cli.line;

import java.util.Optional;

/**
 * An option of a command.
 *
 * @param name its name without dashes
 * @param letter its one-letter form without dash; empty if there is none
 * @param value what its value is called in the help; empty if it takes none
 * @param defaultValue the value without it; empty text if there is none
 * @param summary what it does, in one sentence
 * @param repeatable whether it may be given more than once
 */
public record Option(
    String name,
    String letter,
    Optional<String> value,
    String defaultValue,
    String summary,
    boolean repeatable) {

  /**
   * An option without a value.
   *
   * @param name its name without dashes
   * @param summary what it does
   * @return the option
   */
  public static Option flag(String name, String summary) {
    return new Option(name, "", Optional.empty(), "", summary, false);
  }

  /**
   * An option with a value.
   *
   * @param name its name without dashes
   * @param label what its value is called in the help
   * @param defaultValue the value without it; empty text if there is none
   * @param summary what it does
   * @return the option
   */
  public static Option value(String name, String label, String defaultValue, String summary) {
    return new Option(name, "", Optional.of(label), defaultValue, summary, false);
  }

  /**
   * This option with a one-letter form.
   *
   * @param other the letter
   * @return a new option
   */
  public Option letter(String other) {
    return new Option(name, other, value, defaultValue, summary, repeatable);
  }

  /**
   * This option, which may be given more than once.
   *
   * @return a new option
   */
  public Option repeated() {
    return new Option(name, letter, value, defaultValue, summary, true);
  }

  /**
   * Whether an argument names this option.
   *
   * @param argument for example {@code --data}
   * @return true if it does
   */
  boolean named(String argument) {
    return argument.equals("--" + name) || (!letter.isEmpty() && argument.equals("-" + letter));
  }
}
