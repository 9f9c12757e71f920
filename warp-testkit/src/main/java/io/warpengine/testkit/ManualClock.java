package io.warpengine.testkit;

import io.warpengine.spi.control.WarpClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A clock that moves only when a test moves it. A database opened with it does its background work
 * within {@link #advance}, in the test's thread.
 */
public final class ManualClock implements WarpClock.Stepped {

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile long millis;
  private volatile long nanos;

  /** A clock that shows the beginning of the year 2026. */
  public ManualClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /**
   * A clock that shows a given time.
   *
   * @param now wall time
   */
  public ManualClock(Instant now) {
    this.millis = now.toEpochMilli();
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  /**
   * Wall time.
   *
   * @return what {@link #millis()} shows
   */
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  /**
   * Lets time pass: both wall time and the time for durations move forward, and what has become due
   * happens before this returns.
   *
   * @param time 0 or more
   * @return this clock
   */
  public synchronized ManualClock advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(
          "Time does not pass backwards by ["
              + time
              + "]; use setWall for a wall clock that jumps.");
    }
    nanos += time.toNanos();
    millis += time.toMillis();
    listeners.forEach(Runnable::run);
    return this;
  }

  /**
   * Lets the wall clock jump, as when somebody sets it: forwards or backwards. The time for
   * durations stays.
   *
   * @param now the wall time from now on
   * @return this clock
   */
  public synchronized ManualClock setWall(Instant now) {
    millis = now.toEpochMilli();
    listeners.forEach(Runnable::run);
    return this;
  }

  @Override
  public void addStepListener(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void removeStepListener(Runnable listener) {
    listeners.remove(listener);
  }
}
