package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.wal.WalError;
import io.warpengine.wal.internal.v1.SegmentHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The segments that are there, sorted out.
 *
 * @param live those that hold the log, by number
 * @param obsolete numbers of those that no checkpoint needs any more
 * @param unborn numbers of those begun by an opening that did not get as far as the manifest
 * @param damages segments that should be there and cannot be used
 */
record SegmentChain(List<Link> live, List<Long> obsolete, List<Long> unborn, List<Damage> damages) {

  /**
   * One segment.
   *
   * @param path its file
   * @param header what its header says
   * @param limit where its part of the log ends: where the next segment begins, else the end of its
   *     room
   */
  record Link(String path, SegmentHeader header, long limit) {}

  long highestNumber() {
    long highest = 0;
    for (Link link : live) {
      highest = Math.max(highest, link.header().number());
    }
    for (long number : obsolete) {
      highest = Math.max(highest, number);
    }
    for (long number : unborn) {
      highest = Math.max(highest, number);
    }
    return highest;
  }

  static SegmentChain read(Disk disk, UUID databaseId, WalState state) {
    List<SegmentHeader> headers = new ArrayList<>();
    List<Long> obsolete = new ArrayList<>();
    List<Long> unborn = new ArrayList<>();
    List<Damage> damages = new ArrayList<>();
    for (long number : SegmentFiles.numbers(disk)) {
      String path = SegmentFiles.segmentPath(number);
      SegmentHeader header = readHeader(disk, path);
      if (number < state.firstSegment() && state.incarnation() > 0) {
        obsolete.add(number);
      } else if (header == null
          || !header.databaseId().equals(databaseId)
          || header.number() != number) {
        String what = header == null ? "its header is damaged" : "it belongs somewhere else";
        damages.add(new Damage(path, 0, -1, -1, what));
      } else if (header.incarnation() > state.incarnation()) {
        requireEmpty(disk, path, header);
        unborn.add(number);
      } else {
        headers.add(header);
      }
    }
    requireSegment(headers, state.firstSegment(), state, damages);
    if (state.startSegment() > state.firstSegment()) {
      requireSegment(headers, state.startSegment(), state, damages);
    }
    removeEmpty(headers, state, obsolete);
    return new SegmentChain(links(headers), obsolete, unborn, damages);
  }

  /** Openings that wrote nothing leave segments that nobody needs once another one follows. */
  private static void removeEmpty(
      List<SegmentHeader> headers, WalState state, List<Long> obsolete) {
    for (int i = headers.size() - 2; i >= 0; i--) {
      SegmentHeader header = headers.get(i);
      boolean isEmpty = headers.get(i + 1).firstLsn() == header.firstLsn();
      if (isEmpty && header.number() != state.firstSegment()) {
        obsolete.add(header.number());
        headers.remove(i);
      }
    }
  }

  private static List<Link> links(List<SegmentHeader> headers) {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      SegmentHeader header = headers.get(i);
      long limit = i + 1 < headers.size() ? headers.get(i + 1).firstLsn() : header.endLsn();
      links.add(new Link(SegmentFiles.segmentPath(header.number()), header, limit));
    }
    return links;
  }

  private static void requireSegment(
      List<SegmentHeader> headers, long number, WalState state, List<Damage> damages) {
    boolean there = headers.stream().anyMatch(header -> header.number() == number);
    String path = SegmentFiles.segmentPath(number);
    boolean told = damages.stream().anyMatch(damage -> damage.path().equals(path));
    if (state.incarnation() > 0 && !there && !told) {
      damages.add(new Damage(path, 0, -1, -1, "the file is missing"));
    }
  }

  private static void requireEmpty(Disk disk, String path, SegmentHeader header) {
    try (DiskFile file = disk.open(path, Access.READ)) {
      LogScanner scanner = new LogScanner(file, header);
      long end = scanner.scan(header.firstLsn(), header.endLsn(), (lsn, bytes, at) -> {});
      if (end > header.firstLsn()) {
        throw new WarpException(
            WalError.STATE_DAMAGED,
            "The log file ["
                + path
                + "] is of incarnation ["
                + header.incarnation()
                + "], which the manifest does not know: the manifest is older than the log.",
            "Restore the manifest that belongs to this log.");
      }
    }
  }

  private static @Nullable SegmentHeader readHeader(Disk disk, String path) {
    byte[] bytes = new byte[SegmentHeader.BYTES];
    try (DiskFile file = disk.open(path, Access.READ)) {
      file.read(0, bytes, 0, bytes.length);
    }
    int version = SegmentHeader.version(bytes);
    if (version > SegmentHeader.VERSION) {
      throw new WarpException(
          CoreError.FORMAT_TOO_NEW,
          "The log file ["
              + path
              + "] has format version ["
              + version
              + "]; this engine knows ["
              + SegmentHeader.VERSION
              + "].",
          "Open it with the version of WarpEngine that wrote it, or a later one.");
    }
    return SegmentHeader.decode(bytes).orElse(null);
  }
}
