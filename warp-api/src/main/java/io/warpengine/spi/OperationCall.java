package io.warpengine.spi;

import io.warpengine.api.Tree;

/** One call of an operation: checked arguments in, rows out. */
public interface OperationCall {

  /**
   * A text argument.
   *
   * @param name its declared name
   * @return its value or its default
   */
  String text(String name);

  /**
   * A whole number.
   *
   * @param name its declared name
   * @return its value or its default
   */
  long integer(String name);

  /**
   * A number.
   *
   * @param name its declared name
   * @return its value or its default
   */
  double number(String name);

  /**
   * A flag.
   *
   * @param name its declared name
   * @return its value or its default
   */
  boolean flag(String name);

  /**
   * Hands out one row of a long result while the operation runs.
   *
   * @param row a map
   */
  void row(Tree row);
}
