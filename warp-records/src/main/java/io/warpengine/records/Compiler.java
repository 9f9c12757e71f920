package io.warpengine.records;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Makes a record class's reader and writer.
 *
 * <p>Each is one method handle, put together from the accessors, the constructor and the methods of
 * {@link ValueWriter} and {@link ValueReader}. The just-in-time compiler sees through a method
 * handle only if it is a constant, so the byte code of {@link RecordTemplate} is defined once more
 * for each record class, as a hidden class that has the two handles as its constants. Nothing is
 * generated, and the record class is never named in byte code, so it may live in any loader.
 */
final class Compiler {

  private static final MethodHandle WRITE_NOTHING;
  private static final MethodHandle READ_NOTHING;
  private static final byte[] TEMPLATE = template();

  static {
    MethodHandle write = Scalar.BYTE.writer();
    WRITE_NOTHING = MethodHandles.insertArguments(write, 1, (byte) 0);
    MethodHandle read = Scalar.BYTE.reader();
    READ_NOTHING = read.asType(methodType(void.class, ValueReader.class));
  }

  private Compiler() {}

  static CompiledRecord compile(List<Component> components, MethodHandle constructor) {
    List<MethodHandle> handles =
        List.of(
            writer(components, constructor.type().returnType()), reader(components, constructor));
    try {
      MethodHandles.Lookup defined =
          MethodHandles.lookup().defineHiddenClassWithClassData(TEMPLATE, handles, true);
      return (CompiledRecord)
          defined
              .findConstructor(defined.lookupClass(), methodType(void.class))
              .asType(methodType(CompiledRecord.class))
              .invokeExact();
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }

  private static MethodHandle writer(List<Component> components, Class<?> record) {
    MethodType type = methodType(void.class, ValueWriter.class, record);
    if (components.isEmpty()) {
      return MethodHandles.dropArguments(WRITE_NOTHING, 1, record).asType(ComponentType.WRITES);
    }
    MethodHandle all = MethodHandles.empty(type);
    for (int i = components.size() - 1; i >= 0; i--) {
      Component component = components.get(i);
      Class<?> value = component.accessor().type().returnType();
      MethodHandle write =
          component.type().writer().asType(methodType(void.class, ValueWriter.class, value));
      all =
          MethodHandles.foldArguments(
              all, MethodHandles.filterArguments(write, 1, component.accessor()));
    }
    return all.asType(ComponentType.WRITES);
  }

  private static MethodHandle reader(List<Component> components, MethodHandle constructor) {
    if (components.isEmpty()) {
      return MethodHandles.foldArguments(
              MethodHandles.dropArguments(constructor, 0, ValueReader.class), READ_NOTHING)
          .asType(ComponentType.READS);
    }
    List<MethodHandle> reads = new ArrayList<>();
    for (Component component : components) {
      Class<?> value = component.accessor().type().returnType();
      reads.add(component.type().reader().asType(methodType(value, ValueReader.class)));
    }
    MethodHandle all =
        MethodHandles.filterArguments(constructor, 0, reads.toArray(MethodHandle[]::new));
    MethodType one = methodType(constructor.type().returnType(), ValueReader.class);
    return MethodHandles.permuteArguments(all, one, new int[components.size()])
        .asType(ComponentType.READS);
  }

  private static byte[] template() {
    String name = RecordTemplate.class.getSimpleName() + ".class";
    try (InputStream in = Compiler.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
