package io.warpengine.records;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The component that says when the record is gone: an {@link java.time.Instant}, a {@link
 * java.time.Duration} from the write on, or such a number of seconds ({@code long} or {@code int}).
 * An {@code Optional} of an instant or a duration may be empty: never. At most one component has
 * it, of the record that is the value, not of records within it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Ttl {}
