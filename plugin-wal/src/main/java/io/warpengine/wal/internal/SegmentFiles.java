package io.warpengine.wal.internal;

import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.wal.internal.v1.SegmentHeader;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names and makes the files of the log.
 *
 * <p>A segment is prepared under the name {@code spare-N.wal}: filled with zeros and forced, so
 * that later writes change neither size nor allocation. It becomes a segment when its header is
 * written and forced, and only then renamed: a file named {@code cosmic-SS-N.wal} always has a
 * valid header.
 */
final class SegmentFiles {

  static final String DIRECTORY = "wal";
  static final String CHECKPOINTS = "wal/checkpoints";
  private static final String SEGMENT_PREFIX = "cosmic-00-";
  private static final String SPARE_PREFIX = "spare-";
  private static final String SUFFIX = ".wal";

  /**
   * What segments are filled with, a page at a time. A larger write makes Linux cache the file in
   * larger folios, and each small write into such a folio then walks over all its blocks, which
   * costs more than the write (ext4, Linux 6.18, 160 bytes: 4 microseconds instead of 1).
   */
  private static final byte[] ZEROS = new byte[1 << 12];

  private final Disk disk;
  private final AtomicLong spares = new AtomicLong();

  SegmentFiles(Disk disk) {
    this.disk = disk;
  }

  /** A prepared file. */
  record Spare(String path, DiskFile file, long dataBytes) {}

  static String segmentPath(long number) {
    return String.format(Locale.ROOT, "%s/%s%010d%s", DIRECTORY, SEGMENT_PREFIX, number, SUFFIX);
  }

  /** The numbers of all segments, ascending. */
  static List<Long> numbers(Disk disk) {
    return disk.list(DIRECTORY).stream()
        .filter(name -> name.matches(SEGMENT_PREFIX + "\\d{10}" + "\\" + SUFFIX))
        .map(name -> Long.valueOf(name.substring(SEGMENT_PREFIX.length(), name.length() - 4)))
        .sorted()
        .toList();
  }

  List<Long> numbers() {
    return numbers(disk);
  }

  /** Makes the directories; has no effect if they are there. */
  void createDirectories() {
    if (!disk.exists(CHECKPOINTS)) {
      disk.createDirectories(CHECKPOINTS);
      disk.forceDirectory(DIRECTORY);
      disk.forceDirectory("");
    }
  }

  /** What was kept of torn tails, oldest first. */
  List<String> torn() {
    return disk.list(DIRECTORY).stream()
        .filter(name -> name.matches("torn-\\d+-\\d+"))
        .sorted(Comparator.comparingLong(name -> Long.parseLong(name.split("-", 3)[1])))
        .map(name -> DIRECTORY + "/" + name)
        .toList();
  }

  /** Removes prepared files that an earlier process left. */
  void removeSpares() {
    disk.list(DIRECTORY).stream()
        .filter(name -> name.startsWith(SPARE_PREFIX))
        .forEach(name -> disk.delete(DIRECTORY + "/" + name));
  }

  /**
   * Makes a file of zeros.
   *
   * @throws WarpException DISK_FULL if there is no room; then nothing is left behind
   */
  Spare prepare(long dataBytes) {
    String path = sparePath();
    DiskFile file = disk.open(path, Access.CREATE);
    try {
      long size = SegmentHeader.BYTES + dataBytes;
      for (long at = 0; at < size; at += ZEROS.length) {
        file.write(at, ZEROS, 0, (int) Math.min(ZEROS.length, size - at));
      }
      file.force();
      return new Spare(path, file, dataBytes);
    } catch (WarpException e) {
      discard(path, file, e);
      throw e;
    }
  }

  /** Makes a file that holds one large frame; nothing of it counts until it is activated. */
  Spare prepareFor(byte[] frame) {
    String path = sparePath();
    DiskFile file = disk.open(path, Access.CREATE);
    try {
      file.write(0, ZEROS, 0, SegmentHeader.BYTES);
      file.write(SegmentHeader.BYTES, frame, 0, frame.length);
      file.force();
      return new Spare(path, file, frame.length);
    } catch (WarpException e) {
      discard(path, file, e);
      throw e;
    }
  }

  /** Turns a prepared file into a segment, durably. */
  Segment activate(Spare spare, SegmentHeader header) {
    spare.file().write(0, header.encode(), 0, SegmentHeader.BYTES);
    spare.file().force();
    String path = segmentPath(header.number());
    disk.rename(spare.path(), path);
    disk.forceDirectory(DIRECTORY);
    return new Segment(path, spare.file(), header);
  }

  /** Turns a segment that is not needed any more into a prepared file. */
  Spare recycle(long number) {
    String path = sparePath();
    disk.rename(segmentPath(number), path);
    disk.forceDirectory(DIRECTORY);
    DiskFile file = disk.open(path, Access.WRITE);
    return new Spare(path, file, file.size() - SegmentHeader.BYTES);
  }

  /** Keeps segments for people to look at, durably; the log does not count them any more. */
  void setAsideBefore(long end) {
    for (long number : numbers()) {
      if (number < end) {
        disk.rename(segmentPath(number), DIRECTORY + "/left-out-" + number);
      }
    }
    disk.forceDirectory(DIRECTORY);
  }

  void delete(long number) {
    disk.delete(segmentPath(number));
  }

  void discard(Spare spare) {
    spare.file().close();
    disk.delete(spare.path());
  }

  private void discard(String path, DiskFile file, WarpException failure) {
    try {
      file.close();
      disk.delete(path);
    } catch (WarpException e) {
      failure.addSuppressed(e);
    }
  }

  private String sparePath() {
    return DIRECTORY + "/" + SPARE_PREFIX + spares.incrementAndGet() + SUFFIX;
  }
}
