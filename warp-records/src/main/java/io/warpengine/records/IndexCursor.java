package io.warpengine.records;

import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpSnapshot;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A walk through the records that an index finds, on a snapshot that it closes with itself. For one
 * thread at a time.
 *
 * @param <I> what the index is by
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class IndexCursor<I, K, V> implements Iterator<TypedEntry<K, V>>, AutoCloseable {

  private final Index<I, K, V> index;
  private final WarpSnapshot snapshot;
  private final ScanCursor entries;
  private Optional<TypedEntry<K, V>> next = Optional.empty();

  IndexCursor(Index<I, K, V> index, WarpSnapshot snapshot, Scan scan) {
    this.index = index;
    this.snapshot = snapshot;
    this.entries = snapshot.scan(scan);
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && entries.hasNext()) {
      next = index.record(snapshot, entries.next());
    }
    return next.isPresent();
  }

  @Override
  public TypedEntry<K, V> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The index has no more records here.");
    }
    TypedEntry<K, V> found = next.orElseThrow();
    next = Optional.empty();
    return found;
  }

  /** Ends the walk. */
  @Override
  public void close() {
    try (snapshot) {
      entries.close();
    }
  }
}
