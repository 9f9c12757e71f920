package io.warpengine.records;

import io.warpengine.api.Bytes;

/** Bytes of a key being read, as {@link KeyWriter} wrote them. */
final class KeyReader {

  private final Bytes bytes;
  private int position;

  KeyReader(Bytes bytes) {
    this.bytes = bytes;
  }

  private byte next() {
    return bytes.at(position++);
  }

  void end() {
    if (position != bytes.size()) {
      throw new Malformed("is followed by more bytes");
    }
  }

  long fixed(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = (value << 8) | (next() & 0xff);
    }
    return value;
  }

  Bytes escaped() {
    byte[] value = new byte[bytes.size() - position];
    int size = 0;
    while (true) {
      byte each = next();
      if (each == KeyWriter.ZERO) {
        byte escape = next();
        if (escape == KeyWriter.END) {
          return Bytes.wrap(value, 0, size);
        }
        if (escape != KeyWriter.ESCAPED) {
          throw new Malformed("holds a zero byte that is not escaped");
        }
      }
      value[size++] = each;
    }
  }

  Bytes tag() {
    if (next() != '{') {
      throw new Malformed("has no tag");
    }
    byte[] value = new byte[bytes.size() - position];
    int size = 0;
    for (byte each = next(); each != '}'; each = next()) {
      if (each == '|') {
        byte escape = next();
        if (escape != 1 && escape != 2) {
          throw new Malformed("has a tag that is not escaped");
        }
        value[size++] = (byte) ('|' + escape - 1);
      } else {
        value[size++] = each;
      }
    }
    return Bytes.wrap(value, 0, size);
  }
}
