package io.warpengine.spi.control;

import io.warpengine.api.Bytes;
import java.time.Duration;

/**
 * The background of a database: few threads that run duty cycles, and the knowledge that they
 * gather. With a manual clock nothing runs but when the clock is moved, in the caller's thread and
 * in a fixed order.
 */
public interface ControlPlane {

  /**
   * Registers a duty cycle. It never runs twice at once; what it throws is logged and counted, and
   * it runs again at its next turn.
   *
   * @param name a name for threads, logs and metrics
   * @param period time between the end of one run and the beginning of the next, 1 ms or more
   * @param task what to do
   */
  void schedule(String name, Duration period, MaintenanceTask task);

  /**
   * About how often a key was accessed recently, from the one frequency sketch that is fed by
   * sampled accesses.
   *
   * @param key the key, of the default space
   * @return 0 to 15, ageing by halves
   */
  int frequency(Bytes key);
}
