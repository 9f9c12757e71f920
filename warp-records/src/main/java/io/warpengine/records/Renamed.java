package io.warpengine.records;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names that a component had, or that a record of a sealed interface had. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Renamed {

  /**
   * The former names; of a record, its former simple names.
   *
   * @return one or more
   */
  String[] from();
}
