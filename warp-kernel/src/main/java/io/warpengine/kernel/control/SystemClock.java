package io.warpengine.kernel.control;

import io.warpengine.spi.control.WarpClock;

/** The time of the machine. */
public final class SystemClock implements WarpClock {

  @Override
  public long millis() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
