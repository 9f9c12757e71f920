package io.warpengine.wal.internal;

import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.wal.WalConfig.RecoveryMode;
import io.warpengine.wal.internal.SegmentChain.Link;
import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.SegmentHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the log from a position to its end and decides what its end is.
 *
 * <p>The rule: let D be the largest LSN that anything readable says to be durable: a frame, also
 * one that follows an invalid spot; the beginning of a segment or of an incarnation, since what
 * comes before was synced first; the end of a checkpoint; a clean close. Everything up to D must be
 * valid, else the log is damaged. Above D the frames that follow each other without a gap are kept:
 * a power cut may have dropped any part of what was written and not synced. Bytes after those are a
 * torn tail, which nobody was told to be durable.
 */
final class LogReading {

  private final Disk disk;
  private final WalState state;
  private final SegmentChain chain;
  private final RecoveryMode mode;
  private final LogScanner.Visitor visitor;
  private final List<Damage> damages = new ArrayList<>();
  private long durable;
  private long end;
  private long lastSeen;
  private int lastChecksum;
  private boolean stopped;
  private long tornEnd;

  LogReading(
      Disk disk,
      WalState state,
      SegmentChain chain,
      RecoveryMode mode,
      LogScanner.Visitor visitor) {
    this.disk = disk;
    this.state = state;
    this.chain = chain;
    this.mode = mode;
    this.visitor = visitor;
    damages.addAll(chain.damages());
  }

  /**
   * What was found.
   *
   * @param end the LSN after the last frame kept
   * @param lastChecksum the checksum of that frame; 0 if none was read
   * @param durable the largest LSN known to have been durable
   * @param lastSeen the LSN after the last frame seen, kept or not
   * @param tornEnd where the torn tail after the end ends; the end if there is none
   * @param damages what is wrong; empty unless the mode allows to go on
   */
  record Outcome(
      long end,
      int lastChecksum,
      long durable,
      long lastSeen,
      long tornEnd,
      List<Damage> damages) {}

  /**
   * Reads.
   *
   * @throws io.warpengine.api.WarpException LOG_DAMAGED in strict mode
   */
  Outcome read() {
    refuseIfStrict();
    long from = state.checkpointLsn();
    durable = Math.max(Math.max(state.checkpointEnd(), state.cleanLsn()), state.startLsn());
    end = from;
    List<Link> links = chain.live();
    if (!links.isEmpty() && from < links.getFirst().header().firstLsn()) {
      Link first = links.getFirst();
      gap(first, from, first.header().firstLsn(), "the log before it is missing");
    }
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      boolean last = i == links.size() - 1;
      if (last || link.limit() > from) {
        readSegment(link, last, Math.max(from, link.header().firstLsn()));
      }
    }
    refuseIfStrict();
    if (stopped) {
      Damage first = damages.getFirst();
      refuseIfCheckpointIsPast(first);
      long to = Math.max(lastSeen, durable);
      String what = "everything from the first damage on was left out";
      damages.add(new Damage(first.path(), first.offset(), end, to, what));
    }
    return new Outcome(
        end, lastChecksum, durable, Math.max(lastSeen, end), Math.max(tornEnd, end), damages);
  }

  private void readSegment(Link link, boolean last, long from) {
    try (DiskFile file = disk.open(link.path(), Access.READ)) {
      LogScanner scanner = new LogScanner(file, link.header());
      if (!stopped && lastChecksum != 0 && !follows(link.header())) {
        gap(link, from, from, "it does not follow the segment before it");
      }
      long valid = scanner.scan(from, link.limit(), this::visit);
      advance(scanner, valid);
      if (last) {
        readTail(link, scanner, file, valid);
      } else if (valid < link.limit()) {
        skipDamage(link, scanner, valid, link.limit());
      }
    }
  }

  private boolean follows(SegmentHeader header) {
    int checksum = header.previousChecksum();
    return header.previousLsn() == end && (checksum == 0 || checksum == lastChecksum);
  }

  private void advance(LogScanner scanner, long valid) {
    durable = Math.max(durable, scanner.durableLsn());
    lastSeen = Math.max(lastSeen, valid);
    if (!stopped) {
      end = Math.max(end, valid);
      lastChecksum = scanner.lastChecksum() == 0 ? lastChecksum : scanner.lastChecksum();
    }
  }

  /** Everything in this segment is known to have been durable. */
  private void skipDamage(Link link, LogScanner scanner, long from, long limit) {
    long spot = from;
    while (spot < limit) {
      long next = scanner.find(spot + Frame.ALIGNMENT, limit);
      boolean missing = next > link.header().endLsn();
      gap(link, spot, next, missing ? "a segment after it is missing" : "no valid frame is there");
      if (next == limit) {
        return;
      }
      spot = scanner.scan(next, limit, this::visit);
      advance(scanner, spot);
    }
  }

  private void readTail(Link link, LogScanner scanner, DiskFile file, long spot) {
    long limit = link.limit();
    LogScanner ahead = new LogScanner(file, link.header());
    long afterLast = spot;
    long next = ahead.find(spot + Frame.ALIGNMENT, limit);
    while (next < limit) {
      afterLast = ahead.scan(next, limit, (lsn, bytes, at) -> {});
      next = ahead.find(afterLast + Frame.ALIGNMENT, limit);
    }
    durable = Math.max(durable, ahead.durableLsn());
    lastSeen = Math.max(lastSeen, afterLast);
    if (durable > spot) {
      if (afterLast > spot) {
        skipDamage(link, scanner, spot, Math.max(afterLast, durable));
      } else {
        String what = state.isClean() ? "the log was closed cleanly behind it" : "it was durable";
        gap(link, spot, durable, "no valid frame is there, and " + what);
      }
      return;
    }
    boolean cut = file.size() < link.header().offset(link.header().endLsn());
    if (cut && !state.isClean()) {
      gap(link, spot, link.header().endLsn(), "the file is shorter than it was made");
    } else {
      long torn = Math.max(afterLast, spot + ahead.begunBytes(spot, limit));
      tornEnd = torn > spot && !stopped ? torn : 0;
    }
  }

  private void visit(long lsn, byte[] bytes, int at) {
    if (!stopped) {
      visitor.frame(lsn, bytes, at);
    }
  }

  private void gap(Link link, long from, long to, String what) {
    damages.add(new Damage(link.path(), link.header().offset(from), from, to, what));
    lastChecksum = 0;
    refuseIfStrict();
    stopped |= mode == RecoveryMode.POINT_IN_TIME;
  }

  /** A checkpoint holds some of what came before its end, so it cannot be cut in the middle. */
  private void refuseIfCheckpointIsPast(Damage first) {
    if (first.fromLsn() < state.checkpointEnd()) {
      String what =
          "the checkpoint holds changes up to LSN ["
              + state.checkpointEnd()
              + "], so no point in time before that can be had: only [salvage] goes on";
      throw new Damage(first.path(), first.offset(), first.fromLsn(), first.toLsn(), what)
          .refusal();
    }
  }

  private void refuseIfStrict() {
    if (mode == RecoveryMode.STRICT && !damages.isEmpty()) {
      throw Damage.refusal(damages);
    }
  }
}
