package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;

/**
 * Values of one type as bytes. Safe for use by any number of threads.
 *
 * @param <T> the type
 */
public interface Codec<T> {

  /**
   * The bytes of a value.
   *
   * @param value the value
   * @return its bytes
   * @throws WarpException VALUE_REFUSED if it cannot be stored
   */
  Bytes encode(T value);

  /**
   * The value of bytes.
   *
   * @param bytes what {@link #encode} gave
   * @return the value
   * @throws WarpException VALUE_UNREADABLE if the bytes are no value of the type
   */
  T decode(Bytes bytes);

  /**
   * The codec of a class: text as UTF-8, {@code Bytes} and {@code byte[]} as they are, {@code Long}
   * as the decimal text that {@link io.warpengine.api.WarpSpace#increment} counts with, records and
   * sealed interfaces as {@link RecordCodec} writes them, everything else as in a key.
   *
   * @param type the class
   * @param <T> its type
   * @return its codec
   * @throws WarpException TYPE_UNSUITABLE with all problems of the class
   */
  static <T> Codec<T> of(Class<T> type) {
    if (type.isRecord() || (type.isSealed() && !type.isEnum())) {
      return RecordCodec.of(type);
    }
    if (type == Long.class) {
      @SuppressWarnings("unchecked")
      Codec<T> decimal = (Codec<T>) new DecimalCodec();
      return decimal;
    }
    return KeyCodec.of(type);
  }
}
