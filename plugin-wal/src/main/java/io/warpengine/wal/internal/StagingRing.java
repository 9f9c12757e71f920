package io.warpengine.wal.internal;

import io.warpengine.wal.internal.v1.Frame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Staged frames: a ring of bytes addressed by LSN, filled by many threads and emptied by one.
 *
 * <p>The idea is Aeron's log buffer (a position claimed by one atomic step, frames written side by
 * side, each published by one ordered store), with two differences. A position is claimed by
 * compare-and-set after checking that there is room, so that a claim always succeeds: nothing is
 * ever claimed that might not fit, and nothing has to be given back. And the publishing store goes
 * to a table beside the bytes, one entry for each 32 bytes of ring, holding the frame's end. No two
 * frames begin in the same 32 bytes, since a frame is longer than that; an entry counts if it is
 * past the frame's beginning, and what an earlier lap left never is. So the bytes need no zeroing
 * and no marker, and byte arrays need no atomic access.
 */
final class StagingRing {

  private static final VarHandle CLAIMED;
  private static final VarHandle ENDS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int SLOT_SHIFT = 5;

  static {
    try {
      CLAIMED = MethodHandles.lookup().findVarHandle(Claim.class, "claimed", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final byte[] bytes;
  private final long[] ends;
  private final int mask;
  private final Claim claim = new Claim();

  StagingRing(int capacity, long start) {
    bytes = new byte[capacity];
    ends = new long[capacity >> SLOT_SHIFT];
    mask = capacity - 1;
    claim.claimed = start;
  }

  int capacity() {
    return mask + 1;
  }

  long claimed() {
    return claim.claimed;
  }

  boolean tryClaim(long start, int length) {
    return CLAIMED.compareAndSet(claim, start, start + length);
  }

  byte[] bytes() {
    return bytes;
  }

  int index(long lsn) {
    return (int) lsn & mask;
  }

  boolean isContiguous(long start, int length) {
    return index(start) + length <= capacity();
  }

  /** Copies a frame that wraps around the ring's end. */
  void put(long start, byte[] frame, int length) {
    int first = capacity() - index(start);
    System.arraycopy(frame, 0, bytes, index(start), first);
    System.arraycopy(frame, first, bytes, 0, length - first);
  }

  /** Publishes a frame: everything written to its place becomes visible to the writer. */
  void publish(long start, long end) {
    ENDS.setRelease(ends, slot(start), end);
  }

  /** The checksum of the frame that begins at a position. */
  int checksum(long start) {
    return Frame.checksumField(bytes, index(start));
  }

  /** The end of the frame that begins at a position; at most the position if it is not complete. */
  long end(long start) {
    return (long) ENDS.getAcquire(ends, slot(start));
  }

  private int slot(long lsn) {
    return index(lsn) >> SLOT_SHIFT;
  }

  /** Keeps the one contended word on a cache line of its own. */
  @SuppressWarnings({"unused", "UnusedVariable"})
  private static final class Claim {
    private long before0;
    private long before1;
    private long before2;
    private long before3;
    private long before4;
    private long before5;
    private long before6;
    private volatile long claimed;
    private long after0;
    private long after1;
    private long after2;
    private long after3;
    private long after4;
    private long after5;
    private long after6;
  }
}
