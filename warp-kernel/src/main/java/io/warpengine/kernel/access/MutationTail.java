package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.api.Position;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.spi.access.MutationFollower;
import io.warpengine.spi.control.Metrics;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries mutations from writers to followers, in order and without making writers wait.
 *
 * <p>Each shard has a lane, a ring that only the holder of the shard's lock writes, so writers of
 * different shards share nothing. A batch is put into the lanes of all its shards while all their
 * locks are held; any two batches are therefore in the same order in every lane that they share,
 * and no two can wait for each other. The drainer hands a batch on when it has come to the head of
 * all its lanes. Order is that of each shard; across shards it is not the journal's.
 *
 * <p>Handed-on mutations wait in a queue of each follower ({@link Feed}) until they are delivered
 * and, for a follower that asks for it, durable. Lanes and queues are bounded. When a lane is
 * overrun every follower has a gap, when a queue is, that follower: what it waits for is dropped,
 * and all current records are read instead ({@link Rebuild}).
 *
 * <p>A gap loses nothing: what was dropped was appended, under the shard's lock, before the gap was
 * seen, and the rebuild reads the shard under its lock after that.
 *
 * <p>Watches ({@link WatchFeed}) come and go while writers write: the lanes are there while there
 * is anybody to follow. While there are watches, and a while longer, what was handed on is kept
 * within bounds ({@link TailHistory}), for one that begins at a position. A watch that missed
 * something reads nothing again but says so.
 */
public final class MutationTail {

  private static final int MOST_PLACES = 1 << 14;
  private static final int ALL_PLACES = 1 << 19;
  private static final long ALL_BYTES = 64L << 20;

  private final int shards;
  private final int places;
  private final long laneBytes;
  private final Limits limits;
  private final List<Feed> feeds = new ArrayList<>();
  private final Metrics.Counter gaps;
  private final Metrics.Counter delivered;
  private final Metrics.Counter failures;
  private final List<WatchFeed> watches = new CopyOnWriteArrayList<>();
  private final TailHistory history = new TailHistory();

  /** Held by who drains, and by who comes or goes. Taken before any shard's lock. */
  private final ReentrantLock handing = new ReentrantLock();

  private volatile Lane @Nullable [] lanes;
  private Supplier<Position> durable = () -> Position.START;
  private @Nullable Records records;

  /**
   * A tail.
   *
   * @param shards number of shards
   * @param metrics where it registers its figures
   */
  public MutationTail(int shards, KernelMetrics metrics) {
    this(
        shards,
        metrics,
        Math.clamp(Integer.highestOneBit(ALL_PLACES / shards), 256, MOST_PLACES),
        Math.max(ALL_BYTES / shards, 1 << 20),
        new Limits(1 << 20, ALL_BYTES, 256, 16));
  }

  MutationTail(int shards, KernelMetrics metrics, int places, long laneBytes, Limits limits) {
    this.shards = shards;
    this.places = places;
    this.laneBytes = laneBytes;
    this.limits = limits;
    this.gaps = metrics.counter("tail_gaps_count");
    this.delivered = metrics.counter("tail_delivered_count");
    this.failures = metrics.counter("tail_failures_count");
    metrics.gauge("tail_pending_count", () -> feeds.stream().mapToLong(Feed::pending).sum());
  }

  /**
   * Adds a follower; before {@link #start}.
   *
   * @param name its name in logs
   * @param follower what to call
   */
  public void follow(String name, MutationFollower follower) {
    feeds.add(new Feed(name, follower, limits, shards, gaps, delivered, failures));
  }

  /**
   * Begins delivery; before the first append.
   *
   * @param durable the end of what is durable
   * @param records gives all current records after a gap
   * @param gap whether to begin with a gap, because there are records that no follower has seen
   */
  public void start(Supplier<Position> durable, Records records, boolean gap) {
    this.durable = durable;
    this.records = records;
    for (Feed feed : feeds) {
      feed.start(durable, records, gap);
    }
    if (!feeds.isEmpty()) {
      lanes = newLanes();
    }
  }

  private Lane[] newLanes() {
    Lane[] made = new Lane[shards];
    for (int shard = 0; shard < shards; shard++) {
      made[shard] = new Lane(places, laneBytes);
    }
    return made;
  }

