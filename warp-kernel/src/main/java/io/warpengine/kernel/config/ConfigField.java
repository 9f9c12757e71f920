package io.warpengine.kernel.config;

import java.util.Optional;

/**
 * One key that a record declares.
 *
 * @param key its full name
 * @param type how its values are written
 * @param component the class of the record's component
 * @param defaultValue its value when nobody sets it
 * @param min the smallest value
 * @param max the largest value
 * @param description what it does
 * @param since the version that introduced it
 */
record ConfigField(
    String key,
    ConfigType type,
    Class<?> component,
    Object defaultValue,
    Optional<Object> min,
    Optional<Object> max,
    String description,
    String since) {

  /** What is wrong with a value of the right type, as the end of a sentence; empty if nothing. */
  Optional<String> complaint(Object value) {
    if (min.isPresent() && type.compare(value, min.get()) < 0) {
      return Optional.of("must be at least [" + type.render(min.get()) + "]");
    }
    return max.isPresent() && type.compare(value, max.get()) > 0
        ? Optional.of("must be at most [" + type.render(max.get()) + "]")
        : Optional.empty();
  }

  /** The value as the record's constructor takes it. */
  Object argument(Object value) {
    return component == int.class ? (Object) Math.toIntExact((Long) value) : value;
  }

  /** The name of the environment variable that sets it. */
  String variable() {
    return ConfigSources.variable(key);
  }
}
