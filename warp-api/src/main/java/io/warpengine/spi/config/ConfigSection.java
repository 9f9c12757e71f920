package io.warpengine.spi.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record as a section of the configuration. Its compact constructor may check what goes
 * beyond one key by throwing {@link IllegalArgumentException} with a sentence.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ConfigSection {

  /**
   * The dotted prefix of its keys, for example {@code warp.wal}.
   *
   * @return the prefix
   */
  String value();
}
