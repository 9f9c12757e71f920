package io.warpengine.wal.internal;

import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.SegmentHeader;
import java.util.UUID;

/**
 * What all frames and segments have in common that one opening of the log writes.
 *
 * @param databaseId the database
 * @param number 1 for the first opening
 * @param salt random, so that bytes of other incarnations never validate
 */
record Incarnation(UUID databaseId, int number, long salt) {

  void complete(byte[] buffer, int at, int type, int payloadBytes, long lsn, long durableLsn) {
    Frame.complete(buffer, at, type, payloadBytes, number, salt, lsn, durableLsn);
  }

  SegmentHeader header(
      long segment, long firstLsn, long dataBytes, long previousLsn, int previousChecksum) {
    return new SegmentHeader(
        databaseId, 0, segment, firstLsn, dataBytes, previousLsn, previousChecksum, number, salt);
  }
}
