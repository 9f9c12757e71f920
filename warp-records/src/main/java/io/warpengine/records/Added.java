package io.warpengine.records;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component that records stored before it was added do not have. The value that they get is
 * checked when the class is read.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Added {

  /**
   * The value in older records: a number, text, the name of an enum constant, or what the {@code
   * parse} of the type takes. Empty for text, an empty list and an empty optional.
   *
   * @return its text
   */
  String value() default "";
}
