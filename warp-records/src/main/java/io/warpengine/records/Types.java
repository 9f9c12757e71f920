package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.WarpException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The types of a view.
 *
 * @param keys the codec of the keys
 * @param values the codec of the values
 */
record Types<K, V>(KeyCodec<K> keys, Codec<V> values) {

  /** The beginning of keys that no view has: behind every number, date and text. */
  static final Bytes RESERVED = reserved();

  private static Bytes reserved() {
    byte[] beginning = new byte[9];
    Arrays.fill(beginning, (byte) 0xff);
    return Bytes.wrap(beginning, 0, beginning.length);
  }

  /** The bytes of a key. */
  Bytes key(K key) {
    Bytes encoded = keys.encode(key);
    if (encoded.startsWith(RESERVED)) {
      throw new WarpException(
          RecordsError.VALUE_REFUSED,
          "Keys that begin with nine bytes 0xff are reserved.",
          "Use another key.");
    }
    return encoded;
  }

  /** The same scan without the keys that are reserved. */
  static Scan below(Scan scan) {
    Optional<Bytes> to = scan.to().filter(end -> end.compareTo(RESERVED) < 0);
    return new Scan(
        scan.from(),
        Optional.of(to.orElse(RESERVED)),
        scan.backwards(),
        scan.limit(),
        scan.resume());
  }

  TypedEntry<K, V> entry(Entry entry) {
    return new TypedEntry<>(
        keys.decode(entry.key()),
        values.decode(entry.value()),
        entry.sequence(),
        entry.expiresAt());
  }

  /** When a value is gone, as it says itself. */
  Expiry expiry(V value) {
    return values instanceof RecordCodec<V> records ? records.expiry(value) : Expiry.NEVER;
  }
}
