package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import java.util.List;
import java.util.Optional;

/** Keys that are written part by part. */
final class PartKeyCodec<K> implements KeyCodec<K> {

  private final KeyPart part;
  private final Optional<KeyRecord> record;

  PartKeyCodec(KeyRecord record) {
    this.part = KeyPart.record(record);
    this.record = Optional.of(record);
  }

  PartKeyCodec(KeyPart part) {
    this.part = part;
    this.record = Optional.empty();
  }

  @Override
  public Bytes encode(K value) {
    return part.alone(value);
  }

  @Override
  public K decode(Bytes bytes) {
    KeyReader in = new KeyReader(bytes);
    try {
      Object value = part.read().apply(in);
      in.end();
      @SuppressWarnings("unchecked")
      K key = (K) value;
      return key;
    } catch (Malformed | IndexOutOfBoundsException e) {
      throw new WarpException(
          RecordsError.VALUE_UNREADABLE,
          "A stored [" + part.type().getSimpleName() + "] " + Malformed.words(e) + ".",
          "Check that the space holds keys of this type.",
          e);
    }
  }

  @Override
  public Bytes prefix(List<?> leading) {
    return record.map(each -> each.prefix(leading)).orElseGet(() -> KeyCodec.super.prefix(leading));
  }
}
