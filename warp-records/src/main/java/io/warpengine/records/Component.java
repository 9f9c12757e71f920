package io.warpengine.records;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * A component of a record.
 *
 * @param name its name
 * @param type how its values are stored
 * @param accessor of type {@code (R)T}
 * @param formerNames names that it had
 * @param initial its value in records that were stored before it was added; empty if it was always
 *     there
 */
record Component(
    String name,
    ComponentType type,
    MethodHandle accessor,
    List<String> formerNames,
    Optional<Object> initial) {

  /** The component's value in a record. */
  Object of(Object record) {
    try {
      return accessor.invoke(record);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }
}
