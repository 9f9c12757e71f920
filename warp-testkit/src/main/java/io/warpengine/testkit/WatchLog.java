package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.KeyRange;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.Watch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A listener that remembers what it is told, checks the order of each key, and keeps a copy of what
 * it watches: after a gap it reads everything again and passes over what it has read already.
 */
final class WatchLog implements Watch.Listener {

  private final WarpDatabase database;
  private final Bytes prefix;
  private final NavigableMap<Bytes, Bytes> copy = new TreeMap<>();
  private final Map<Bytes, Long> newest = new HashMap<>();
  private Map<Bytes, Long> read = new HashMap<>();
  final List<Watch.Event> events = new CopyOnWriteArrayList<>();
  final List<WarpException> ends = new CopyOnWriteArrayList<>();
  final List<String> broken = new CopyOnWriteArrayList<>();

  WatchLog(WarpDatabase database, Bytes prefix) {
    this.database = database;
    this.prefix = prefix;
  }

  @Override
  public void onEvent(Watch.Event event) {
    if (!ends.isEmpty()) {
      broken.add("an event after the end: " + event);
    }
    switch (event) {
      case Watch.Event.Put put -> {
        if (isNew(put.key(), put.sequence())) {
          keep(put.key(), put.value());
        }
      }
      case Watch.Event.Delete delete -> {
        if (isNew(delete.key(), delete.sequence())) {
          forget(delete.key());
        }
      }
      case Watch.Event.Gap gap -> readAgain();
    }
    events.add(event);
  }

  private boolean isNew(Bytes key, long sequence) {
    Long before = newest.put(key, sequence);
    if (before != null && before >= sequence) {
      broken.add("the key " + key + " went from " + before + " to " + sequence);
    }
    if (!key.startsWith(prefix)) {
      broken.add("the key " + key + " does not begin with " + prefix);
    }
    return read.getOrDefault(key, 0L) < sequence;
  }

  private synchronized void keep(Bytes key, Bytes value) {
    copy.put(key, value);
  }

  private synchronized void forget(Bytes key) {
    copy.remove(key);
  }

  private synchronized void readAgain() {
    copy.clear();
    read = new HashMap<>();
    for (Entry entry : DatabaseModel.entries(database, KeyRange.prefix(prefix))) {
      copy.put(entry.key(), entry.value());
      read.put(entry.key(), entry.sequence());
    }
  }

  synchronized NavigableMap<Bytes, Bytes> copy() {
    return new TreeMap<>(copy);
  }

  long gaps() {
    return events.stream().filter(Watch.Event.Gap.class::isInstance).count();
  }

  @Override
  public void onEnd(WarpException reason) {
    ends.add(reason);
  }
}
