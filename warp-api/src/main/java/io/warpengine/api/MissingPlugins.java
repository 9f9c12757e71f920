package io.warpengine.api;

/** What to do with data whose plugin is not there. */
public enum MissingPlugins {
  /** Refuse to open, and name the jar. */
  REFUSE,
  /** Open what can be read, refuse writes. */
  READ_ONLY,
  /** Open as if the data were not there; it stays where it is. */
  IGNORE
}
