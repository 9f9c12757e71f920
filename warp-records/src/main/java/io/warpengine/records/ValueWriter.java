package io.warpengine.records;

import io.warpengine.api.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;

/**
 * Bytes of a value being written. The method for a scalar is {@code write} and the scalar's name:
 * {@link Scalar} finds it by that. {@link ValueReader} reads what this writes.
 */
final class ValueWriter {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  ValueWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /** What was written, in the array itself: nothing may be written afterwards. */
  Bytes toBytes() {
    return Bytes.wrap(bytes, 0, size);
  }

  int size() {
    return size;
  }

  private int reserve(int count) {
    int at = size;
    if (bytes.length - at < count) {
      bytes = Arrays.copyOf(bytes, Math.max(at + count, 2 * bytes.length));
    }
    size = at + count;
    return at;
  }

  void raw(byte[] source) {
    int at = reserve(source.length);
    System.arraycopy(source, 0, bytes, at, source.length);
  }

  /** A variable-length number: seven bits per byte, lowest first, all 64 bits. */
  void number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      writeByte((byte) (rest | 0x80));
      rest >>>= 7;
    }
    writeByte((byte) rest);
  }

  void writeBoolean(boolean value) {
    writeByte((byte) (value ? 1 : 0));
  }

  void writeByte(byte value) {
    int at = reserve(1);
    bytes[at] = value;
  }

  void writeShort(short value) {
    writeLong(value);
  }

  void writeChar(char value) {
    number(value);
  }

  void writeInt(int value) {
    number(((value << 1) ^ (value >> 31)) & 0xffff_ffffL);
  }

  /** Signed numbers alternate, so that small ones of both signs are short. */
  void writeLong(long value) {
    number((value << 1) ^ (value >> 63));
  }

  void writeFloat(float value) {
    int at = reserve(4);
    INT.set(bytes, at, Float.floatToRawIntBits(value));
  }

  void writeDouble(double value) {
    fixed(Double.doubleToRawLongBits(value));
  }

  private void fixed(long value) {
    int at = reserve(8);
    LONG.set(bytes, at, value);
  }

  void writeText(String text) {
    int length = text.length();
    int start = size;
    number(length);
    int at = reserve(length);
    byte[] target = bytes;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        size = start;
        writeArray(Utf8.encode(text));
        return;
      }
      target[at + i] = (byte) c;
    }
  }

  void writeBytes(Bytes value) {
    int count = value.size();
    number(count);
    int at = reserve(count);
    value.copyTo(0, bytes, at, count);
  }

  void writeArray(byte[] value) {
    number(value.length);
    raw(value);
  }

  void writeUuid(UUID value) {
    fixed(value.getMostSignificantBits());
    fixed(value.getLeastSignificantBits());
  }

  void writeInstant(Instant value) {
    writeLong(value.getEpochSecond());
    number(value.getNano());
  }

  void writeDuration(Duration value) {
    writeLong(value.getSeconds());
    number(value.getNano());
  }

  void writeDate(LocalDate value) {
    writeLong(value.toEpochDay());
  }

  void writeDecimal(BigDecimal value) {
    writeInt(value.scale());
    writeArray(value.unscaledValue().toByteArray());
  }
}
