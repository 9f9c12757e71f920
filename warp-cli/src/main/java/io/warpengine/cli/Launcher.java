package io.warpengine.cli;

import java.util.Set;

/** What {@code bin/warp} and this program agree on. */
final class Launcher {

  /** Variables for the command line itself; no configuration keys of the engine. */
  static final Set<String> VARIABLES =
      Set.of(
          "WARP_HOME",
          "WARP_DATA",
          "WARP_CONFIG",
          "WARP_PLUGINS",
          "WARP_JAVA_HOME",
          "WARP_JAVA_OPTS",
          "WARP_LOGBACK",
          "WARP_TERMINALS");

  private Launcher() {}
}
