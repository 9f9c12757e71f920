package io.warpengine.records;

import static java.lang.invoke.MethodType.methodType;

import io.warpengine.api.Problem;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The constructor and the accessors of a record class.
 *
 * @param constructor of type {@code (T...)R}
 * @param accessors each of type {@code (R)T}
 */
record Access(MethodHandle constructor, List<MethodHandle> accessors) {

  /** Finds them, or says why they are out of reach. */
  static Optional<Access> to(Class<?> record, Consumer<Problem> problems) {
    Module module = record.getModule();
    Access.class.getModule().addReads(module);
    try {
      return Optional.of(of(record, lookup(record)));
    } catch (ReflectiveOperationException e) {
      problems.accept(
          new Problem(
              RecordsError.TYPE_UNSUITABLE,
              "record [" + record.getName() + "]",
              "is closed to this module.",
              "Add to the module-info of ["
                  + module.getName()
                  + "]: opens "
                  + record.getPackageName()
                  + " to io.warpengine.records;"));
      return Optional.empty();
    }
  }

  private static MethodHandles.Lookup lookup(Class<?> record) {
    try {
      return MethodHandles.privateLookupIn(record, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      return MethodHandles.publicLookup();
    }
  }

  private static Access of(Class<?> record, MethodHandles.Lookup lookup)
      throws ReflectiveOperationException {
    RecordComponent[] components = record.getRecordComponents();
    MethodHandle[] accessors = new MethodHandle[components.length];
    for (int i = 0; i < components.length; i++) {
      accessors[i] = lookup.unreflect(components[i].getAccessor());
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return new Access(
        lookup.findConstructor(record, methodType(void.class, types)), List.of(accessors));
  }
}
