package io.warpengine.kernel.control;

import io.warpengine.api.Bytes;
import io.warpengine.kernel.access.AccessRings;
import io.warpengine.kernel.access.MutationTail;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.spi.access.AccessObserver;
import io.warpengine.spi.control.ControlPlane;
import io.warpengine.spi.control.MaintenanceTask;
import io.warpengine.spi.control.WarpClock;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** The background of one database. */
public final class Control implements ControlPlane, AutoCloseable {

  private final FrequencySketch sketch;
  private final ToLongFunction<Bytes> hash;

  /**
   * A control plane that does nothing before {@link #start}.
   *
   * @param clock the time; with a {@link WarpClock.Stepped} one there are no threads
   * @param metrics where it registers its figures
   * @param rings where accesses come from
   * @param sketch what accesses are counted in
   * @param tail where mutations come from
   * @param hash the 64-bit hash of a key
   */
  public Control(
      WarpClock clock,
      KernelMetrics metrics,
      AccessRings rings,
      FrequencySketch sketch,
      MutationTail tail,
      ToLongFunction<Bytes> hash) {
    this.sketch = sketch;
    this.hash = hash;
  }

  /**
   * Adds an observer of accesses; before {@link #start}.
   *
   * @param observer what to call with each batch
   */
  public void observe(AccessObserver observer) {}

  /** Begins to run what is scheduled; what is scheduled later runs as well. */
  public void start() {}

  @Override
  public void schedule(String name, Duration period, MaintenanceTask task) {}

  @Override
  public int frequency(Bytes key) {
    return sketch.frequency(hash.applyAsLong(key));
  }

  /**
   * Drains rings and tail one last time and ends the threads; bounded in time. Has no effect the
   * second time.
   */
  @Override
  public void close() {}
}
