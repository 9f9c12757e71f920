package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import java.util.List;

/**
 * Keys of one type as bytes that sort as the keys do, unsigned bytewise. Safe for use by any number
 * of threads.
 *
 * @param <K> the type
 */
public interface KeyCodec<K> extends Codec<K> {

  /**
   * The beginning that all keys with the same leading parts share, and no others.
   *
   * @param leading the parts: for text, its beginning; for bytes, theirs; for a record, the values
   *     of its first components
   * @return the beginning of their bytes
   * @throws WarpException VALUE_REFUSED if they are no leading parts of such a key
   */
  default Bytes prefix(List<?> leading) {
    throw new WarpException(
        RecordsError.VALUE_REFUSED,
        "The keys of this view have no leading parts.",
        "Scan a range of keys instead.");
  }

  /**
   * The codec of a class. Text and bytes stand as they are; numbers, {@code Boolean}, {@code
   * Character}, {@code UUID}, {@code Instant}, {@code LocalDate} and enums in a form that sorts,
   * numbers by value, UUIDs as their text, enums by name; a record is its components one after the
   * other, sorted by the first, then by the second, and so on. Text sorts by code points.
   *
   * @param type the class
   * @param <K> its type
   * @return its codec
   * @throws WarpException TYPE_UNSUITABLE with all problems of the class
   */
  static <K> KeyCodec<K> of(Class<K> type) {
    KeyCodec<?> codec;
    if (type == String.class) {
      codec = new WholeKeyCodec<>(Utf8::whole, Utf8::decode, String.class);
    } else if (type == Bytes.class) {
      codec = new WholeKeyCodec<>(bytes -> bytes, bytes -> bytes, Bytes.class);
    } else if (type == byte[].class) {
      codec = new WholeKeyCodec<>(Bytes::copyOf, Bytes::toArray, byte[].class);
    } else if (type.isRecord()) {
      codec = new PartKeyCodec<>(KeyMapping.record(type));
    } else {
      codec = new PartKeyCodec<>(KeyMapping.of(type));
    }
    @SuppressWarnings("unchecked")
    KeyCodec<K> typed = (KeyCodec<K>) codec;
    return typed;
  }
}
