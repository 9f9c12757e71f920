package io.warpengine.kernel.wiring;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One declared class and what its constructor asks for.
 *
 * @param type the class
 * @param wants one per parameter
 */
record Component(Class<?> type, List<Want> wants) {

  /**
   * One parameter.
   *
   * @param type the class asked for; empty if it is nothing that anybody could declare
   * @param later whether a provider is asked for, so that the thing itself may come later
   * @param words the parameter's type for people
   */
  record Want(Optional<Class<?>> type, boolean later, String words) {}

  /** Reads a class; what is wrong with it, as the end of a sentence, goes to {@code defects}. */
  static Component read(Class<?> type, Consumer<String> defects) {
    List<Constructor<?>> constructors =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
            .toList();
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      defects.accept("is not a class of which there can be objects");
    } else if (constructors.size() != 1) {
      defects.accept(
          constructors.isEmpty()
              ? "has no constructor with the annotation [@Inject]"
              : "has several constructors with the annotation [@Inject]");
    } else if (hasInjectedMember(type)) {
      defects.accept("has [@Inject] on a field or method, and only its constructor is called");
    } else if (!type.getModule().isOpen(type.getPackageName(), Component.class.getModule())) {
      defects.accept(
          "is not open to the kernel: its module must say [opens "
              + type.getPackageName()
              + " to io.warpengine.kernel]");
    } else {
      return new Component(type, wants(constructors.getFirst()));
    }
    return new Component(type, List.of());
  }

  private static boolean hasInjectedMember(Class<?> type) {
    return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
        .flatMap(level ->
            Stream.<AccessibleObject>concat(
                Arrays.stream(level.getDeclaredFields()),
                Arrays.stream(level.getDeclaredMethods())))
        .anyMatch(member -> member.isAnnotationPresent(Inject.class));
  }

  private static List<Want> wants(Constructor<?> constructor) {
    List<Want> wants = new ArrayList<>();
    for (Type parameter : constructor.getGenericParameterTypes()) {
      wants.add(want(parameter));
    }
    return List.copyOf(wants);
  }

  private static Want want(Type parameter) {
    if (parameter instanceof Class<?> type) {
      return new Want(Optional.of(type), false, type.getName());
    }
    if (parameter instanceof ParameterizedType generic
        && generic.getRawType() == Provider.class
        && generic.getActualTypeArguments()[0] instanceof Class<?> type) {
      return new Want(Optional.of(type), true, "Provider<" + type.getName() + ">");
    }
    return new Want(Optional.empty(), false, parameter.getTypeName());
  }
}
