package io.warpengine.cli.command;

import io.warpengine.api.ConfigSetting;
import io.warpengine.api.Durability;
import io.warpengine.api.WarpPlan;

/**
 * What an acknowledged write can lose in each mode, in words.
 *
 * @param buffer the most that is staged
 * @param interval the longest time between syncs
 */
record LossWindow(String buffer, String interval) {

  /** With the figures of the section that configures the journal. */
  static LossWindow of(WarpPlan plan, String section) {
    return new LossWindow(
        value(plan, section + ".buffer-bytes", "the journal's buffer"),
        value(plan, section + ".interval", "the interval"));
  }

  private static String value(WarpPlan plan, String key, String otherwise) {
    return plan.settings().stream()
        .filter(setting -> setting.key().equals(key))
        .map(ConfigSetting::value)
        .findFirst()
        .map(value -> value + " (" + key + ")")
        .orElse(otherwise);
  }

  /** What a killed process loses. */
  String kill(Durability durability) {
    return switch (durability) {
      case NONE -> "everything";
      case MEMORY -> "what was staged: at most " + buffer + "; 5 ms, or a sync that is under way";
      case OS, INTERVAL, SYNC -> "nothing";
    };
  }

  /** What a power cut loses. */
  String powerCut(Durability durability) {
    return switch (durability) {
      case NONE -> "everything";
      case MEMORY, OS -> "a suffix of unbounded age; what is kept is always a prefix";
      case INTERVAL ->
          "at most "
              + interval
              + " plus one sync, or two syncs if a sync takes longer; what is kept is always a"
              + " prefix";
      case SYNC -> "nothing";
    };
  }
}
