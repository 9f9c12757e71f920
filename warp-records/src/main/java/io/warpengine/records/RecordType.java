package io.warpengine.records;

import io.warpengine.api.WarpException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;

/** A record class: its components in their order. */
final class RecordType extends ComponentType {

  private final Class<?> type;
  private final List<Component> components;
  private final List<String> formerNames;
  private final List<String> removed;
  private final MethodHandle constructor;
  private final StoredType.Struct stored;
  private final CompiledRecord compiled;

  /**
   * A record class.
   *
   * @param type the class
   * @param components its components
   * @param formerNames simple names that the class had
   * @param removed names of components that it had
   * @param constructor its canonical constructor
   */
  RecordType(
      Class<?> type,
      List<Component> components,
      List<String> formerNames,
      List<String> removed,
      MethodHandle constructor) {
    this.type = type;
    this.components = components;
    this.formerNames = formerNames;
    this.removed = removed;
    this.constructor =
        constructor
            .asSpreader(Object[].class, components.size())
            .asType(MethodType.methodType(Object.class, Object[].class));
    this.stored =
        new StoredType.Struct(
            components.stream()
                .map(each -> new StoredType.Named(each.name(), each.type().stored()))
                .toList());
    this.compiled = Compiler.compile(components, constructor);
  }

  Class<?> type() {
    return type;
  }

  /** What tells it from the other variants of a sealed interface. */
  String name() {
    return type.getSimpleName();
  }

  List<Component> components() {
    return components;
  }

  boolean isNamed(String name) {
    return name().equals(name) || formerNames.contains(name);
  }

  boolean hasRemoved(String component) {
    return removed.contains(component);
  }

  /** The component that a stored name means. */
  Optional<Component> component(String name) {
    return components.stream()
        .filter(each -> each.name().equals(name) || each.formerNames().contains(name))
        .findFirst();
  }

  @Override
  StoredType.Struct stored() {
    return stored;
  }

  @Override
  void write(ValueWriter out, Object value) {
    compiled.write(out, value);
  }

  @Override
  Object read(ValueReader in) {
    return compiled.read(in);
  }

  @Override
  Object initial(String text) {
    throw new IllegalArgumentException("A record has no text.");
  }

  @Override
  Reading older(StoredType other, Changes changes) {
    return other instanceof StoredType.Struct struct
        ? Evolution.of(this, struct, changes)
        : changed(other, changes);
  }

  Object make(Object[] values) {
    try {
      return constructor.invokeExact(values);
    } catch (Throwable e) {
      throw new WarpException(
          RecordsError.CONSTRUCTOR_REFUSED,
          "The constructor of [" + name() + "] refuses the stored components.",
          "Let it accept what was stored, or store the record anew with values that it accepts.",
          Thrown.unchecked(e));
    }
  }

  /** Why a record cannot be written: what is wrong with which component. */
  WarpException refusal(Object record, RuntimeException failure) {
    for (Component component : components) {
      String where = "Component [" + component.name() + "] of [" + name() + "]";
      try {
        Object value = component.of(record);
        if (value == null) {
          return new WarpException(
              RecordsError.VALUE_REFUSED,
              where + " is null.",
              "Use an Optional for what may be absent.");
        }
        component.type().write(new ValueWriter(64), value);
      } catch (WarpException e) {
        return e;
      } catch (RuntimeException e) {
        return new WarpException(
            RecordsError.VALUE_REFUSED,
            where + " " + Malformed.words(e) + ".",
            "Give the component a value that can be stored.",
            e);
      }
    }
    return new WarpException(
        RecordsError.VALUE_REFUSED,
        "A value of [" + name() + "] " + Malformed.words(failure) + ".",
        "Do not change a value while it is stored.",
        failure);
  }
}
