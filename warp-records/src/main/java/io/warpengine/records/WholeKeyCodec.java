package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import java.util.List;
import java.util.function.Function;

/** Keys whose bytes stand as they are: text and bytes. */
final class WholeKeyCodec<K> implements KeyCodec<K> {

  private final Function<K, Bytes> encoder;
  private final Function<Bytes, K> decoder;
  private final Class<K> type;

  WholeKeyCodec(Function<K, Bytes> encoder, Function<Bytes, K> decoder, Class<K> type) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.type = type;
  }

  @Override
  public Bytes encode(K value) {
    try {
      return encoder.apply(value);
    } catch (Malformed e) {
      throw new WarpException(
          RecordsError.VALUE_REFUSED,
          "A text " + e.getMessage() + ".",
          "Give text that UTF-8 can hold.",
          e);
    }
  }

  @Override
  public K decode(Bytes bytes) {
    try {
      return decoder.apply(bytes);
    } catch (Malformed e) {
      throw new WarpException(
          RecordsError.VALUE_UNREADABLE,
          "A stored text " + e.getMessage() + ".",
          "Check that the space holds text.",
          e);
    }
  }

  @Override
  public Bytes prefix(List<?> leading) {
    if (leading.size() != 1 || leading.get(0).getClass() != type) {
      throw new WarpException(
          RecordsError.VALUE_REFUSED,
          "A prefix of these keys is one [" + type.getSimpleName() + "].",
          "Give the beginning of the keys.");
    }
    return encode(type.cast(leading.get(0)));
  }
}
