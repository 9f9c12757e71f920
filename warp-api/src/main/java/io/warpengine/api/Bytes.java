package io.warpengine.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable sequence of bytes: a key, a value, or a view of part of one.
 *
 * <p>Order is unsigned bytewise, shorter first among equals: the key order of the database. A value
 * returned by the database is a view of the stored record, so it costs one small object and no
 * copy; keeping it alive keeps that record alive.
 */
public final class Bytes implements Comparable<Bytes> {

  /** The sequence of length zero. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /**
   * Copies an array.
   *
   * @param source the bytes to copy
   * @return a sequence that later changes of {@code source} do not affect
   */
  public static Bytes copyOf(byte[] source) {
    return source.length == 0 ? EMPTY : new Bytes(source.clone(), 0, source.length);
  }

  /**
   * Copies part of an array.
   *
   * @param source the array
   * @param from index of the first byte
   * @param length number of bytes
   * @return a sequence that later changes of {@code source} do not affect
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public static Bytes copyOf(byte[] source, int from, int length) {
    Objects.checkFromIndexSize(from, length, source.length);
    return length == 0
        ? EMPTY
        : new Bytes(Arrays.copyOfRange(source, from, from + length), 0, length);
  }

  /**
   * Wraps an array that the caller gives away. The caller must never write to it again: everything
   * that holds this sequence relies on it.
   *
   * @param owned the array, given away
   * @param from index of the first byte
   * @param length number of bytes
   * @return a view of the array
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public static Bytes wrap(byte[] owned, int from, int length) {
    Objects.checkFromIndexSize(from, length, owned.length);
    return new Bytes(owned, from, length);
  }

  /**
   * Encodes text as UTF-8.
   *
   * @param text any text; unpaired surrogates become {@code ?}
   * @return its UTF-8 bytes
   */
  public static Bytes utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return encoded.length == 0 ? EMPTY : new Bytes(encoded, 0, encoded.length);
  }

  /**
   * Number of bytes.
   *
   * @return 0 or more
   */
  public int size() {
    return length;
  }

  /**
   * Whether there are no bytes.
   *
   * @return true if {@link #size()} is 0
   */
  public boolean isEmpty() {
    return length == 0;
  }

  /**
   * One byte.
   *
   * @param index from 0 to {@code size() - 1}
   * @return the byte there
   * @throws IndexOutOfBoundsException if there is none
   */
  public byte at(int index) {
    return array[offset + Objects.checkIndex(index, length)];
  }

  /**
   * Eight bytes as a little-endian number.
   *
   * @param index from 0 to {@code size() - 8}
   * @return the number there
   * @throws IndexOutOfBoundsException if fewer than eight bytes follow
   */
  public long longAt(int index) {
    return (long) LONG.get(array, offset + Objects.checkFromIndexSize(index, 8, length));
  }

  /**
   * Four bytes as a little-endian number.
   *
   * @param index from 0 to {@code size() - 4}
   * @return the number there
   * @throws IndexOutOfBoundsException if fewer than four bytes follow
   */
  public int intAt(int index) {
    return (int) INT.get(array, offset + Objects.checkFromIndexSize(index, 4, length));
  }

  /**
   * Copies bytes out.
   *
   * @param from index of the first byte to copy
   * @param target where to copy to
   * @param at index of the first byte written
   * @param count number of bytes
   * @throws IndexOutOfBoundsException if either range is not within its bounds
   */
  public void copyTo(int from, byte[] target, int at, int count) {
    Objects.checkFromIndexSize(from, count, length);
    System.arraycopy(array, offset + from, target, at, count);
  }

  /**
   * A new array with these bytes.
   *
   * @return a copy that the caller owns
   */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /**
   * Decodes UTF-8; malformed input becomes U+FFFD.
   *
   * @return the text
   */
  public String toUtf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  /**
   * A view of a part.
   *
   * @param from index of the first byte
   * @param to index after the last byte
   * @return a view, no copy
   * @throws IndexOutOfBoundsException if the range is not within these bytes
   */
  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return from == 0 && to == length ? this : new Bytes(array, offset + from, to - from);
  }

  /**
   * Whether these bytes begin with others.
   *
   * @param prefix the bytes to look for; empty is a prefix of everything
   * @return true if they do
   */
  public boolean startsWith(Bytes prefix) {
    return prefix.length <= length
        && Arrays.equals(
            array,
            offset,
            offset + prefix.length,
            prefix.array,
            prefix.offset,
            prefix.offset + prefix.length);
  }

  /**
   * Whether part of an array holds exactly these bytes.
   *
   * @param other the array
   * @param from index of its first byte
   * @param count number of its bytes
   * @return true if equal in length and content
   */
  public boolean contentEquals(byte[] other, int from, int count) {
    return count == length
        && Arrays.equals(array, offset, offset + length, other, from, from + count);
  }

  /**
   * Compares with part of an array in unsigned bytewise order.
   *
   * @param other the array
   * @param from index of its first byte
   * @param count number of its bytes
   * @return negative, zero or positive as these bytes come before, equal or come after
   */
  public int compareTo(byte[] other, int from, int count) {
    return Arrays.compareUnsigned(array, offset, offset + length, other, from, from + count);
  }

  @Override
  public int compareTo(Bytes other) {
    return compareTo(other.array, other.offset, other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && contentEquals(bytes.array, bytes.offset, bytes.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset, end = offset + length; i < end; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /**
   * Shows at most 32 bytes in hexadecimal, and the size: stored data does not belong in messages.
   */
  @Override
  public String toString() {
    int shown = Math.min(length, 32);
    String hex = HexFormat.of().formatHex(array, offset, offset + shown);
    return "Bytes[" + length + ": " + hex + (shown < length ? "..." : "") + "]";
  }
}