  /** Adds a watch; after {@link #start}. Waits for no writer longer than for one write. */
  void attach(WatchFeed watch) {
    handing.lock();
    try {
      Lane[] open = lanes;
      Lane[] made = open == null ? newLanes() : open;
      Moment present = Objects.requireNonNull(records).standstill(() -> lanes = made);
      history.begin(present.staged());
      watch.begin(present, history);
      watches.add(watch);
    } finally {
      handing.unlock();
    }
  }

  /** Removes a watch. */
  void detach(WatchFeed watch) {
    watches.remove(watch);
  }

  /** The end of what is durable, as an LSN. */
  long durable() {
    return durable.get().lsn(0);
  }

  /** The watches there are, when none comes any more. */
  List<WatchFeed> lastWatches() {
    handing.lock();
    try {
      return List.copyOf(watches);
    } finally {
      handing.unlock();
    }
  }

  /** The watches there are. */
  List<WatchFeed> watches() {
    return watches;
  }

  /** Stops keeping what nobody follows. */
  void rest() {
    handing.lock();
    try {
      if (watches.isEmpty()) {
        history.end();
        if (feeds.isEmpty() && lanes != null) {
          Objects.requireNonNull(records).standstill(() -> lanes = null);
        }
      }
    } finally {
      handing.unlock();
    }
  }

  /**
   * Appends one write. The caller holds the lock of its shard and has staged it; it applies the
   * record before it unlocks.
   *
   * @param lsn the end of its frame in the journal; 0 without one
   * @param shard its shard
   * @param record a record or a tombstone
   */
  public void append(long lsn, int shard, StoredRecord record) {
    Lane[] open = lanes;
    if (open == null) {
      return;
    }
    int bytes = record.dataSize() + Unit.OVERHEAD;
    if (open[shard].hasRoom(bytes)) {
      open[shard].put(record, lsn, bytes);
    }
  }

  /**
   * Appends the writes of a batch. The caller holds the locks of all their shards and applies all
   * before it unlocks any.
   *
   * @param lsn the end of their frame in the journal; 0 without one
   * @param shards the shard of each record
   * @param records records and tombstones
   * @param count how many of them
   */
  public void append(long lsn, int[] shards, StoredRecord[] records, int count) {
    Lane[] open = lanes;
    if (open == null || count == 0) {
      return;
    }
    long bytes = 0;
    boolean[] concerned = new boolean[this.shards];
    int wanted = 0;
    for (int i = 0; i < count; i++) {
      bytes += records[i].dataSize() + Unit.OVERHEAD;
      if (!concerned[shards[i]]) {
        concerned[shards[i]] = true;
        wanted++;
      }
    }
    int share = (int) Math.min(bytes / wanted, Integer.MAX_VALUE);
    boolean room = true;
    for (int shard = 0; shard < concerned.length; shard++) {
      room &= !concerned[shard] || open[shard].hasRoom(share);
    }
    if (!room) {
      return;
    }
    StagedBatch batch = new StagedBatch(shards, records, count, wanted);
    for (int shard = 0; shard < concerned.length; shard++) {
      if (concerned[shard]) {
        open[shard].put(batch, lsn, share);
      }
    }
  }

  /**
   * Moves what was appended to the queues of the followers and watches.
   *
   * @return number of mutations moved; 0 if there was nothing to do
   */
  public int drain() {
    handing.lock();
    try {
      Lane[] open = lanes;
      if (open == null) {
        return 0;
      }
      boolean overrun = false;
      for (Lane lane : open) {
        overrun |= lane.overrun();
      }
      return overrun ? giveUp(open) : handOn(open);
    } finally {
      handing.unlock();
    }
  }

  /** Empties all lanes; only then the marks are cleared, and only then rebuilds may begin. */
  private int giveUp(Lane[] open) {
    int count = 1;
    long kept = Long.MAX_VALUE;
    for (Lane lane : open) {
      long end = lane.end();
      if (lane.overrun() || lane.isBefore(end)) {
        kept = Math.min(kept, lane.lastLsn());
      }
      while (lane.isBefore(end)) {
        if (lane.head() instanceof StagedBatch batch) {
          batch.done = true;
        }
        lane.pop();
        count++;
      }
    }
    for (Lane lane : open) {
      lane.clearOverrun();
    }
    feeds.forEach(Feed::gap);
    long lost = kept + 1;
    watches.forEach(watch -> watch.gap(lost));
    history.forget(Objects.requireNonNull(records).staged());
    return count;
  }

