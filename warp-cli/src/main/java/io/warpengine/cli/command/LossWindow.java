package io.warpengine.cli.command;

import io.warpengine.api.Durability;

/** What an acknowledged write can lose in each mode, in words. */
final class LossWindow {

  private LossWindow() {}

  /** What a killed process loses. */
  static String kill(Durability durability) {
    return switch (durability) {
      case NONE -> "everything";
      case MEMORY -> "what was staged: at most 4 MiB or 5 ms";
      case OS, INTERVAL, SYNC -> "nothing";
    };
  }

  /** What a power cut loses. */
  static String powerCut(Durability durability) {
    return switch (durability) {
      case NONE -> "everything";
      case MEMORY, OS -> "a suffix of unbounded age; what is kept is always a prefix";
      case INTERVAL -> "at most the interval plus one sync; what is kept is always a prefix";
      case SYNC -> "nothing";
    };
  }

  /** Both, in one sentence. */
  static String sentence(Durability durability) {
    return durability
        + ": a killed process loses "
        + kill(durability)
        + "; a power cut loses "
        + powerCut(durability)
        + ".";
  }
}
