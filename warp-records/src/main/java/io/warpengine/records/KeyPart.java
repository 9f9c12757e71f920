package io.warpengine.records;

import io.warpengine.api.Bytes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How values of one class stand in a key. No value's bytes are the beginning of another's, so that
 * parts can follow each other, and bytes sort as the values do.
 *
 * @param type the class, boxed
 * @param write writes a value
 * @param read reads it
 */
record KeyPart(
    Class<?> type, BiConsumer<KeyWriter, Object> write, Function<KeyReader, Object> read) {

  private static final int MOST_NANOS = 999_999_999;

  private static final List<KeyPart> PARTS =
      List.of(
          new KeyPart(
              Boolean.class, (out, value) -> out.fixed((boolean) value ? 1 : 0, 1), KeyPart::bool),
          new KeyPart(
              Byte.class,
              (out, value) -> out.fixed((byte) value ^ 0x80, 1),
              in -> (byte) (in.fixed(1) ^ 0x80)),
          new KeyPart(
              Short.class,
              (out, value) -> out.fixed((short) value ^ 0x8000, 2),
              in -> (short) (in.fixed(2) ^ 0x8000)),
          new KeyPart(
              Character.class,
              (out, value) -> out.fixed((char) value, 2),
              in -> (char) in.fixed(2)),
          new KeyPart(
              Integer.class,
              (out, value) -> out.fixed((int) value ^ Integer.MIN_VALUE, 4),
              in -> (int) in.fixed(4) ^ Integer.MIN_VALUE),
          new KeyPart(
              Long.class,
              (out, value) -> out.fixed((long) value ^ Long.MIN_VALUE, 8),
              in -> in.fixed(8) ^ Long.MIN_VALUE),
          new KeyPart(
              Float.class,
              (out, value) -> {
                int bits = Float.floatToIntBits((float) value);
                out.fixed(bits ^ ((bits >> 31) | Integer.MIN_VALUE), 4);
              },
              in -> {
                int bits = (int) in.fixed(4);
                return Float.intBitsToFloat(bits < 0 ? bits ^ Integer.MIN_VALUE : ~bits);
              }),
          new KeyPart(
              Double.class,
              (out, value) -> {
                long bits = Double.doubleToLongBits((double) value);
                out.fixed(bits ^ ((bits >> 63) | Long.MIN_VALUE), 8);
              },
              in -> {
                long bits = in.fixed(8);
                return Double.longBitsToDouble(bits < 0 ? bits ^ Long.MIN_VALUE : ~bits);
              }),
          new KeyPart(
              String.class,
              (out, value) -> out.escaped(Utf8.whole((String) value)),
              in -> Utf8.decode(in.escaped())),
          new KeyPart(Bytes.class, (out, value) -> out.escaped((Bytes) value), KeyReader::escaped),
          new KeyPart(
              UUID.class,
              (out, value) -> {
                out.fixed(((UUID) value).getMostSignificantBits(), 8);
                out.fixed(((UUID) value).getLeastSignificantBits(), 8);
              },
              in -> new UUID(in.fixed(8), in.fixed(8))),
          new KeyPart(
              Instant.class, (out, value) -> instant(out, (Instant) value), KeyPart::instant),
          new KeyPart(
              LocalDate.class,
              (out, value) -> out.fixed(((LocalDate) value).toEpochDay() ^ Long.MIN_VALUE, 8),
              in -> ranged(() -> LocalDate.ofEpochDay(in.fixed(8) ^ Long.MIN_VALUE))));

  /** The part of a class, primitive or boxed, that is no record. */
  static Optional<KeyPart> of(Class<?> type) {
    Class<?> boxed = java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    if (type.isEnum()) {
      return Optional.of(constant(type));
    }
    return PARTS.stream().filter(part -> part.type == boxed).findFirst();
  }

  /** A constant of an enum, by its name. */
  private static KeyPart constant(Class<?> type) {
    EnumType constants = new EnumType(type);
    return new KeyPart(
        type,
        (out, value) -> out.escaped(Bytes.utf8(((Enum<?>) value).name())),
        in -> constants.initial(Utf8.decode(in.escaped())));
  }

  /** A record within a key: its components, one after the other. */
  static KeyPart record(KeyRecord record) {
    return new KeyPart(record.type(), record::write, record::read);
  }

  private static Object bool(KeyReader in) {
    long value = in.fixed(1);
    if (value > 1) {
      throw new Malformed("holds a number out of its range");
    }
    return value == 1;
  }

  private static void instant(KeyWriter out, Instant value) {
    out.fixed(value.getEpochSecond() ^ Long.MIN_VALUE, 8);
    out.fixed(value.getNano(), 4);
  }

  private static Object instant(KeyReader in) {
    long seconds = in.fixed(8) ^ Long.MIN_VALUE;
    long nanos = in.fixed(4);
    if (nanos > MOST_NANOS) {
      throw new Malformed("holds a number out of its range");
    }
    return ranged(() -> Instant.ofEpochSecond(seconds, nanos));
  }

  private static Object ranged(java.util.function.Supplier<Object> read) {
    try {
      return read.get();
    } catch (DateTimeException | ArithmeticException e) {
      throw new Malformed("holds a number out of its range");
    }
  }

  /** The bytes of a value alone. */
  Bytes alone(Object value) {
    KeyWriter out = new KeyWriter();
    write.accept(out, value);
    return out.toBytes();
  }

  /** The names of the classes that have a part, for messages. */
  static String names() {
    return String.join(", ", PARTS.stream().map(part -> part.type.getSimpleName()).toList());
  }
}
