package io.warpengine.samples.hello.internal;

import io.warpengine.api.Bytes;
import io.warpengine.spi.access.AccessBatch;
import io.warpengine.spi.access.AccessObserver;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An observer: learns from accesses without standing in their way. Readers and writers leave a note
 * in a ring; the control plane drains the rings and calls this method with a batch, one call at a
 * time. So the counts need no lock, and whoever asks for them gets an immutable map that was
 * published by one volatile write.
 */
final class AccessCounter implements AccessObserver {

  /** Counts of kinds beyond these go together: what is learned must not grow without bound. */
  private static final int MOST_KINDS = 1000;

  static final String OTHERS = "*";

  private final SortedMap<String, Long> counts = new TreeMap<>();
  private volatile SortedMap<String, Long> published = Collections.emptySortedMap();

  @Inject
  AccessCounter() {}

  /** The batch is used again by the kernel: what is kept of it is copied. */
  @Override
  public void onAccesses(AccessBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      String kind = kind(batch.key(i));
      boolean known = counts.containsKey(kind) || counts.size() < MOST_KINDS;
      counts.merge(known ? kind : OTHERS, 1L, Long::sum);
    }
    published = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  SortedMap<String, Long> counts() {
    return published;
  }

  private static String kind(Bytes key) {
    int end = 0;
    while (end < key.size() && key.at(end) != ':') {
      end++;
    }
    return key.slice(0, end).toUtf8();
  }
}
