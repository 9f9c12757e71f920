package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A space with keys and values of Java types. Safe for use by any number of threads.
 *
 * <p>A write returns when what its durability asks for is reached, as in the space below. If a
 * component of the value has {@link Ttl}, it gives the record's expiry, unless the options of the
 * write name one.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class TypedSpace<K, V> extends TypedReader<K, V> {

  private final WarpSpace space;

  TypedSpace(WarpSpace space, Types<K, V> types) {
    super(space, types);
    this.space = space;
  }

  /**
   * Stores a value with the default options.
   *
   * @param key its key
   * @param value the value
   */
  public void put(K key, V value) {
    put(key, value, WriteOptions.DEFAULT);
  }

  /**
   * Stores a value.
   *
   * @param key its key
   * @param value the value
   * @param options durability and expiry
   */
  public void put(K key, V value, WriteOptions options) {
    Bytes encodedKey = types().key(key);
    Bytes encoded = types().values().encode(value);
    Expiry expiry = options.timeToLive().isPresent() ? Expiry.NEVER : types().expiry(value);
    Optional<Instant> end = expiry.expiresAt();
    if (end.isPresent()) {
      space.writeBatch(new WriteBatch().putUntil(encodedKey, encoded, end.get()), options);
    } else {
      space.put(
          encodedKey, encoded, expiry.timeToLive().map(options::withTimeToLive).orElse(options));
    }
  }

  /**
   * Stores a value if there is none.
   *
   * @param key its key
   * @param value the value
   * @return whether it was stored
   */
  public boolean putIfAbsent(K key, V value) {
    return space
        .putIfAbsent(types().key(key), types().values().encode(value), options(value))
        .isPresent();
  }

  /**
   * Replaces a value if it is still what the caller believes, by its {@code equals}; of whichever
   * shape it was stored.
   *
   * @param key its key
   * @param expected the value that must be there
   * @param value the new value
   * @return whether it was replaced
   */
  public boolean replace(K key, V expected, V value) {
    Bytes encodedKey = types().key(key);
    Bytes encoded = types().values().encode(value);
    while (true) {
      Optional<Bytes> stored = space.get(encodedKey);
      if (stored.isEmpty() || !types().values().decode(stored.get()).equals(expected)) {
        return false;
      }
      if (space.compareAndSet(encodedKey, stored.get(), encoded, options(value)).isPresent()) {
        return true;
      }
    }
  }

  /**
   * Removes a record.
   *
   * @param key its key
   * @return whether there was one
   * @throws WarpException as the space below
   */
  public boolean delete(K key) {
    return space.delete(types().key(key)).isPresent();
  }

  /** Conditional writes take a time to live only: what is over is given the shortest. */
  private WriteOptions options(V value) {
    Expiry expiry = types().expiry(value);
    return expiry
        .expiresAt()
        .map(TypedSpace::until)
        .or(expiry::timeToLive)
        .map(WriteOptions::timeToLive)
        .orElse(WriteOptions.DEFAULT);
  }

  private static Duration until(Instant end) {
    Duration left = Duration.between(Instant.now(), end);
    return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
  }
}
