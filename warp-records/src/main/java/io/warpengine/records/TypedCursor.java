package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import java.util.Iterator;

/**
 * A walk through the keys of a view in their order. For one thread at a time.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class TypedCursor<K, V> implements Iterator<TypedEntry<K, V>>, AutoCloseable {

  private final ScanCursor cursor;
  private final Types<K, V> types;

  TypedCursor(ScanCursor cursor, Types<K, V> types) {
    this.cursor = cursor;
    this.types = types;
  }

  @Override
  public boolean hasNext() {
    return cursor.hasNext();
  }

  /**
   * The next record. If it cannot be decoded, that is thrown, and the walk can go on behind it.
   *
   * @return the record
   */
  @Override
  public TypedEntry<K, V> next() {
    return types.entry(cursor.next());
  }

  /**
   * Marks the place after the entry that was returned last.
   *
   * @return a token for {@link Scan#resume(Bytes)}
   */
  public Bytes token() {
    return cursor.token();
  }

  /** Ends the walk. */
  @Override
  public void close() {
    cursor.close();
  }
}
