package io.warpengine.records;

import io.warpengine.api.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Bytes of a value being read. Whatever the bytes are, it throws {@link Malformed} or {@link
 * IndexOutOfBoundsException} and nothing else, and allocates no more than the bytes can hold.
 */
final class ValueReader {

  private static final int MOST_NANOS = 999_999_999;

  private final Bytes bytes;
  private int position;

  ValueReader(Bytes bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  int position() {
    return position;
  }

  /** Checks that nothing is left. */
  void end() {
    if (position != bytes.size()) {
      throw new Malformed("is followed by more bytes");
    }
  }

  long number() {
    byte first = bytes.at(position);
    if (first >= 0) {
      position++;
      return first;
    }
    long value = longer(bytes, position);
    position += (70 - Long.numberOfLeadingZeros(value)) / 7;
    return value;
  }

  /**
   * A number of several bytes, which must be as few as it needs: so its value tells how many they
   * are, and the reader itself need not exist in memory.
   */
  private static long longer(Bytes bytes, int from) {
    long value = 0;
    int at = from;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes.at(at++);
      if (shift == 63 && next != 1) {
        break;
      }
      value |= (next & 0x7fL) << shift;
      if (next > 0) {
        return value;
      }
      if (next == 0) {
        break;
      }
    }
    throw new Malformed("holds a number that is too long");
  }

  /** A number of things that take at least a byte each, so never more than there are bytes. */
  int count() {
    long count = number();
    if (count < 0 || count > bytes.size() - position) {
      throw new Malformed("ends too early");
    }
    return (int) count;
  }

  private long number(long most) {
    long value = number();
    if (value < 0 || value > most) {
      throw new Malformed("holds a number out of its range");
    }
    return value;
  }

  private long signed(long least, long most) {
    long value = readLong();
    if (value < least || value > most) {
      throw new Malformed("holds a number out of its range");
    }
    return value;
  }

  boolean readBoolean() {
    return number(1) == 1;
  }

  byte readByte() {
    return bytes.at(position++);
  }

  short readShort() {
    return (short) signed(Short.MIN_VALUE, Short.MAX_VALUE);
  }

  char readChar() {
    return (char) number(Character.MAX_VALUE);
  }

  int readInt() {
    int value = (int) number(0xffff_ffffL);
    return (value >>> 1) ^ -(value & 1);
  }

  long readLong() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  float readFloat() {
    int value = bytes.intAt(position);
    position += 4;
    return Float.intBitsToFloat(value);
  }

  double readDouble() {
    return Double.longBitsToDouble(fixed());
  }

  private long fixed() {
    long value = bytes.longAt(position);
    position += 8;
    return value;
  }

  String readText() {
    return Utf8.decode(slice());
  }

  Bytes readBytes() {
    return slice();
  }

  byte[] readArray() {
    return slice().toArray();
  }

  private Bytes slice() {
    int count = count();
    Bytes slice = bytes.slice(position, position + count);
    position += count;
    return slice;
  }

  UUID readUuid() {
    return new UUID(fixed(), fixed());
  }

  Instant readInstant() {
    long seconds = signed(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
    return Instant.ofEpochSecond(seconds, number(MOST_NANOS));
  }

  Duration readDuration() {
    return Duration.ofSeconds(readLong(), number(MOST_NANOS));
  }

  LocalDate readDate() {
    try {
      return LocalDate.ofEpochDay(readLong());
    } catch (DateTimeException e) {
      throw new Malformed("holds a number out of its range");
    }
  }

  BigDecimal readDecimal() {
    int scale = readInt();
    byte[] unscaled = readArray();
    if (unscaled.length == 0) {
      throw new Malformed("holds no number");
    }
    return new BigDecimal(new BigInteger(unscaled), scale);
  }
}
