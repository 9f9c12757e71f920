package io.warpengine.kernel.engine;

import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.store.StoredRecord;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The time by which records expire: the machine's, but never going back within this process, so
 * that what was gone stays gone when the clock is set back. The next process begins with the
 * machine's time again; {@link ExpiryMark} sees to it that what was gone stays gone there too.
 */
final class Expiry {

  /** The expiry of a record that stays, as {@link StoredRecord#of} takes it. */
  static final long NEVER = 0;

  private static final VarHandle LATEST;

  static {
    try {
      LATEST = MethodHandles.lookup().findVarHandle(Expiry.class, "latest", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final WarpClock clock;
  private final AtomicLong reported = new AtomicLong();
  private volatile long latest;

  Expiry(WarpClock clock) {
    this.clock = clock;
  }

  /** Milliseconds since 1970, never less than before. */
  long now() {
    long millis = clock.millis();
    long seen = latest;
    while (millis > seen) {
      if (LATEST.compareAndSet(this, seen, millis)) {
        return millis;
      }
      seen = latest;
    }
    return seen;
  }

  /** Whether a record is there: found, and not expired. */
  boolean isLive(@Nullable StoredRecord record) {
    if (record == null || !record.expires()) {
      return record != null;
    }
    return isLive(record, now());
  }

  /** Whether a record that expires had not at a time, in milliseconds since 1970. */
  boolean isLive(StoredRecord record, long millis) {
    long expiresAt = record.expiresAtMillis();
    if (expiresAt > millis) {
      return true;
    }
    if (expiresAt > reported.get()) {
      reported.accumulateAndGet(expiresAt, Math::max);
    }
    return false;
  }

  /** The latest expiry of a record that was reported absent; 0 if there was none. */
  long reported() {
    return reported.get();
  }

  /** When a record with a time to live expires. */
  long expiryOf(Optional<Duration> timeToLive) {
    return timeToLive.isEmpty() ? NEVER : expiryAfter(timeToLive.get());
  }

  /** When a record with a fixed time expires; never is no such time. */
  long expiryAt(Instant time) {
    try {
      return Math.max(NEVER + 1, time.toEpochMilli());
    } catch (ArithmeticException e) {
      throw Refusals.timeToLiveInvalid(time);
    }
  }

  private long expiryAfter(Duration timeToLive) {
    try {
      long millis = timeToLive.toMillis();
      if (millis > 0) {
        return Math.addExact(now(), millis);
      }
    } catch (ArithmeticException e) {
      throw Refusals.timeToLiveInvalid(timeToLive);
    }
    throw Refusals.timeToLiveInvalid(timeToLive);
  }
}
