package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.kernel.version.ShardVersions;
import io.warpengine.spi.store.StoredRecord;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A walk over all shards in key order at one moment: a merge of one run per shard by a binary heap.
 * Each run is refilled, when the next of it is needed, by a call under its shard's lock; refills
 * begin small, for short walks, and grow.
 */
final class Cursor implements ScanCursor {

  private static final int FIRST_RUN = 16;
  private static final int LARGEST_RUN = 256;

  private final Snapshot snapshot;
  private final boolean owned;
  private final boolean backwards;
  private final Optional<Bytes> end;
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
    Bytes from;
    if (backwards) {
      from = place.orElse(scan.to().orElse(Bytes.EMPTY));
      end = Optional.of(scan.from()).filter(key -> !key.isEmpty());
    } else {
      from = place.orElse(scan.from());
      end = scan.to();
    }
    if (place.isPresent()) {
      checkWithin(place.get(), scan);
    }
    if (scan.to().isEmpty() || scan.from().compareTo(scan.to().get()) < 0) {
      boolean inclusive = place.isEmpty() && !backwards;
      for (int shard = 0; shard < heap.length; shard++) {
        add(new Run(shard, from, inclusive));
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
    return last == null ? resumed : ResumeToken.of(backwards, last.key());
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
        record.key(),
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

    Run(int shard, Bytes from, boolean inclusive) {
      this.shard = shard;
      size = (int) Math.min(FIRST_RUN, Math.max(1, left));
      run = snapshot.read(shard, from, inclusive, end, backwards, size);
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
      if (run.more()) {
        refill();
        passEmpty();
      }
      return !isEmpty();
    }

    /** What the moment sees nothing of may be long. */
    private void passEmpty() {
      while (isEmpty() && run.more()) {
        size = Math.min(LARGEST_RUN, size * 4);
        read();
      }
    }

    private void refill() {
      size = (int) Math.min(Math.min(LARGEST_RUN, size * 4L), Math.max(1, left));
      read();
    }

    private void read() {
      run = snapshot.read(shard, run.reached(), false, end, backwards, size);
      at = 0;
    }
  }
}
