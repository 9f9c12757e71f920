package io.warpengine.kernel.engine;

import io.warpengine.api.WarpException;
import io.warpengine.spi.control.MaintenanceTask;
import io.warpengine.spi.store.StoredRecord;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Removes what dropped spaces left, as ordinary deletes, a bounded number of records at a time.
 * What was removed is gone, so it needs no place to go on from, also after a crash: it begins with
 * the first record that is there. A space is done when no shard has any; nothing can come after
 * that, since writers look at the drop with the shard locked.
 */
final class Reclaimer implements MaintenanceTask {

  static final Duration PERIOD = Duration.ofMillis(100);

  private static final int CHUNK = 128;
  private static final int CHUNKS_PER_RUN = 64;

  private final Spaces spaces;
  private final Writer writer;
  private final Shards shards;
  private final @Nullable StoredRecord[] chunk = new StoredRecord[CHUNK];

  Reclaimer(EngineCore core) {
    spaces = core.spaces;
    writer = core.writer;
    shards = core.shards;
  }

  @Override
  public int run() {
    int done = 0;
    try {
      for (int id : spaces.dropped()) {
        if (!writer.journal.refusal().isEmpty() || done >= CHUNK * CHUNKS_PER_RUN) {
          return done;
        }
        done += reclaim(id, CHUNK * CHUNKS_PER_RUN - done);
      }
    } catch (WarpException e) {
      if (shards.isClosed() || !writer.journal.refusal().isEmpty()) {
        return done;
      }
      throw e;
    } finally {
      Arrays.fill(chunk, null);
    }
    return done;
  }

  /** Removes at most about so many records of a space; the last of them removes the space too. */
  private int reclaim(int id, int most) {
    Interval all = Interval.all(id);
    int done = 0;
    for (Shard shard : shards.all) {
      int count = CHUNK;
      while (count == CHUNK) {
        if (done >= most) {
          return done;
        }
        count = read(shard, all);
        for (int i = 0; i < count; i++) {
          done += writer.discard(shard, chunk[i]) ? 1 : 0;
        }
      }
    }
    spaces.reclaimed(id);
    return done + 1;
  }

  private int read(Shard shard, Interval all) {
    shards.lock(shard);
    try {
      return shard.store.scan(all.from(), all.inclusive(), all.end(), false, chunk);
    } finally {
      shard.lock.unlock();
    }
  }
}
