package io.warpengine.spi.control;

/** A piece of background work, called again and again: a duty cycle. */
@FunctionalInterface
public interface MaintenanceTask {

  /**
   * Does a bounded amount of work.
   *
   * @return how much was done; 0 if there was nothing to do
   */
  int run();
}
