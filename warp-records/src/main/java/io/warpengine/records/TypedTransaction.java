package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A transaction with keys and values of Java types. What it writes is in the indexes of its view
 * when the transaction takes effect, not before and not without it.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class TypedTransaction<K, V> extends TypedReader<K, V> {

  private final WarpTransaction transaction;
  private final List<Index<?, K, V>> indexes;

  TypedTransaction(WarpTransaction transaction, Types<K, V> types, List<Index<?, K, V>> indexes) {
    super(transaction, types);
    this.transaction = transaction;
    this.indexes = indexes;
  }

  /**
   * Stores a value. If one of its components has {@link Ttl}, that gives the expiry.
   *
   * @param key its key
   * @param value the value
   * @throws WarpException UNIQUE_VIOLATED if another record has a value that a unique index holds
   *     once
   */
  public void put(K key, V value) {
    put(key, value, timeToLive(types().expiry(value)));
  }

  /**
   * Stores a value that expires.
   *
   * @param key its key
   * @param value the value
   * @param timeToLive at least a millisecond, from now
   * @throws WarpException UNIQUE_VIOLATED if another record has a value that a unique index holds
   *     once
   */
  public void put(K key, V value, Duration timeToLive) {
    put(key, value, Optional.of(timeToLive));
  }

  /** The same as a put that never says no. */
  boolean stored(K key, V value, Optional<Duration> timeToLive) {
    put(key, value, timeToLive);
    return true;
  }

  private void put(K key, V value, Optional<Duration> timeToLive) {
    Bytes encodedKey = types().key(key);
    Bytes encoded = types().values().encode(value);
    if (!indexes.isEmpty()) {
      Optional<Entry> before = transaction.entry(encodedKey);
      Optional<V> old = before.map(entry -> types().values().decode(entry.value()));
      boolean expires = timeToLive.isPresent() || before.flatMap(Entry::expiresAt).isPresent();
      for (Index<?, K, V> index : indexes) {
        index.replace(transaction, encodedKey, old, value, expires, timeToLive);
      }
    }
    Index.put(transaction, encodedKey, encoded, timeToLive);
  }

  /**
   * Removes a record.
   *
   * @param key its key
   * @return whether there was one
   */
  public boolean delete(K key) {
    Bytes encodedKey = types().key(key);
    Optional<Bytes> before = transaction.get(encodedKey);
    if (before.isEmpty()) {
      return false;
    }
    if (!indexes.isEmpty()) {
      V old = types().values().decode(before.get());
      for (Index<?, K, V> index : indexes) {
        index.remove(transaction, encodedKey, old);
      }
    }
    transaction.delete(encodedKey);
    return true;
  }

  /** What is over is given the shortest time to live, since there is none of zero. */
  static Optional<Duration> timeToLive(Expiry expiry) {
    return expiry
        .expiresAt()
        .map(end -> Duration.between(Instant.now(), end))
        .map(left -> left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left)
        .or(expiry::timeToLive);
  }
}
