package io.warpengine.kernel.config;

import java.util.Optional;

/**
 * One value that somebody set.
 *
 * @param value what was written
 * @param typed whether the value comes from the file, where numbers and text differ; otherwise it
 *     is text
 * @param where its place for a problem
 * @param source its place for the list of settings
 */
record Given(Object value, boolean typed, String where, String source) {

  /** The value in the form of a type; empty if it does not fit. */
  Optional<Object> as(ConfigType type) {
    return typed ? type.fromFile(value) : type.fromText((String) value);
  }

  /** Whether somebody hoped that a variable would be replaced by its value. */
  boolean namesVariable() {
    return value instanceof String text && text.contains("${");
  }
}
