package io.warpengine.records;

/** How a value is read. */
@FunctionalInterface
interface Reading {

  /**
   * Reads one value.
   *
   * @throws RuntimeException if there is none
   */
  Object read(ValueReader in);
}
