package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A walk of a transaction: what is there at a moment, under the transaction's own writes. */
final class TransactionCursor implements ScanCursor {

  private final Cursor base;
  private final Iterator<PlannedWrite> writes;
  private final RangeRead range;
  private final boolean backwards;
  private final Bytes resumed;
  private long left;
  private @Nullable Entry there;
  private @Nullable PlannedWrite written;
  private @Nullable Entry last;

  /**
   * A walk.
   *
   * @param base walks through the same keys without a limit
   * @param writes the writes in the range, in the order of the walk
   * @param range notes what is seen
   * @param scan which keys
   */
  TransactionCursor(Cursor base, Iterator<PlannedWrite> writes, RangeRead range, Scan scan) {
    this.base = base;
    this.writes = writes;
    this.range = range;
    backwards = scan.backwards();
    resumed = scan.resume().orElse(Bytes.EMPTY);
    left = scan.limit();
    written = next(writes);
  }

  @Override
  public boolean hasNext() {
    if (left == 0) {
      return false;
    }
    while (true) {
      if (there == null && base.hasNext()) {
        there = base.next();
        range.saw(there.key(), base.shard());
      } else if (there == null) {
        range.sawEnd();
      }
      if (written == null) {
        return there != null;
      }
      int order = there == null ? 1 : there.key().compareTo(written.userKey());
      if (there != null && (backwards ? -order : order) < 0) {
        return true;
      }
      if (there != null && order == 0) {
        there = null;
        if (written.value.isEmpty()) {
          written = next(writes);
        }
        continue;
      }
      if (written.value.isPresent()) {
        return true;
      }
      written = next(writes);
    }
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The walk is at its end.");
    }
    left--;
    Entry entry;
    if (written != null && isFirst(written)) {
      entry = Transaction.entryOf(written);
      written = next(writes);
    } else if (there != null) {
      entry = there;
      there = null;
    } else {
      throw new NoSuchElementException("The walk is at its end.");
    }
    last = entry;
    return entry;
  }

  @Override
  public Bytes token() {
    return last == null ? resumed : ResumeToken.of(backwards, last.key());
  }

  @Override
  public void close() {
    left = 0;
    base.close();
  }

  private boolean isFirst(PlannedWrite write) {
    if (there == null) {
      return true;
    }
    int order = write.userKey().compareTo(there.key());
    return (backwards ? -order : order) < 0;
  }

  private static @Nullable PlannedWrite next(Iterator<PlannedWrite> writes) {
    return writes.hasNext() ? writes.next() : null;
  }
}
