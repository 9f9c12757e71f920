package io.warpengine.records;

import io.warpengine.api.Problem;
import io.warpengine.api.WarpException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads classes, once, into component types. What is wrong with a class is collected, so that its
 * author sees all of it together; a type that has a problem is absent.
 */
final class Mapping {

  private static final String TYPES =
      "Use primitives and their boxes, String, Bytes, byte[], UUID, Instant, Duration, LocalDate,"
          + " BigDecimal, enums, records, sealed interfaces of records, and List or Optional of"
          + " these.";

  private final List<Problem> problems = new ArrayList<>();
  private final Set<Class<?>> enclosing = new LinkedHashSet<>();

  /**
   * The records that a value of a type can be: one, or the variants of a sealed interface.
   *
   * @throws WarpException with all problems of the class
   */
  static List<RecordType> variants(Class<?> type) {
    Mapping mapping = new Mapping();
    Optional<ComponentType> mapped = mapping.of(type, "type [" + type.getName() + "]");
    if (!mapping.problems.isEmpty()) {
      throw new WarpException(RecordsError.TYPE_UNSUITABLE, mapping.problems);
    }
    return switch (mapped.orElseThrow()) {
      case RecordType record -> List.of(record);
      case SealedType several -> several.variants();
      default ->
          throw new WarpException(
              RecordsError.TYPE_UNSUITABLE,
              "The type [" + type.getName() + "] is no record and no sealed interface of records.",
              "Ask Codec.of for its codec.");
    };
  }

  private void problem(String where, String what, String help) {
    problems.add(new Problem(RecordsError.TYPE_UNSUITABLE, where, what, help));
  }

