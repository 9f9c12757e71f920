package io.warpengine.kernel.version;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The moments that somebody may still read, the oldest first, and the bytes that are kept for them.
 * Past its bounds the oldest ends, one between two trims, since only a trim shows what its end gave
 * back.
 */
public final class OpenMoments {

  /** Held while {@link #open} is replaced; whoever holds it waits for nothing. */
  private final ReentrantLock lock = new ReentrantLock();

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong expired = new AtomicLong();
  private final long maxBytes;
  private final long maxNanos;
  private volatile List<Moment> open = List.of();
  private volatile boolean ended;

  /**
   * No moments.
   *
   * @param maxBytes bytes of kept versions beyond which the oldest moment ends
   * @param maxAge age beyond which a moment ends
   */
  public OpenMoments(long maxBytes, Duration maxAge) {
    this.maxBytes = maxBytes;
    this.maxNanos = maxAge.toNanos();
  }

  /** Adds a moment, newer than all that are open; with all shards locked. */
  public void add(Moment moment) {
    lock.lock();
    try {
      List<Moment> more = new ArrayList<>(open);
      more.add(moment);
      open = List.copyOf(more);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a moment; nothing if it has ended. */
  public void remove(Moment moment) {
    lock.lock();
    try {
      List<Moment> fewer = new ArrayList<>(open);
      if (fewer.remove(moment)) {
        open = List.copyOf(fewer);
        ended = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /** The number of moments that are open. */
  public int count() {
    return open.size();
  }

  /** The bytes that are kept for them, about. */
  public long bytes() {
    return bytes.get();
  }

  /** How many moments ended because of the bounds. */
  public long expired() {
    return expired.get();
  }

  /** The number of the last write of a shard before each open moment, ascending. */
  public long[] sequences(int shard) {
    return open.stream().mapToLong(moment -> moment.sequence(shard)).toArray();
  }

  /** Notes that bytes are kept (or, if negative, not any more); may end the oldest moment. */
  void kept(long more) {
    if (bytes.addAndGet(more) > maxBytes && more > 0 && !ended) {
      expireOldest();
    }
  }

  /** Ends the moments that are too old at a time in nanoseconds. */
  public void expire(long now) {
    for (Moment moment : open) {
      if (now - moment.nanos() > maxNanos) {
        expire(moment);
      }
    }
  }

  /** Whether a moment has ended since this was asked. */
  public boolean takeEnded() {
    if (!ended) {
      return false;
    }
    ended = false;
    return true;
  }

  private void expireOldest() {
    List<Moment> present = open;
    if (!present.isEmpty()) {
      expire(present.getFirst());
    }
  }

  private void expire(Moment moment) {
    moment.expire();
    expired.incrementAndGet();
    remove(moment);
  }
}
