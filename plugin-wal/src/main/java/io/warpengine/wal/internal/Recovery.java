package io.warpengine.wal.internal;

import io.warpengine.api.Position;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.journal.Journal.Replay;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.Manifest;
import io.warpengine.wal.WalConfig;
import io.warpengine.wal.internal.LogReading.Outcome;
import io.warpengine.wal.internal.SegmentChain.Link;
import io.warpengine.wal.internal.SegmentFiles.Spare;
import io.warpengine.wal.internal.v1.Frame;
import java.security.SecureRandom;
import java.util.List;

/**
 * From what is on disk to a running stream: restores the checkpoint, replays the log, and begins a
 * new incarnation. The old tail is never appended to.
 *
 * <p>Each step leaves the directory such that doing everything again from the beginning gives the
 * same result: the manifest, which is replaced last, decides which incarnation counts.
 */
final class Recovery {

  private static final int KEPT_TORN = 4;
  private static final int CHUNK_BYTES = 1 << 20;

  private final WalConfig config;
  private final Disk disk;
  private final Manifest manifest;
  private final WalMetrics metrics;
  private final SegmentFiles files;
  private final WalState state;
  private final SegmentChain chain;

  Recovery(WalConfig config, Disk disk, Manifest manifest, WalMetrics metrics) {
    this.config = config;
    this.disk = disk;
    this.manifest = manifest;
    this.metrics = metrics;
    this.files = new SegmentFiles(disk);
    this.state = WalState.read(manifest);
    this.chain = SegmentChain.read(disk, manifest.databaseId(), state);
  }

  /** Restores and replays; changes no file. */
  Outcome read(Replay replay, List<Checkpointable> owners) {
    if (state.checkpoint() > 0) {
      Checkpoint.read(disk, manifest.databaseId(), state.checkpoint()).restore(owners);
    }
    long began = System.nanoTime();
    int threads = Runtime.getRuntime().availableProcessors();
    try (Replayer replayer = new Replayer(replay, threads)) {
      Outcome outcome = new LogReading(disk, state, chain, config.recovery(), replayer).read();
      replayer.finish();
      report(outcome, replayer.records(), System.nanoTime() - began);
      return outcome;
    }
  }

  /** Begins a new incarnation after what was read. */
  OpenLog open(Outcome outcome, List<Checkpointable> owners) {
    files.createDirectories();
    files.removeSpares();
    chain.unborn().forEach(files::delete);
    makeTailDurable(outcome.end());
    keepTorn(outcome);
    long segmentBytes = config.segmentBytes().bytes() & -Frame.ALIGNMENT;
    SegmentRoom room = new SegmentRoom(files, segmentBytes, largestFrame());
    Spare spare = room.first();
    try {
      return begin(outcome, owners, room, spare);
    } catch (RuntimeException e) {
      spare.file().close();
      throw e;
    }
  }

  private OpenLog begin(
      Outcome outcome, List<Checkpointable> owners, SegmentRoom room, Spare spare) {
    boolean lossy = !outcome.damages().isEmpty();
    long start = lossy ? Math.max(outcome.lastSeen(), outcome.durable()) : outcome.end();
    long number = unusedNumber();
    Incarnation incarnation =
        new Incarnation(
            manifest.databaseId(), state.incarnation() + 1, new SecureRandom().nextLong());
    Segment segment =
        files.activate(
            spare,
            incarnation.header(
                number, start, spare.dataBytes(), outcome.end(), outcome.lastChecksum()));
    WalState opened = state.opened(incarnation.number(), start, number);
    if (lossy) {
      opened = checkpointAt(opened, start, number, owners).leavingOutBefore(number);
    }
    opened.commit(manifest);
    opened = giveUpOld(opened);
    CheckpointWriter.deleteAllBut(disk, opened.checkpoint());
    return assemble(owners, room, incarnation, segment, opened, lossy);
  }

  /** Deletes what is not needed; what was left out is kept under another name, also next time. */
  private WalState giveUpOld(WalState opened) {
    chain.obsolete().stream()
        .filter(number -> number >= state.leftOutBefore())
        .forEach(files::delete);
    if (opened.leftOutBefore() == 0) {
      return opened;
    }
    files.setAsideBefore(opened.leftOutBefore());
    WalState done = opened.leavingOutBefore(0);
    done.commit(manifest);
    return done;
  }

