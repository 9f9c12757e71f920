package io.warpengine.spi.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a {@link ConfigSection} record. The component's type is {@code int},
 * {@code long}, {@code double}, {@code boolean}, {@link String}, {@link java.time.Duration}, {@link
 * ByteSize}, {@link java.nio.file.Path}, an enumeration, or a {@code List} of {@link String}. The
 * key is the component's name in lower case with dashes.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ConfigKey {

  /**
   * The default, written as in the file: {@code 30s}, {@code 64MiB}, {@code true}, {@code sync}.
   *
   * @return the default as text
   */
  String defaultValue();

  /**
   * What the key does, in one sentence, with its unit.
   *
   * @return the sentence
   */
  String description();

  /**
   * The smallest value, written as in the file; empty means none.
   *
   * @return the smallest value or empty
   */
  String min() default "";

  /**
   * The largest value, written as in the file; empty means none.
   *
   * @return the largest value or empty
   */
  String max() default "";

  /**
   * The version that introduced the key.
   *
   * @return a version
   */
  String since() default "0.1";
}