  private int handOn(Lane[] open) {
    long[] ends = new long[open.length];
    for (int shard = 0; shard < open.length; shard++) {
      ends[shard] = open[shard].end();
    }
    List<Unit> units = new ArrayList<>();
    boolean again = true;
    while (again) {
      again = false;
      for (int shard = 0; shard < open.length; shard++) {
        again |= handOn(open[shard], shard, ends[shard], units);
      }
    }
    int count = units.stream().mapToInt(unit -> unit.mutations().size()).sum();
    if (count > 0) {
      feeds.forEach(feed -> feed.offer(units));
      watches.forEach(watch -> watch.offer(units));
      history.add(units);
    }
    return count;
  }

  /** Takes what is complete at the head of a lane; true if that completed a batch. */
  private boolean handOn(Lane lane, int shard, long end, List<Unit> units) {
    boolean completed = false;
    while (lane.isBefore(end)) {
      if (lane.head() instanceof StagedBatch batch) {
        if (!lane.headArrived) {
          lane.headArrived = true;
          batch.arrived++;
        }
        if (!batch.done && batch.arrived < batch.lanes) {
          return completed;
        }
        if (!batch.done) {
          batch.done = true;
          completed |= batch.lanes > 1;
          add(units, lane.headLsn(), i -> batch.shards[i], List.of(batch.records));
        }
      } else {
        StoredRecord record = (StoredRecord) lane.head();
        add(units, lane.headLsn(), i -> shard, List.of(record));
      }
      lane.pop();
    }
    return completed;
  }

  private void add(
      List<Unit> units, long lsn, IntUnaryOperator shardOf, List<StoredRecord> written) {
    Unit unit = Unit.of(lsn, shardOf, written, Objects.requireNonNull(records));
    if (unit != null) {
      units.add(unit);
    }
  }

  /**
   * Number of followers.
   *
   * @return 0 or more
   */
  public int followers() {
    return feeds.size();
  }

  /**
   * A follower's name.
   *
   * @param follower from 0 to {@code followers() - 1}
   * @return the name it was added with
   */
  public String followerName(int follower) {
    return feeds.get(follower).name();
  }

  /**
   * Delivers to one follower what waits for it, or goes on with its rebuild. For one thread at a
   * time and follower.
   *
   * @param follower from 0 to {@code followers() - 1}
   * @return number of mutations delivered
   */
  public int deliver(int follower) {
    return feeds.get(follower).deliver();
  }

  /** Gives all current records, for followers that missed some. Implemented by the engine. */
  public interface Records {

    /**
     * Reads a run of one shard's records in key order, with the shard locked during the call.
     *
     * @param shard the shard
     * @param after the last key of the run before; empty for the first run
     * @param max the largest number of records wanted, 1 or more
     * @return the run
     * @throws io.warpengine.api.WarpException CLOSED if the database is closed, which ends the turn
     */
    Run read(int shard, Optional<Bytes> after, int max);

    /**
     * The name of a space.
     *
     * @param space its number
     * @return empty if it is none of the named spaces that are there
     */
    String spaceName(int space);

    /**
     * The end of what is staged in the journal.
     *
     * @return an LSN that no record already read is beyond; 0 without a journal
     */
    long staged();

    /**
     * Does something while no write is under way.
     *
     * @param action what to do; brief, and takes no lock
     * @return that moment
     * @throws io.warpengine.api.WarpException CLOSED if the database is closed
     */
    Moment standstill(Runnable action);
  }

  /**
   * How far writes had come when none was under way.
   *
   * @param sequences of each shard
   * @param staged the end of what is staged in the journal; 0 without one
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Moment(long[] sequences, long staged) {}

  /**
   * A run of records.
   *
   * @param records in key order; fewer than wanted only at the end of the shard
   * @param sequence the shard's sequence at that moment: every write up to it is reflected
   */
  public record Run(List<StoredRecord> records, long sequence) {

    /** Keeps its own copy of the records. */
    public Run {
      records = List.copyOf(records);
    }
  }

  /**
   * Bounds of a follower's queue.
   *
   * @param mutations most mutations that wait
   * @param bytes most bytes that wait
   * @param run records read at once during a rebuild
   * @param ahead runs that may wait to become durable during a rebuild
   */
  record Limits(int mutations, long bytes, int run, int ahead) {}
}
