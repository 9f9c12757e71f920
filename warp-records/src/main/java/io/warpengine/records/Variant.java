package io.warpengine.records;

import io.warpengine.api.Bytes;
import java.util.Arrays;
import java.util.Optional;

/** A record class that a value can be, and what stands before each of its values. */
final class Variant {

  private static final int LARGEST_GUESS = 1 << 10;

  private final RecordType type;
  private final Optional<Component> expiring;
  private final byte[] header;
  private final Bytes start;

  /** The header as numbers of eight bytes; the last one overlaps the one before it. */
  private final long[] words;

  /** The size of the largest value so far, within bounds; races lose nothing but a copy. */
  private int capacity;

  /**
   * A variant.
   *
   * @param type the record class
   * @param several whether it stands for a sealed interface
   */
  Variant(RecordType type, boolean several) {
    this.type = type;
    this.header = header(type, several);
    this.start = Bytes.copyOf(header);
    this.capacity = header.length + 16 * (1 + type.components().size());
    this.words = new long[header.length < 8 ? 0 : (header.length + 7) / 8];
    for (int i = 0; i < words.length; i++) {
      words[i] = start.longAt(Math.min(8 * i, header.length - 8));
    }
    this.expiring =
        type.components().stream()
            .filter(component -> isExpiry(type.type(), component.name()))
            .findFirst();
  }

  private static boolean isExpiry(Class<?> type, String component) {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(each -> each.getName().equals(component) && each.isAnnotationPresent(Ttl.class));
  }

  private static byte[] header(RecordType type, boolean several) {
    ValueWriter shape = new ValueWriter(64);
    (several ? SealedType.stored(type) : type.stored()).describe(shape);
    ValueWriter header = new ValueWriter(64);
    header.writeByte(RecordCodec.FORMAT);
    header.writeBytes(shape.toBytes());
    if (several) {
      header.number(0);
    }
    return header.toBytes().toArray();
  }

  RecordType type() {
    return type;
  }

  /** The component that says when a value is gone. */
  Optional<Component> expiring() {
    return expiring;
  }

  /** The size of what stands before each value. */
  int size() {
    return header.length;
  }

  ValueWriter begin() {
    ValueWriter out = new ValueWriter(capacity);
    out.raw(header);
    return out;
  }

  Bytes end(ValueWriter out) {
    if (out.size() > capacity) {
      capacity = Math.min(out.size(), LARGEST_GUESS);
    }
    return out.toBytes();
  }

  /** Whether a value is stored as this variant, in its present shape. */
  boolean begins(Bytes bytes) {
    if (words.length == 0) {
      return bytes.startsWith(start);
    }
    int last = header.length - 8;
    if (bytes.size() < header.length || bytes.longAt(last) != words[words.length - 1]) {
      return false;
    }
    for (int at = 0; at < last; at += 8) {
      if (bytes.longAt(at) != words[at >>> 3]) {
        return false;
      }
    }
    return true;
  }
}
