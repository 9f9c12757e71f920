package io.warpengine.kernel.version;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The moments that somebody may still read, the oldest first, and the bytes that are kept for them.
 * Past the bound the oldest ends. When a moment has ended, for whatever reason, no other ends
 * because of the bytes before a trim has shown what that gave back; so writers can go past the
 * bound by what they replace between two trims.
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
  private volatile boolean trimming;

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
      open = Collections.unmodifiableList(more);
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
        open = Collections.unmodifiableList(fewer);
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
    if (bytes.addAndGet(more) > maxBytes && more > 0 && !ended && !trimming) {
      expireOldest();
    }
  }

  /** Ends the moments that are too old at a time in nanoseconds, if anything is kept for any. */
  public void expire(long now) {
    if (bytes.get() == 0) {
      return;
    }
    lock.lock();
    try {
      while (!open.isEmpty() && now - open.getFirst().nanos() > maxNanos) {
        expireFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Begins a trim if a moment has ended since the last one. */
  public boolean beginTrim() {
    lock.lock();
    try {
      trimming = ended;
      ended = false;
      return trimming;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a trim; what is still too much ends the oldest moment. */
  public void endTrim() {
    trimming = false;
    if (bytes.get() > maxBytes) {
      expireOldest();
    }
  }

  private void expireOldest() {
    lock.lock();
    try {
      if (!ended && !trimming && !open.isEmpty()) {
        expireFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  private void expireFirst() {
    Moment oldest = open.getFirst();
    oldest.expire();
    open = open.subList(1, open.size()).stream().toList();
    ended = true;
    expired.incrementAndGet();
  }
}
