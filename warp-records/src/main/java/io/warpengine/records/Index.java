package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WarpTransaction;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records of a view by something other than their key: what a function says of the value.
 *
 * <p>Each record has one entry, or none if the function gives null. It is written in the same
 * transaction as the record, by every write through a view that has the index; what writes to the
 * space otherwise leaves the index behind, which {@link #verify} shows and {@link #rebuild} mends.
 * So each view that writes to a space must have all of its indexes. A function that has changed is
 * such a difference too. A record that cannot be decoded can be replaced only by a view without
 * indexes.
 *
 * <p>The entries lie in the space of the records, behind all keys that a view can have: nine bytes
 * 0xff, the index's name, the indexed value in the form of a key, and, unless the index is unique,
 * the record's key; the value of an entry is the record's key.
 *
 * @param <I> what the function gives: a type that a key can have, always of one class
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class Index<I, K, V> {

  private static final ClassValue<KeyPart> PARTS =
      new ClassValue<>() {
        @Override
        protected KeyPart computeValue(Class<?> type) {
          return KeyMapping.of(type);
        }
      };

  private final WarpSpace space;
  private final Types<K, V> types;
  private final String name;
  private final boolean unique;
  private final Function<? super V, ? extends @Nullable I> function;
  private final Bytes start;

  Index(
      WarpSpace space,
      Types<K, V> types,
      String name,
      boolean unique,
      Function<? super V, ? extends @Nullable I> function) {
    this.space = space;
    this.types = types;
    this.name = name;
    this.unique = unique;
    this.function = function;
    KeyWriter out = new KeyWriter();
    out.raw(Types.RESERVED);
    out.escaped(Utf8.whole(name));
    this.start = Bytes.copyOf(out.toBytes().toArray());
  }

  /**
   * The index's name.
   *
   * @return as it was given
   */
  public String name() {
    return name;
  }

  /**
   * The record with an indexed value, the first by its key if there are several.
   *
   * @param value what the function gives for it
   * @return the record; empty if there is none
   */
  public Optional<TypedEntry<K, V>> get(I value) {
    if (unique) {
      Optional<Bytes> key = space.get(beginning(value));
      Optional<TypedEntry<K, V>> found = key.flatMap(each -> record(space, each, value));
      if (found.isPresent() || key.isEmpty()) {
        return found;
      }
    }
    try (IndexCursor<I, K, V> cursor = find(value)) {
      return cursor.hasNext() ? Optional.of(cursor.next()) : Optional.empty();
    }
  }

  /**
   * The records with an indexed value, in the order of their keys, as they are at this moment.
   *
   * @param value what the function gives for them
   * @return a cursor, to be closed
   */
  public IndexCursor<I, K, V> find(I value) {
    return scan(Scan.prefix(beginning(value)));
  }

  /**
   * The records whose indexed values are in a half-open range, in the order of these values, as
   * they are at this moment.
   *
   * @param from the first value included
   * @param to the first value excluded
   * @return a cursor, to be closed
   */
  public IndexCursor<I, K, V> range(I from, I to) {
    return scan(Scan.range(beginning(from), beginning(to)));
  }

  /**
   * All records that the index holds, in the order of the indexed values, as they are at this
   * moment.
   *
   * @return a cursor, to be closed
   */
  public IndexCursor<I, K, V> all() {
    return scan(entries());
  }

  private IndexCursor<I, K, V> scan(Scan scan) {
    WarpSnapshot snapshot = space.snapshot();
    try {
      return new IndexCursor<>(this, snapshot, scan);
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  Scan entries() {
    return Scan.prefix(start);
  }

  /** The record that an entry leads to, unless the entry is stale. */
  Optional<TypedEntry<K, V>> record(WarpReader reader, Entry entry) {
    return reader
        .entry(entry.value())
        .map(types::entry)
        .filter(found -> leads(entry.key(), found.value(), entry.value()));
  }

  private Optional<TypedEntry<K, V>> record(WarpReader reader, Bytes key, I value) {
    Bytes wanted = entry(value, key);
    return reader.entry(key).map(types::entry).filter(found -> leads(wanted, found.value(), key));
  }

  private boolean leads(Bytes entry, V value, Bytes key) {
    return entry(value(value), key, entry);
  }

  private boolean entry(Optional<I> value, Bytes key, Bytes entry) {
    return value.isPresent() && entry(value.get(), key).equals(entry);
  }

  private Optional<I> value(V value) {
    return Optional.ofNullable(function.apply(value));
  }

  /** The key of the entry of a record. */
  Optional<Bytes> entryOf(V value, Bytes key) {
    return value(value).map(indexed -> entry(indexed, key));
  }

  private Bytes entry(I value, Bytes key) {
    KeyWriter out = begun(value);
    if (!unique) {
      out.raw(key);
    }
    return out.toBytes();
  }

  private Bytes beginning(I value) {
    return begun(value).toBytes();
  }

  private KeyWriter begun(I value) {
    KeyWriter out = new KeyWriter();
    out.raw(start);
    try {
      Class<?> type =
          value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
      PARTS.get(type).write().accept(out, value);
    } catch (Malformed e) {
      throw new WarpException(
          RecordsError.VALUE_REFUSED,
          "What the index [" + name + "] is by " + e.getMessage() + ".",
          "Let its function give a value that a key can hold.",
          e);
    }
    return out;
  }

  /** Brings the entry of a record that is put up to date. */
  void replace(
      WarpTransaction transaction,
      Bytes key,
      Optional<V> before,
      V after,
      boolean expires,
      Optional<Duration> timeToLive) {
    Optional<Bytes> now = entryOf(after, key);
    Optional<Bytes> old = before.flatMap(record -> entryOf(record, key));
    if (now.equals(old)
        && !expires
        && now.map(entry -> leads(transaction, entry, key)).orElse(true)) {
      return;
    }
    if (old.isPresent() && !old.equals(now)) {
      remove(transaction, old.get(), key);
    }
    if (now.isPresent()) {
      Bytes entry = now.get();
      if (unique && isTaken(transaction, entry, key)) {
        throw new WarpException(
            RecordsError.UNIQUE_VIOLATED,
            "Another record has the value by which the unique index [" + name + "] finds it.",
            "Give the record another value, or change the other record first.");
      }
      put(transaction, entry, key, timeToLive);
    }
  }

  /** Removes the entry of a record that is deleted. */
  void remove(WarpTransaction transaction, Bytes key, V before) {
    entryOf(before, key).ifPresent(entry -> remove(transaction, entry, key));
  }

  /** Whether an entry is there and is this record's; it is not if the index came later. */
  private boolean leads(WarpTransaction transaction, Bytes entry, Bytes key) {
    Optional<Bytes> there = transaction.get(entry);
    return unique ? there.equals(Optional.of(key)) : there.isPresent();
  }

  /** The entry of a unique index may be another record's, where the index was left behind. */
  private void remove(WarpTransaction transaction, Bytes entry, Bytes key) {
    if (!unique || transaction.get(entry).filter(key::equals).isPresent()) {
      transaction.delete(entry);
    }
  }

  /** Whether an entry leads to another record that really has the value. */
  boolean isTaken(WarpReader reader, Bytes entry, Bytes key) {
    return reader
        .entry(entry)
        .filter(found -> !found.value().equals(key))
        .flatMap(found -> record(reader, found))
        .isPresent();
  }

  static void put(
      WarpTransaction transaction, Bytes key, Bytes value, Optional<Duration> timeToLive) {
    if (timeToLive.isPresent()) {
      transaction.put(key, value, timeToLive.get());
    } else {
      transaction.put(key, value);
    }
  }

  /**
   * Compares the index with all records, at one moment.
   *
   * @return what was found
   */
  public IndexReport verify() {
    return new IndexCheck<>(space, types, this).verify();
  }

  /**
   * Writes the entries that are missing and removes those that are stale, in small transactions,
   * while others read and write: after it, the index is what it would be had it always been there.
   *
   * @return how many were missing and stale
   * @throws WarpException UNIQUE_VIOLATED if records share a value that must be unique; all other
   *     entries are right then
   */
  public IndexReport rebuild() {
    return new IndexCheck<>(space, types, this).rebuild();
  }
}
