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

  /**
   * A clock that moves only when somebody moves it. A database opened with one owns no threads for
   * its background: each time the clock has moved, it does what has become due, in the mover's
   * thread.
   */
  interface Stepped extends WarpClock {

    /**
     * Asks to be called after every move of the clock, in the mover's thread, in the order of
     * registration.
     *
     * @param listener what to call
     */
    void addStepListener(Runnable listener);

    /**
     * Ends what {@link #addStepListener} began; has no effect if it did not begin.
     *
     * @param listener what was to be called
     */
    void removeStepListener(Runnable listener);
  }
}
