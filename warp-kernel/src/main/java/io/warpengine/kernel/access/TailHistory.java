package io.warpengine.kernel.access;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was handed on last, within bounds, for watches that begin at a position. For the holder of
 * the tail's lock.
 */
final class TailHistory {

  private static final int MOST_MUTATIONS = 1 << 16;
  private static final long MOST_BYTES = 16L << 20;

  private final Deque<Unit> units = new ArrayDeque<>();
  private int mutations;
  private long bytes;
  private long floor;
  private boolean kept;

  /** Keeps what comes from now on, if it did not already. */
  void begin(long staged) {
    if (!kept) {
      kept = true;
      forget(staged);
    }
  }

  /** Keeps nothing any more. */
  void end() {
    kept = false;
    forget(0);
  }

  /** Something that was staged up to a place is not here. */
  void forget(long lsn) {
    units.clear();
    mutations = 0;
    bytes = 0;
    floor = lsn;
  }

  /** Takes what was handed on. */
  void add(List<Unit> more) {
    if (!kept) {
      return;
    }
    for (Unit unit : more) {
      units.add(unit);
      mutations += unit.mutations().size();
      bytes += unit.bytes();
    }
    while (mutations > MOST_MUTATIONS || bytes > MOST_BYTES) {
      Unit oldest = units.remove();
      mutations -= oldest.mutations().size();
      bytes -= oldest.bytes();
      floor = Math.max(floor, oldest.lsn());
    }
  }

  /** Whether all that was handed on with an LSN above the given one is here. */
  boolean reachesBack(long lsn) {
    return lsn >= floor;
  }

  /** What is here with an LSN above the given one, in the order in which it was handed on. */
  List<Unit> after(long lsn) {
    return units.stream().filter(unit -> unit.lsn() > lsn).toList();
  }
}
