package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.store.Manifest;
import io.warpengine.wal.WalError;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The log's section of the manifest: what must be known before any log file can be trusted.
 *
 * @param incarnation how often the log was opened for writing
 * @param startLsn where this incarnation begins
 * @param startSegment the segment that it began with
 * @param firstSegment the first segment that is still needed
 * @param checkpoint the newest checkpoint; 0 if there is none
 * @param checkpointLsn everything up to here is in the checkpoint
 * @param checkpointEnd the checkpoint may hold changes up to here, so the log must reach it
 * @param cleanLsn where the log ends if it was closed cleanly; -1 if it was not
 * @param leftOutBefore segments before this one were left out and are still to be renamed; 0 if
 *     there are none
 */
record WalState(
    int incarnation,
    long startLsn,
    long startSegment,
    long firstSegment,
    long checkpoint,
    long checkpointLsn,
    long checkpointEnd,
    long cleanLsn,
    long leftOutBefore) {

  static final String SECTION = "wal";
  static final WalState NEW = new WalState(0, 0, 0, 1, 0, 0, 0, -1, 0);
  private static final int FORMAT = 1;
  private static final String LEFT_OUT = "left-out-before";

  static WalState read(Manifest manifest) {
    SortedMap<String, String> section = manifest.section(SECTION);
    if (section.isEmpty()) {
      return NEW;
    }
    long format = number(section, "format-version");
    if (format > FORMAT) {
      throw new WarpException(
          CoreError.FORMAT_TOO_NEW,
          "The log has format version [" + format + "]; this engine knows [" + FORMAT + "].",
          "Open it with the version of WarpEngine that wrote it, or a later one.");
    }
    return new WalState(
        (int) number(section, "incarnation"),
        number(section, "start-lsn"),
        number(section, "start-segment"),
        number(section, "first-segment"),
        number(section, "checkpoint"),
        number(section, "checkpoint-lsn"),
        number(section, "checkpoint-end-lsn"),
        number(section, "clean-lsn"),
        section.containsKey(LEFT_OUT) ? number(section, LEFT_OUT) : 0);
  }

  void commit(Manifest manifest) {
    SortedMap<String, String> section = new TreeMap<>();
    section.put("format-version", Integer.toString(FORMAT));
    section.put("incarnation", Integer.toString(incarnation));
    section.put("start-lsn", Long.toString(startLsn));
    section.put("start-segment", Long.toString(startSegment));
    section.put("first-segment", Long.toString(firstSegment));
    section.put("checkpoint", Long.toString(checkpoint));
    section.put("checkpoint-lsn", Long.toString(checkpointLsn));
    section.put("checkpoint-end-lsn", Long.toString(checkpointEnd));
    section.put("clean-lsn", Long.toString(cleanLsn));
    if (leftOutBefore > 0) {
      section.put(LEFT_OUT, Long.toString(leftOutBefore));
    }
    manifest.commit(SECTION, section);
  }

  boolean isClean() {
    return cleanLsn >= 0;
  }

  WalState opened(int newIncarnation, long lsn, long segment) {
    return new WalState(
        newIncarnation,
        lsn,
        segment,
        incarnation == 0 ? segment : firstSegment,
        checkpoint,
        checkpointLsn,
        checkpointEnd,
        -1,
        leftOutBefore);
  }

  WalState checkpointed(long id, long lsn, long end, long first) {
    return new WalState(
        incarnation, startLsn, startSegment, first, id, lsn, end, cleanLsn, leftOutBefore);
  }

  WalState leavingOutBefore(long segment) {
    return new WalState(
        incarnation,
        startLsn,
        startSegment,
        firstSegment,
        checkpoint,
        checkpointLsn,
        checkpointEnd,
        cleanLsn,
        segment);
  }

  WalState closedAt(long lsn) {
    return new WalState(
        incarnation,
        startLsn,
        startSegment,
        firstSegment,
        checkpoint,
        checkpointLsn,
        checkpointEnd,
        lsn,
        leftOutBefore);
  }

  private static long number(SortedMap<String, String> section, String name) {
    String text = section.getOrDefault(name, "");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new WarpException(
          WalError.STATE_DAMAGED,
          "In the manifest, [" + name + "] of section [wal] is [" + text + "] instead of a number.",
          "Restore the manifest from a backup.",
          e);
    }
  }
}