  /** A number that no file ever had, also none that is damaged. */
  private long unusedNumber() {
    List<Long> present = files.numbers();
    return Math.max(chain.highestNumber(), present.isEmpty() ? 0 : present.getLast()) + 1;
  }

  private OpenLog assemble(
      List<Checkpointable> owners,
      SegmentRoom room,
      Incarnation incarnation,
      Segment segment,
      WalState opened,
      boolean lossy) {
    int largestFrame = largestFrame();
    StagingRing ring =
        new StagingRing((int) config.bufferBytes().bytes(), segment.header().firstLsn());
    Preparer preparer = new Preparer(room);
    LogWriter writer =
        new LogWriter(ring, files, room, incarnation, metrics, preparer, largestFrame, segment);
    if (!lossy) {
      for (Link link : chain.live()) {
        writer.segments().put(link.header().number(), link.header().firstLsn());
      }
    }
    long interval = config.interval().toNanos();
    Stream stream = new Stream(ring, writer, room, incarnation, largestFrame, interval);
    long logBytes = config.checkpointLogBytes().bytes();
    Checkpoints checkpoints =
        new Checkpoints(disk, manifest, files, room, stream, owners, logBytes, opened);
    return new OpenLog(stream, room, preparer, checkpoints);
  }

  /** The largest frame that goes through the ring. */
  private int largestFrame() {
    return (int) Math.min(config.bufferBytes().bytes(), config.segmentBytes().bytes()) / 4;
  }

  /**
   * What is read as valid is built upon, so it must not be lost to a later power cut. It is written
   * again: after a force that failed in an earlier life the operating system may hold it as clean
   * although the device never got it, and would then force nothing.
   */
  private void makeTailDurable(long end) {
    if (state.isClean() || chain.live().isEmpty()) {
      return;
    }
    Link last = chain.live().getLast();
    long from = Math.max(last.header().firstLsn(), state.checkpointLsn());
    byte[] bytes = new byte[CHUNK_BYTES];
    try (DiskFile file = disk.open(last.path(), Access.WRITE)) {
      for (long lsn = from; lsn < end; lsn += CHUNK_BYTES) {
        int length = (int) Math.min(CHUNK_BYTES, end - lsn);
        int read = file.read(last.header().offset(lsn), bytes, 0, length);
        file.write(last.header().offset(lsn), bytes, 0, read);
      }
      file.force();
    }
  }

  private void keepTorn(Outcome outcome) {
    if (outcome.tornEnd() == outcome.end() || chain.live().isEmpty()) {
      return;
    }
    Link last = chain.live().getLast();
    byte[] bytes = new byte[(int) (outcome.tornEnd() - outcome.end())];
    try (DiskFile file = disk.open(last.path(), Access.READ)) {
      file.read(last.header().offset(outcome.end()), bytes, 0, bytes.length);
    }
    String path =
        SegmentFiles.DIRECTORY + "/torn-" + last.header().incarnation() + "-" + outcome.end();
    List<String> torn = files.torn();
    torn.stream().limit(Math.max(0, torn.size() - KEPT_TORN + 1)).forEach(disk::delete);
    disk.delete(path);
    try (DiskFile file = disk.open(path, Access.CREATE)) {
      file.write(0, bytes, 0, bytes.length);
      file.force();
    }
    disk.forceDirectory(SegmentFiles.DIRECTORY);
    Loggers.LOG.warn(
        "The log's torn tail after LSN [{}] was cut: [{}] bytes that nobody was told to be durable"
            + " are kept in [{}]",
        outcome.end(),
        bytes.length,
        path);
  }

  /** After a lossy recovery the old log is not replayed again: a checkpoint takes its place. */
  private WalState checkpointAt(
      WalState opened, long start, long number, List<Checkpointable> owners) {
    long id = state.checkpoint() + 1;
    CheckpointWriter.deleteAllBut(disk, state.checkpoint());
    new CheckpointWriter(disk, manifest.databaseId(), id, () -> false)
        .write(Position.of(start), owners);
    return opened.checkpointed(id, start, start, number);
  }

  private void report(Outcome outcome, long records, long nanos) {
    for (Damage damage : outcome.damages()) {
      Loggers.LOG.error("Left out by [{}]: {}", config.recovery(), damage.sentence());
    }
    Loggers.LOG.debug(
        "Replayed [{}] records up to LSN [{}] in [{}] ms",
        records,
        outcome.end(),
        nanos / 1_000_000);
  }
}
