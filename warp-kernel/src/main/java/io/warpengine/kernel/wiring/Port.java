package io.warpengine.kernel.wiring;

import java.util.Locale;

/** The places of the engine that a plugin can fill, each with what the kernel has for it. */
enum Port {
  STORAGE("heap"),
  PLACEMENT("hash"),
  CACHE("none"),
  JOURNAL("none");

  private final String fallback;

  Port(String fallback) {
    this.fallback = fallback;
  }

  /** The name of the kernel's own. */
  String fallback() {
    return fallback;
  }

  /** The port's name in words and, after {@code warp.}, the key that chooses. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The configuration key that chooses. */
  String key() {
    return "warp." + word();
  }
}
