package io.warpengine.records;

import static java.lang.invoke.MethodType.methodType;

import io.warpengine.api.Problem;
import io.warpengine.api.WarpException;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the classes of keys, once, and collects what is wrong with them. */
final class KeyMapping {

  private static final List<Class<? extends Annotation>> OF_VALUES =
      List.of(Added.class, Renamed.class, Ttl.class);

  private final List<Problem> problems = new ArrayList<>();
  private int deep;

  /**
   * How keys of a class are written.
   *
   * @throws WarpException with all problems of the class
   */
  static KeyPart of(Class<?> type) {
    KeyMapping mapping = new KeyMapping();
    Optional<KeyPart> part = mapping.part(type, "key [" + type.getName() + "]");
    if (!mapping.problems.isEmpty()) {
      throw new WarpException(RecordsError.TYPE_UNSUITABLE, mapping.problems);
    }
    return part.orElseThrow();
  }

  /** The same of a record. */
  static KeyRecord record(Class<?> type) {
    KeyMapping mapping = new KeyMapping();
    Optional<KeyRecord> record = mapping.recordOf(type);
    if (!mapping.problems.isEmpty()) {
      throw new WarpException(RecordsError.TYPE_UNSUITABLE, mapping.problems);
    }
    return record.orElseThrow();
  }

  private void problem(String where, String what, String help) {
    problems.add(new Problem(RecordsError.TYPE_UNSUITABLE, where, what, help));
  }

  private Optional<KeyPart> part(Class<?> type, String where) {
    Optional<KeyPart> known = KeyPart.of(type);
    if (known.isPresent()) {
      return known;
    }
    if (type.isRecord() && deep < StoredType.MOST_DEEP) {
      return recordOf(type).map(KeyPart::record);
    }
    problem(
        where,
        "has the type [" + type.getName() + "], which has no order in a key.",
        "Use one of " + KeyPart.names() + ", an enum, or a record of these.");
    return Optional.empty();
  }

  private Optional<KeyRecord> recordOf(Class<?> type) {
    Optional<Access> access = Access.to(type, problems::add);
    RecordComponent[] components = type.getRecordComponents();
    if (components.length == 0) {
      problem(
          "key [" + type.getName() + "]", "has no component.", "Give it one: a key is not empty.");
    }
    List<KeyPart> parts = new ArrayList<>();
    deep++;
    for (RecordComponent component : components) {
      String where = "component [" + component.getName() + "] of [" + type.getName() + "]";
      part(component.getType(), where).ifPresent(parts::add);
      check(component, component.equals(components[0]), where);
    }
    deep--;
    if (parts.size() < components.length || access.isEmpty()) {
      return Optional.empty();
    }
    List<MethodHandle> accessors =
        access.get().accessors().stream()
            .map(accessor -> accessor.asType(methodType(Object.class, Object.class)))
            .toList();
    return Optional.of(
        new KeyRecord(
            type,
            Arrays.stream(components).map(RecordComponent::getName).toList(),
            List.copyOf(parts),
            accessors,
            access
                .get()
                .constructor()
                .asSpreader(Object[].class, components.length)
                .asType(methodType(Object.class, Object[].class)),
            components.length > 0 && components[0].isAnnotationPresent(ShardHint.class)));
  }

  private void check(RecordComponent component, boolean first, String where) {
    for (Class<? extends Annotation> annotation : OF_VALUES) {
      if (component.isAnnotationPresent(annotation)) {
        problem(
            where,
            "has @" + annotation.getSimpleName() + " in a key.",
            "Put it on a component of the value: a key has no expiry and cannot change its shape.");
      }
    }
    if (component.isAnnotationPresent(ShardHint.class) && (deep > 1 || !first)) {
      problem(
          where,
          "has @ShardHint and is not the first component of the key.",
          "Make it the first: the tag stands at the beginning, so that keys sort by it.");
    }
  }
}
