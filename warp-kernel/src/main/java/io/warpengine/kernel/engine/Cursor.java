package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.spi.store.StoredRecord;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A walk over all shards in key order: a merge of one run per shard by a binary heap. Each run is
 * refilled, when the next of it is needed, by a call under its shard's lock; refills begin small,
 * for short walks, and grow.
 */
final class Cursor implements ScanCursor {

  private static final int FIRST_RUN = 16;
  private static final int LARGEST_RUN = 256;

  private final Shards shards;
  private final Expiry expiry;
  private final boolean backwards;
  private final Optional<Bytes> end;
  private final Run[] heap;
  private int heapSize;
  private long left;
  private @Nullable StoredRecord upcoming;
  private @Nullable StoredRecord last;
  private final Bytes resumed;

  Cursor(Shards shards, Expiry expiry, Scan scan) {
    this.shards = shards;
    this.expiry = expiry;
    backwards = scan.backwards();
    left = scan.limit();
    heap = new Run[shards.all.length];
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
      for (Shard shard : shards.all) {
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
      if (!first.isEmpty()) {
        sink();
      }
      if (expiry.isLive(record)) {
        upcoming = record;
      }
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

    private final Shard shard;
    private StoredRecord[] records = new StoredRecord[0];
    private int at;
    private int count;
    private boolean more = true;

    Run(Shard shard, Bytes from, boolean inclusive) {
      this.shard = shard;
      refill(from, inclusive);
    }

    boolean isEmpty() {
      return at == count;
    }

    boolean isBefore(Run other) {
      int compared = records[at].compareKey(other.records[other.at]);
      return backwards ? compared > 0 : compared < 0;
    }

    StoredRecord take() {
      return records[at++];
    }

    /** Refills a run that is used up; false if there is nothing more. */
    boolean goOn() {
      if (more) {
        refill(records[at - 1].key(), false);
      }
      return !isEmpty();
    }

    private void refill(Bytes from, boolean inclusive) {
      int size = records.length == 0 ? FIRST_RUN : Math.min(LARGEST_RUN, records.length * 4);
      StoredRecord[] next = records;
      if (size != records.length) {
        next = new StoredRecord[(int) Math.min(size, Math.max(1, left))];
      }
      shards.lock(shard);
      try {
        count = shard.store.scan(from, inclusive, end, backwards, next);
      } finally {
        shard.lock.unlock();
      }
      records = next;
      at = 0;
      more = count == records.length;
    }
  }
}
