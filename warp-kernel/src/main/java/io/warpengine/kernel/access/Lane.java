package io.warpengine.kernel.access;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way of one shard's mutations from its writers to the drainer: a ring with one writer at a
 * time, the holder of the shard's lock, and one reader. What does not fit is dropped and leaves the
 * mark of an overrun; then everything is dropped until the reader has seen the mark.
 */
final class Lane {

  private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);

  /** Where the cursors are: the writer's and the reader's 128 bytes apart. */
  private static final int TAIL = 16;

  private static final int PUT_BYTES = 17;
  private static final int HEAD = 32;
  private static final int TAKEN_BYTES = 33;

  private final long[] cursors = new long[48];
  private final @Nullable Object[] units;
  private final long[] lsns;
  private final int[] sizes;
  private final long mostBytes;
  private volatile boolean overrun;

  /** The reader's: whether the batch at the head was counted as arrived. */
  boolean headArrived;

  private long last;

  Lane(int capacity, long mostBytes) {
    this.units = new Object[capacity];
    this.lsns = new long[capacity];
    this.sizes = new int[capacity];
    this.mostBytes = mostBytes;
  }

  /** For the writer: whether a unit fits now; if not, the lane is marked as overrun. */
  boolean hasRoom(int bytes) {
    if (overrun) {
      return false;
    }
    long tail = cursors[TAIL];
    long head = (long) LONG.getAcquire(cursors, HEAD);
    long held = cursors[PUT_BYTES] - (long) LONG.getOpaque(cursors, TAKEN_BYTES);
    if (tail - head < units.length && (held + bytes <= mostBytes || tail == head)) {
      return true;
    }
    overrun = true;
    return false;
  }

  /** For the writer, after {@link #hasRoom}: puts a unit. */
  void put(Object unit, long lsn, int bytes) {
    long tail = cursors[TAIL];
    int place = (int) tail & (units.length - 1);
    units[place] = unit;
    lsns[place] = lsn;
    sizes[place] = bytes;
    cursors[PUT_BYTES] += bytes;
    LONG.setRelease(cursors, TAIL, tail + 1);
  }

  /** For anybody: whether a unit was dropped since the mark was cleared. */
  boolean overrun() {
    return overrun;
  }

  /** For the reader: takes the mark away. */
  void clearOverrun() {
    overrun = false;
  }

  /** For the reader: the end of what is there now. */
  long end() {
    return (long) LONG.getAcquire(cursors, TAIL);
  }

  /** For the reader: whether there is a unit before an end. */
  boolean isBefore(long end) {
    return cursors[HEAD] < end;
  }

  /** For the reader: the unit at the head, which is there. */
  Object head() {
    return Objects.requireNonNull(units[(int) cursors[HEAD] & (units.length - 1)]);
  }

  /** For the reader: the LSN of the unit at the head. */
  long headLsn() {
    return lsns[(int) cursors[HEAD] & (units.length - 1)];
  }

  /** For the reader: the LSN of the unit that was removed last; 0 if none was. */
  long lastLsn() {
    return last;
  }

  /** For the reader: removes the unit at the head. */
  void pop() {
    long head = cursors[HEAD];
    int place = (int) head & (units.length - 1);
    units[place] = null;
    last = lsns[place];
    headArrived = false;
    LONG.setOpaque(cursors, TAKEN_BYTES, cursors[TAKEN_BYTES] + sizes[place]);
    LONG.setRelease(cursors, HEAD, head + 1);
  }
}
