package io.warpengine.spi;

/** A component that does something when the database opens. */
public interface Startable {

  /**
   * Begins work. Called once, after recovery, in the order of construction; bounded by {@code
   * warp.open.timeout}. What it throws stops the opening, and everything started before is closed.
   */
  void start();
}
