package io.warpengine.records;

import static java.lang.invoke.MethodType.methodType;

import io.warpengine.api.Bytes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** A type that is stored as one thing. Its code is part of the format and never changes. */
enum Scalar {
  BOOLEAN(1, "Boolean", boolean.class),
  BYTE(2, "Byte", byte.class),
  SHORT(3, "Short", short.class),
  CHAR(4, "Char", char.class),
  INT(5, "Int", int.class),
  LONG(6, "Long", long.class),
  FLOAT(7, "Float", float.class),
  DOUBLE(8, "Double", double.class),
  TEXT(9, "Text", String.class),
  BYTES(10, "Bytes", Bytes.class),
  /** A mutable array; its bytes are those of BYTES. */
  ARRAY(10, "Array", byte[].class),
  UUID(11, "Uuid", UUID.class),
  INSTANT(12, "Instant", Instant.class),
  DURATION(13, "Duration", Duration.class),
  DATE(14, "Date", LocalDate.class),
  DECIMAL(15, "Decimal", BigDecimal.class);

  private final int code;
  private final Class<?> type;
  private final MethodHandle writer;
  private final MethodHandle reader;
  private final MethodHandle boxedWriter;
  private final MethodHandle boxedReader;

  Scalar(int code, String method, Class<?> type) {
    this.code = code;
    this.type = type;
    this.writer = found(ValueWriter.class, "write" + method, methodType(void.class, type));
    this.reader = found(ValueReader.class, "read" + method, methodType(type));
    this.boxedWriter = writer.asType(ComponentType.WRITES);
    this.boxedReader = reader.asType(ComponentType.READS);
  }

  private static MethodHandle found(Class<?> owner, String name, MethodType type) {
    try {
      return MethodHandles.lookup().findVirtual(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The scalar of a class, primitive or boxed. */
  static Optional<Scalar> of(Class<?> type) {
    Class<?> unboxed = methodType(type).unwrap().returnType();
    return Arrays.stream(values()).filter(scalar -> scalar.type == unboxed).findFirst();
  }

  /** The first scalar with a code. */
  static Optional<Scalar> withCode(int code) {
    return Arrays.stream(values()).filter(scalar -> scalar.code == code).findFirst();
  }

  int code() {
    return code;
  }

  /** Of type {@code (ValueWriter, T)void}. */
  MethodHandle writer() {
    return writer;
  }

  /** Of type {@code (ValueReader)T}. */
  MethodHandle reader() {
    return reader;
  }

  void write(ValueWriter out, Object value) {
    try {
      boxedWriter.invokeExact(out, value);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }

  Object read(ValueReader in) {
    try {
      return boxedReader.invokeExact(in);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }

  /**
   * A value from its text, as the annotation of an added component gives it.
   *
   * @throws RuntimeException if the text is none
   */
  Object parse(String text) {
    return switch (this) {
      case BOOLEAN -> parseBoolean(text);
      case BYTE -> Byte.valueOf(text);
      case SHORT -> Short.valueOf(text);
      case CHAR -> parseChar(text);
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case TEXT -> text;
      case BYTES -> Bytes.utf8(text);
      case ARRAY -> Bytes.utf8(text).toArray();
      case UUID -> java.util.UUID.fromString(text);
      case INSTANT -> Instant.parse(text);
      case DURATION -> Duration.parse(text);
      case DATE -> LocalDate.parse(text);
      case DECIMAL -> new BigDecimal(text);
    };
  }

  private static Object parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("A boolean is [true] or [false].");
    };
  }

  private static Object parseChar(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("A char is one character.");
    }
    return text.charAt(0);
  }
}
