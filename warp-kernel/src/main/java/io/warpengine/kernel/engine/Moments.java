package io.warpengine.kernel.engine;

import io.warpengine.kernel.version.Moment;
import io.warpengine.kernel.version.OpenMoments;
import io.warpengine.spi.control.MaintenanceTask;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.journal.Journal;
import java.time.Duration;

/** Takes moments of all shards, and gives back in the background what ended ones kept. */
final class Moments implements MaintenanceTask {

  static final Duration PERIOD = Duration.ofMillis(50);

  private static final int CHAINS_PER_LOCK = 256;

  /** A trim is followed by a rest of so many times its length. */
  private static final int REST = 9;

  private final Shards shards;
  private final OpenMoments open;
  private final Journal journal;
  private final Expiry expiry;
  private final WarpClock clock;
  private long rested;

  Moments(Shards shards, OpenMoments open, Journal journal, Expiry expiry, WarpClock clock) {
    this.shards = shards;
    this.open = open;
    this.journal = journal;
    this.expiry = expiry;
    this.clock = clock;
    rested = clock.nanos();
  }

  /** The present moment of all shards. */
  Moment take() {
    long[] sequences = new long[shards.all.length];
    Moment moment;
    shards.lockAll();
    try {
      moment = new Moment(sequences, shards.slots(), journal.staged(), expiry.now(), clock.nanos());
      for (Shard shard : shards.all) {
        sequences[shard.number] = shard.sequence;
        shard.newestMoment = shard.sequence;
      }
      open.add(moment);
    } finally {
      shards.unlockAll();
    }
    return moment;
  }

  @Override
  public int run() {
    long begin = clock.nanos();
    open.expire(begin);
    if (begin - rested < 0 || !open.beginTrim()) {
      return 0;
    }
    int done = 0;
    try {
      for (Shard shard : shards.all) {
        int left = trim(shard, 0);
        done += left;
        while (left > 0) {
          int count = Math.min(left, CHAINS_PER_LOCK);
          trim(shard, count);
          left -= count;
        }
        shard.versions.clearGraves(open.sequences(shard.number));
      }
    } finally {
      open.endTrim();
    }
    long end = clock.nanos();
    rested = end + REST * (end - begin);
    return done;
  }

  /** Trims some chains by the moments that are open now; the number of chains before. */
  private int trim(Shard shard, int count) {
    shards.lock(shard);
    try {
      long[] sequences = open.sequences(shard.number);
      shard.newestMoment =
          sequences.length == 0 ? Shard.NO_MOMENT : sequences[sequences.length - 1];
      int before = shard.versions.chains();
      shard.versions.trim(sequences, count);
      return before;
    } finally {
      shard.lock.unlock();
    }
  }
}
