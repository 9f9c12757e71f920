package io.warpengine.spi.control;

/** The source of time. */
public interface WarpClock {

  /**
   * Wall time.
   *
   * @return milliseconds since 1970-01-01T00:00Z; may jump either way
   */
  long millis();

  /**
   * Time for measuring durations.
   *
   * @return nanoseconds since an arbitrary moment; never goes back
   */
  long nanos();
}
