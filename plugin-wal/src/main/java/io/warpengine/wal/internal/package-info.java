/**
 * The write-ahead log at work. The kernel makes its components; nobody else enters.
 *
 * <p>From the outside in: {@code WalJournal} is the port; {@code Stream} stages and waits; {@code
 * StagingRing} holds what is staged; {@code LogWriter} writes and syncs it; {@code SegmentRoom}
 * keeps room prepared; {@code SegmentFiles} names and makes files; {@code Recovery} reads it all
 * back; {@code Checkpoints} makes old log unnecessary.
 */
package io.warpengine.wal.internal;