  private Optional<ComponentType> of(Type type, String where) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == List.class) {
        return of(argument, where).map(ListType::new);
      }
      if (generic.getRawType() == Optional.class) {
        return of(argument, where).map(OptionalType::new);
      }
    }
    if (type instanceof Class<?> raw) {
      Optional<Scalar> scalar = Scalar.of(raw);
      if (scalar.isPresent()) {
        return scalar.map(ScalarType::new);
      }
      if (raw.isEnum()) {
        return Optional.of(new EnumType(raw));
      }
      if (raw.getTypeParameters().length == 0 && (raw.isRecord() || raw.isSealed())) {
        return nested(raw, where);
      }
    }
    problem(where, "has the type [" + type.getTypeName() + "], which cannot be stored.", TYPES);
    return Optional.empty();
  }

  private Optional<ComponentType> nested(Class<?> type, String where) {
    if (!enclosing.add(type)) {
      problem(
          where,
          "contains the type [" + type.getName() + "] within itself.",
          "Store the parts as records of their own, and their keys here.");
      return Optional.empty();
    }
    try {
      return type.isRecord() ? record(type).map(ComponentType.class::cast) : several(type, where);
    } finally {
      enclosing.remove(type);
    }
  }

  private Optional<ComponentType> several(Class<?> type, String where) {
    List<RecordType> variants = new ArrayList<>();
    boolean whole = variants(type, where, variants);
    Set<String> names = new HashSet<>();
    for (RecordType variant : variants) {
      if (!names.add(variant.name())) {
        problem(
            where,
            "has two variants with the name [" + variant.name() + "].",
            "Variants are told apart by their simple names: rename one.");
      }
    }
    return whole ? Optional.of(new SealedType(type, variants)) : Optional.empty();
  }

  private boolean variants(Class<?> type, String where, List<RecordType> variants) {
    boolean whole = true;
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        whole &= variants(permitted, where, variants);
      } else if (permitted.isRecord() && permitted.getTypeParameters().length == 0) {
        Optional<ComponentType> mapped = nested(permitted, where);
        mapped.ifPresent(variant -> variants.add((RecordType) variant));
        whole &= mapped.isPresent();
      } else {
        problem(
            where,
            "permits [" + permitted.getName() + "], which is no record.",
            "Let a sealed interface permit records without type parameters.");
        whole = false;
      }
    }
    return whole;
  }

  private Optional<RecordType> record(Class<?> type) {
    Optional<Access> access = Access.to(type, problems::add);
    RecordComponent[] declared = type.getRecordComponents();
    List<String> names = Arrays.stream(declared).map(RecordComponent::getName).toList();
    List<Component> components = new ArrayList<>();
    int expiring = 0;
    for (int i = 0; i < declared.length; i++) {
      String where = "component [" + declared[i].getName() + "] of [" + type.getName() + "]";
      int index = i;
      Optional<ComponentType> mapped = of(declared[i].getGenericType(), where);
      List<String> former = formerNames(declared[i], names, where);
      if (mapped.isPresent() && access.isPresent()) {
        components.add(
            new Component(
                names.get(i),
                mapped.get(),
                access.get().accessors().get(index),
                former,
                initial(declared[i], mapped.get(), where)));
      }
      expiring += expiring(declared[i], where);
      hint(declared[i], where);
    }
    if (expiring > 1) {
      problem(
          "record [" + type.getName() + "]",
          "has [" + expiring + "] components with @Ttl.",
          "Let one of them say when the record is gone.");
    }
    List<String> removed = removed(type, names);
    return components.size() < declared.length || access.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RecordType(
                type,
                List.copyOf(components),
                formerNames(type),
                removed,
                access.get().constructor()));
  }

  private List<String> formerNames(RecordComponent component, List<String> names, String where) {
    Renamed renamed = component.getAnnotation(Renamed.class);
    List<String> former = renamed == null ? List.of() : List.of(renamed.from());
    for (String name : former) {
      if (names.contains(name)) {
        problem(
            where,
            "was named [" + name + "], which is the name of a component.",
            "A name that was given up cannot be used again: choose another.");
      }
    }
    return former;
  }

  private static List<String> formerNames(Class<?> type) {
    Renamed renamed = type.getAnnotation(Renamed.class);
    return renamed == null ? List.of() : List.of(renamed.from());
  }

  private List<String> removed(Class<?> type, List<String> names) {
    Removed removed = type.getAnnotation(Removed.class);
    List<String> gone = removed == null ? List.of() : List.of(removed.value());
    for (String name : gone) {
      if (names.contains(name)) {
        problem(
            "record [" + type.getName() + "]",
            "declares [" + name + "] as removed and has a component of that name.",
            "A name that was given up cannot be used again: choose another.");
      }
    }
    return gone;
  }

  private Optional<Object> initial(RecordComponent component, ComponentType type, String where) {
    Added added = component.getAnnotation(Added.class);
    if (added == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.initial(added.value()));
    } catch (RuntimeException e) {
      problem(
          where,
          "has the type ["
              + component.getGenericType().getTypeName()
              + "], which the text of @Added, ["
              + added.value()
              + "], is no value of.",
          "Give a text of the type, or let the component be an Optional or a List that begins"
              + " empty.");
      return Optional.empty();
    }
  }

  private int expiring(RecordComponent component, String where) {
    if (!component.isAnnotationPresent(Ttl.class)) {
      return 0;
    }
    if (!Expiry.fits(component.getGenericType())) {
      problem(
          where,
          "has @Ttl and the type [" + component.getGenericType().getTypeName() + "].",
          "Use an Instant, a Duration, a long of seconds, or an Optional of the first two.");
    }
    if (enclosing.stream().filter(Class::isRecord).count() > 1) {
      problem(
          where,
          "has @Ttl within another record.",
          "Put it on a component of the record that is the value.");
    }
    return 1;
  }

  private void hint(RecordComponent component, String where) {
    if (component.isAnnotationPresent(ShardHint.class)) {
      problem(
          where,
          "has @ShardHint in a value.",
          "Put it on the first component of the record that is the key: the key alone says which"
              + " shard holds a record.");
    }
  }
}
