package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WarpTransaction;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A space with keys and values of Java types. Safe for use by any number of threads.
 *
 * <p>A write returns when what its durability asks for is reached, as in the space below. If a
 * component of the value has {@link Ttl}, it gives the record's expiry, unless the options of the
 * write name one.
 *
 * <p>With indexes every write is a transaction, which keeps them in step with the records.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class TypedSpace<K, V> extends TypedReader<K, V> {

  private final WarpSpace space;
  private final List<Index<?, K, V>> indexes = new CopyOnWriteArrayList<>();

  TypedSpace(WarpSpace space, Types<K, V> types) {
    super(space, types);
    this.space = space;
  }

  /**
   * Adds an index to this view. It holds what is written through the view from now on; {@link
   * Index#rebuild} takes in what was there before.
   *
   * @param name its name, of which a space has one
   * @param by what it finds a record by, of one class that a key can have; null leaves the record
   *     out
   * @param <I> what the function gives
   * @return the index
   * @throws WarpException INDEX_EXISTS if the view has one of that name
   */
  public <I> Index<I, K, V> index(String name, Function<? super V, ? extends @Nullable I> by) {
    return added(new Index<>(space, types(), name, false, by));
  }

  /**
   * Adds an index that holds each value for one record only: the write of a second one is refused.
   *
   * @param name its name, of which a space has one
   * @param by what it finds a record by, of one class that a key can have; null leaves the record
   *     out
   * @param <I> what the function gives
   * @return the index
   * @throws WarpException INDEX_EXISTS if the view has one of that name
   */
  public <I> Index<I, K, V> unique(String name, Function<? super V, ? extends @Nullable I> by) {
    return added(new Index<>(space, types(), name, true, by));
  }

  private <I> Index<I, K, V> added(Index<I, K, V> index) {
    if (indexes.stream().anyMatch(other -> other.name().equals(index.name()))) {
      throw new WarpException(
          RecordsError.INDEX_EXISTS,
          "The view has an index [" + index.name() + "] already.",
          "Keep that one, or give the new one another name.");
    }
    indexes.add(index);
    return index;
  }

  /**
   * This view within a transaction of its space, with its indexes.
   *
   * @param transaction the transaction
   * @return the view, as long as the transaction runs
   */
  public TypedTransaction<K, V> in(WarpTransaction transaction) {
    return new TypedTransaction<>(transaction, types(), indexes);
  }

  private <T> T transact(WriteOptions options, Function<TypedTransaction<K, V>, T> body) {
    TransactionOptions how =
        new TransactionOptions(options.durability(), TransactionOptions.DEFAULT.attempts(), false);
    return space.transact(how, transaction -> body.apply(in(transaction)));
  }

  /**
   * Stores a value with the default options.
   *
   * @param key its key
   * @param value the value
   * @throws WarpException UNIQUE_VIOLATED if another record has a value that a unique index holds
   *     once
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
   * @throws WarpException UNIQUE_VIOLATED if another record has a value that a unique index holds
   *     once
   */
  public void put(K key, V value, WriteOptions options) {
    Expiry expiry = options.timeToLive().isPresent() ? Expiry.NEVER : types().expiry(value);
    if (!indexes.isEmpty()) {
      Optional<Duration> life = options.timeToLive().or(() -> TypedTransaction.timeToLive(expiry));
      transact(options, view -> view.stored(key, value, life));
      return;
    }
    Bytes encodedKey = types().key(key);
    Bytes encoded = types().values().encode(value);
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
    if (!indexes.isEmpty()) {
      return transact(
          WriteOptions.DEFAULT,
          view -> view.entry(key).isEmpty() && view.stored(key, value, life(value)));
    }
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
    if (!indexes.isEmpty()) {
      return transact(
          WriteOptions.DEFAULT,
          view ->
              view.get(key).filter(expected::equals).isPresent()
                  && view.stored(key, value, life(value)));
    }
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
   */
  public boolean delete(K key) {
    return indexes.isEmpty()
        ? space.delete(types().key(key)).isPresent()
        : transact(WriteOptions.DEFAULT, view -> view.delete(key));
  }

  private Optional<Duration> life(V value) {
    return TypedTransaction.timeToLive(types().expiry(value));
  }

  private WriteOptions options(V value) {
    return life(value).map(WriteOptions::timeToLive).orElse(WriteOptions.DEFAULT);
  }
}
