package io.warpengine.api;

/**
 * What an acknowledged write has survived, from weakest to strongest. All modes stage the same log
 * frame and differ only in what the acknowledgement waits for.
 */
public enum Durability {
  /** There is no journal: nothing survives the process. */
  NONE,
  /**
   * Staged in the process. A killed process loses what was staged: at most the journal's buffer (4
   * MiB if it is not configured otherwise) and 5 ms, or a sync that is under way; a power cut loses
   * what {@link #OS} loses.
   */
  MEMORY,
  /**
   * Handed to the operating system. A killed process loses nothing; a power cut loses a suffix of
   * the stream of unbounded age, never a hole.
   */
  OS,
  /**
   * Handed to the operating system, and synced every interval. A killed process loses nothing; a
   * power cut loses at most the interval plus one sync, or two syncs if a sync takes longer than
   * the interval, always a suffix of the stream.
   */
  INTERVAL,
  /**
   * Past a successful sync of the device together with everything before it in its stream. Nothing
   * is lost.
   */
  SYNC
}
