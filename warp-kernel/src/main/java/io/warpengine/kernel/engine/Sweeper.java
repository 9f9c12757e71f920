package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import io.warpengine.spi.control.MaintenanceTask;
import io.warpengine.spi.store.StoredRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Removes records that have expired, as ordinary deletes. A run looks at a bounded number of
 * records and the next one goes on from there; a shard in which nothing can have expired, by the
 * earliest expiry that was seen in it, is passed over.
 */
final class Sweeper implements MaintenanceTask {

  static final Duration PERIOD = Duration.ofMillis(100);

  private static final int CHUNK = 128;
  private static final int CHUNKS_PER_RUN = 64;

  private final Writer writer;
  private final Shard[] shards;
  private final AtomicLong removed = new AtomicLong();
  private final StoredRecord[] chunk = new StoredRecord[CHUNK];
  private int shard;
  private Bytes place = Bytes.EMPTY;
  private boolean begun;
  private long earliest = Long.MAX_VALUE;

  Sweeper(Writer writer) {
    this.writer = writer;
    shards = writer.shards.all;
  }

  /** Number of records removed so far. */
  long removed() {
    return removed.get();
  }

  @Override
  public int run() {
    if (!writer.journal.refusal().isEmpty()) {
      return 0;
    }
    int done = 0;
    int passed = 0;
    try {
      for (int i = 0; i < CHUNKS_PER_RUN && passed < shards.length; ) {
        if (!begun && !begin(shards[shard])) {
          nextShard();
          passed++;
        } else {
          done += sweep(shards[shard]);
          i++;
        }
      }
    } catch (WarpException e) {
      if (writer.shards.isClosed() || !writer.journal.refusal().isEmpty()) {
        return done;
      }
      throw e;
    }
    return done;
  }

  /** Whether a shard may hold something that has expired; from now on its writers note anew. */
  private boolean begin(Shard swept) {
    writer.shards.lock(swept);
    try {
      if (swept.firstExpiry > writer.expiry.now()) {
        return false;
      }
      swept.firstExpiry = Long.MAX_VALUE;
      earliest = Long.MAX_VALUE;
      begun = true;
      return true;
    } finally {
      swept.lock.unlock();
    }
  }

  private int sweep(Shard swept) {
    int count;
    writer.shards.lock(swept);
    try {
      count = swept.store.scan(place, false, Optional.empty(), false, chunk);
    } finally {
      swept.lock.unlock();
    }
    int done = 0;
    for (int i = 0; i < count; i++) {
      StoredRecord record = chunk[i];
      if (!writer.expiry.isLive(record)) {
        done += writer.discard(swept, record) ? 1 : 0;
      } else if (record.expires()) {
        earliest = Math.min(earliest, record.expiresAtMillis());
      }
    }
    removed.addAndGet(done);
    if (count == CHUNK) {
      place = Bytes.copyOf(chunk[count - 1].key().toArray());
    } else {
      end(swept);
    }
    return done;
  }

  private void end(Shard swept) {
    writer.shards.lock(swept);
    try {
      swept.firstExpiry = Math.min(swept.firstExpiry, earliest);
    } finally {
      swept.lock.unlock();
    }
    nextShard();
  }

  private void nextShard() {
    shard = (shard + 1) % shards.length;
    place = Bytes.EMPTY;
    begun = false;
  }
}
