package io.warpengine.api;

/** Whose turn it is after a failure. */
public enum ErrorCategory {
  /**
   * The caller asked for something that can never work: change the request or the configuration.
   */
  USER,
  /** Something is used up (memory, disk, time): free some and try again; nothing was applied. */
  RESOURCE,
  /** Stored bytes are not what was written: stop, look, restore or salvage. */
  CORRUPTION,
  /** The database or a part of it does not serve now: reopen it or wait. */
  UNAVAILABLE,
  /** A defect in the engine or in a plugin: report it. */
  INTERNAL
}
