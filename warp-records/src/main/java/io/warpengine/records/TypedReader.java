package io.warpengine.records;

import io.warpengine.api.Scan;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpReader;
import java.util.List;
import java.util.Optional;

/**
 * What can be read, with keys and values of Java types.
 *
 * <p>Beside what the reader below throws, a method throws {@link WarpException} with a code of
 * {@link RecordsError}: VALUE_REFUSED for a key or value that cannot be stored, VALUE_UNREADABLE,
 * SHAPE_CHANGED, FORMAT_UNKNOWN or CONSTRUCTOR_REFUSED for stored bytes that give no value.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public sealed class TypedReader<K, V> permits TypedSpace, TypedTransaction {

  private final WarpReader reader;
  private final Types<K, V> types;

  TypedReader(WarpReader reader, Types<K, V> types) {
    this.reader = reader;
    this.types = types;
  }

  final Types<K, V> types() {
    return types;
  }

  /**
   * Reads a value.
   *
   * @param key its key
   * @return the value; empty if there is none
   */
  public final Optional<V> get(K key) {
    return reader.get(types.key(key)).map(types.values()::decode);
  }

  /**
   * Reads a record with its sequence and expiry.
   *
   * @param key its key
   * @return the record; empty if there is none
   */
  public final Optional<TypedEntry<K, V>> entry(K key) {
    return reader.entry(types.key(key)).map(types::entry);
  }

  /**
   * Reads several values.
   *
   * @param keys any number of keys, also repeated
   * @return one element per key, in their order
   */
  public final List<Optional<V>> multiGet(List<K> keys) {
    return reader.multiGet(keys.stream().map(types::key).toList()).stream()
        .map(value -> value.map(types.values()::decode))
        .toList();
  }

  /**
   * The keys of a half-open range.
   *
   * @param from the first key included
   * @param to the first key excluded
   * @return a scan for {@link #scan(Scan)}
   */
  public final Scan range(K from, K to) {
    return Scan.range(types.keys().encode(from), types.keys().encode(to));
  }

  /**
   * The keys that begin alike.
   *
   * @param leading for text its beginning; for a key record the values of its first components
   * @return a scan for {@link #scan(Scan)}
   */
  public final Scan prefix(Object... leading) {
    return Scan.prefix(types.keys().prefix(List.of(leading)));
  }

  /**
   * Goes through all records in the order of their keys.
   *
   * @return a cursor, to be closed
   */
  public final TypedCursor<K, V> scan() {
    return scan(Scan.all());
  }

  /**
   * Goes through records in the order of their keys.
   *
   * @param scan which keys, as {@link #range} and {@link #prefix} give them; those that begin with
   *     nine bytes 0xff are left out
   * @return a cursor, to be closed
   */
  public final TypedCursor<K, V> scan(Scan scan) {
    return new TypedCursor<>(reader.scan(Types.below(scan)), types);
  }
}
