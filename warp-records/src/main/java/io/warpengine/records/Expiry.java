package io.warpengine.records;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * When a record is gone.
 *
 * @param timeToLive after the write; empty if not by that
 * @param expiresAt at a time; empty if not by that
 */
record Expiry(Optional<Duration> timeToLive, Optional<Instant> expiresAt) {

  static final Expiry NEVER = new Expiry(Optional.empty(), Optional.empty());

  private static final Set<String> TYPES =
      Set.of(
          "long",
          "java.lang.Long",
          "int",
          "java.lang.Integer",
          "java.time.Duration",
          "java.time.Instant",
          "java.util.Optional<java.time.Duration>",
          "java.util.Optional<java.time.Instant>");

  /** Whether a component of a type can say it. */
  static boolean fits(Type type) {
    return TYPES.contains(type.getTypeName());
  }

  /** What the value of a component of such a type says. */
  static Expiry of(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(Expiry::of).orElse(NEVER);
      case Instant instant -> new Expiry(Optional.empty(), Optional.of(instant));
      case Duration duration -> new Expiry(Optional.of(duration), Optional.empty());
      case Number seconds -> of(Duration.ofSeconds(seconds.longValue()));
      default -> throw new IllegalArgumentException("[" + value.getClass() + "] tells no time.");
    };
  }
}
