package io.warpengine.records;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** How the values of one Java type are written and read. */
abstract sealed class ComponentType
    permits ScalarType, EnumType, ListType, OptionalType, RecordType, SealedType {

  static final MethodType WRITES = methodType(void.class, ValueWriter.class, Object.class);
  static final MethodType READS = methodType(Object.class, ValueReader.class);

  private static final MethodHandle WRITE;
  private static final MethodHandle READ;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      WRITE = lookup.findVirtual(ComponentType.class, "write", WRITES);
      READ = lookup.findVirtual(ComponentType.class, "read", READS);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The type as it stands before a value. */
  abstract StoredType stored();

  abstract void write(ValueWriter out, Object value);

  abstract Object read(ValueReader in);

  /**
   * The value of a component that older records do not have.
   *
   * @throws RuntimeException if the text gives none
   */
  abstract Object initial(String text);

  /** How a value that was stored as another type is read as this one. */
  abstract Reading older(StoredType other, Changes changes);

  /** The same as {@link #write}, perhaps of a narrower type: {@code (ValueWriter, T)void}. */
  MethodHandle writer() {
    return WRITE.bindTo(this);
  }

  /** The same as {@link #read}, perhaps of a narrower type: {@code (ValueReader)T}. */
  MethodHandle reader() {
    return READ.bindTo(this);
  }

  /** How a value that was stored as a type, this or another, is read as this one. */
  final Reading from(StoredType type, Changes changes) {
    return type.equals(stored()) ? this::read : older(type, changes);
  }

  /** For types between which nothing can be declared. */
  final Reading changed(StoredType other, Changes changes) {
    changes.add(
        "is stored as [" + other + "], and the class says [" + stored() + "].",
        "Give the component a new name, and declare the old one with @Removed and the new one with"
            + " @Added.");
    return this::read;
  }
}
