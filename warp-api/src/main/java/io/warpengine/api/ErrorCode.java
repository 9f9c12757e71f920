package io.warpengine.api;

/**
 * A stable name for one kind of failure. Each module has an enum of its own; ids never change their
 * meaning.
 */
public interface ErrorCode {

  /**
   * The short stable identifier, for example {@code W2104}.
   *
   * @return a {@code W} and four digits
   */
  String id();

  /**
   * The constant's name, for example {@code UNKNOWN_KEY}.
   *
   * @return the name of the enum constant
   */
  String name();

  /**
   * Whose turn it is.
   *
   * @return the category, the same for every failure with this code
   */
  ErrorCategory category();
}
