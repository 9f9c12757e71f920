package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.kernel.version.ShardVersions;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A walk over all shards in key order at one moment: a merge of one run per shard by a binary heap.
 * Each run is refilled, when the next of it is needed, by a call under its shard's lock; refills
 * begin small, for short walks, and grow. Where the keys of a space are two intervals of stored
 * keys, each run goes on in the second when the first is used up.
 */
final class Cursor implements ScanCursor {

  private static final int FIRST_RUN = 16;
  private static final int LARGEST_RUN = 256;

  private final Snapshot snapshot;
  private final boolean owned;
  private final boolean backwards;
  private final List<Interval> intervals;
  private final Run[] heap;
  private int heapSize;
  private long left;
  private @Nullable StoredRecord upcoming;
  private int shard;
  private @Nullable StoredRecord last;
  private final Bytes resumed;

  /**
   * A walk.
   *
   * @param snapshot the moment
   * @param owned whether the snapshot is closed at the end of the walk
   * @param scan which keys
   */
  Cursor(Snapshot snapshot, boolean owned, Scan scan) {
    this.snapshot = snapshot;
    this.owned = owned;
    backwards = scan.backwards();
    left = scan.limit();
    heap = new Run[snapshot.shards()];
    Optional<Bytes> place = scan.resume().filter(token -> !token.isEmpty()).map(this::placeOf);
    resumed = scan.resume().orElse(Bytes.EMPTY);
    if (place.isPresent()) {
      checkWithin(place.get(), scan);
    }
    intervals = Interval.of(snapshot.space(), scan, place);
    if (!intervals.isEmpty()) {
      for (int shard = 0; shard < heap.length; shard++) {
        add(new Run(shard));
      }
    }
  }

  @Override
  public boolean hasNext() {
    while (upcoming == null && left > 0 && heapSize > 0) {
      Run first = heap[0];
      if (first.isEmpty()) {
        if (!first.goOn()) {
          heap[0] = heap[--heapSize];
        }
        sink();
        continue;
      }
      StoredRecord record = first.take();
      shard = first.shard;
      if (!first.isEmpty()) {
        sink();
      }
      if (snapshot.isLive(record)) {
        upcoming = record;
      }
    }
    if (upcoming == null) {
      close();
    }
    return upcoming != null;
  }

  @Override
  public Entry next() {
    if (!hasNext() || upcoming == null) {
      throw new NoSuchElementException("The walk is at its end.");
    }
    StoredRecord record = upcoming;
    upcoming = null;
    last = record;
    left--;
    return entryOf(record);
  }

  @Override
  public Bytes token() {
    return last == null ? resumed : ResumeToken.of(backwards, SpaceKeys.keyOf(last.key()));
  }

  @Override
  public void close() {
    left = 0;
    heapSize = 0;
    upcoming = null;
    if (owned) {
      snapshot.close();
    }
  }

  /** The shard of the record that {@link #next} returned last; before another {@link #hasNext}. */
  int shard() {
    return shard;
  }

  /** A record as users see it. */
  static Entry entryOf(StoredRecord record) {
    return new Entry(
        SpaceKeys.keyOf(record.key()),
        record.value(),
        record.sequence(),
        record.expires()
            ? Optional.of(Instant.ofEpochMilli(record.expiresAtMillis()))
            : Optional.empty());
  }

  private Bytes placeOf(Bytes token) {
    return ResumeToken.place(token, backwards);
  }

  private static void checkWithin(Bytes place, Scan scan) {
    if (place.compareTo(scan.from()) < 0
        || (scan.to().isPresent() && place.compareTo(scan.to().get()) >= 0)) {
      throw Refusals.tokenInvalid("marks a key outside of the scan");
    }
  }

  private void add(Run run) {
    if (run.isEmpty()) {
      return;
    }
    int at = heapSize++;
    while (at > 0 && run.isBefore(heap[(at - 1) / 2])) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = run;
  }

  /** Moves the first run to its place. */
  private void sink() {
    if (heapSize == 0) {
      return;
    }
    Run run = heap[0];
    int at = 0;
    while (2 * at + 1 < heapSize) {
      int child = 2 * at + 1;
      if (child + 1 < heapSize && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (!heap[child].isBefore(run)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = run;
  }

  /** What comes next of one shard. */
  private final class Run {

    private final int shard;
    private ShardVersions.Run run;
    private int at;
    private int size;
    private int interval;

    Run(int shard) {
      this.shard = shard;
      size = (int) Math.min(FIRST_RUN, Math.max(1, left));
      run = begin();
      passEmpty();
    }

    boolean isEmpty() {
      return at == run.records().size();
    }

    boolean isBefore(Run other) {
      int compared = run.records().get(at).compareKey(other.run.records().get(other.at));
      return backwards ? compared > 0 : compared < 0;
    }

    StoredRecord take() {
      return run.records().get(at++);
    }

    /** Refills a run that is used up; false if there is nothing more. */
    boolean goOn() {
      if (hasMore()) {
        refill();
        passEmpty();
      }
      return !isEmpty();
    }

    /** What the moment sees nothing of may be long. */
    private void passEmpty() {
      while (isEmpty() && hasMore()) {
        size = Math.min(LARGEST_RUN, size * 4);
        advance();
      }
    }

    private void refill() {
      size = (int) Math.min(Math.min(LARGEST_RUN, size * 4L), Math.max(1, left));
      advance();
    }

    private void advance() {
      if (run.more()) {
        run = read(run.reached(), false);
      } else {
        interval++;
        run = begin();
      }
      at = 0;
    }

    private boolean hasMore() {
      return run.more() || interval + 1 < intervals.size();
    }

    private ShardVersions.Run begin() {
      Interval begun = intervals.get(interval);
      return read(begun.from(), begun.inclusive());
    }

    private ShardVersions.Run read(Bytes from, boolean inclusive) {
      return snapshot.read(shard, from, inclusive, intervals.get(interval).end(), backwards, size);
    }
  }
}
