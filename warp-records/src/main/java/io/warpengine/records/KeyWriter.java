package io.warpengine.records;

import io.warpengine.api.Bytes;
import java.util.Arrays;

/** Bytes of a key being written; in the order of keys they sort as what was written does. */
final class KeyWriter {

  static final byte ZERO = 0;
  static final byte END = 1;
  static final byte ESCAPED = (byte) 0xff;

  private byte[] bytes = new byte[64];
  private int size;

  Bytes toBytes() {
    return Bytes.wrap(bytes, 0, size);
  }

  void raw(byte value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = value;
  }

  void raw(Bytes value) {
    int count = value.size();
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
    }
    value.copyTo(0, bytes, size, count);
    size += count;
  }

  /** The lowest bytes of a number, highest first. */
  void fixed(long value, int count) {
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      raw((byte) (value >>> shift));
    }
  }

  /**
   * Bytes of any length: a zero is followed by 0xff, and the end is a zero and a one. So a shorter
   * sequence comes before those that it begins, whatever follows it.
   */
  void escaped(Bytes value) {
    for (int i = 0; i < value.size(); i++) {
      byte each = value.at(i);
      raw(each);
      if (each == ZERO) {
        raw(ESCAPED);
      }
    }
    raw(ZERO);
    raw(END);
  }

  /**
   * Bytes as a tag: in braces, and without a closing one between them. {@code }} becomes 0x7c 0x02
   * and 0x7c becomes 0x7c 0x01, which keeps the order.
   */
  void tag(Bytes value) {
    raw((byte) '{');
    for (int i = 0; i < value.size(); i++) {
      byte each = value.at(i);
      if (each == '|' || each == '}') {
        raw((byte) '|');
        raw((byte) (each - '|' + 1));
      } else {
        raw(each);
      }
    }
    raw((byte) '}');
  }
}
