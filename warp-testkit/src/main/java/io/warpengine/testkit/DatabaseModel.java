package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.KeyRange;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WriteBatch;
import io.warpengine.spi.control.WarpClock;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What a database must hold: a sorted map whose entries expire. */
final class DatabaseModel {

  private static final long NEVER = Long.MAX_VALUE;

  private final WarpClock clock;
  private final NavigableMap<Bytes, Item> items;
  private long latest;

  private record Item(Bytes value, long expiresAt) {}

  DatabaseModel(WarpClock clock) {
    this(clock, new TreeMap<>(), 0);
  }

  private DatabaseModel(WarpClock clock, NavigableMap<Bytes, Item> items, long latest) {
    this.clock = clock;
    this.items = items;
    this.latest = latest;
  }

  DatabaseModel copy() {
    return new DatabaseModel(clock, new TreeMap<>(items), latest);
  }

  /** A clock that goes back brings nothing back to life while the database is open. */
  private long now() {
    latest = Math.max(latest, clock.millis());
    return latest;
  }

  private void expire() {
    long now = now();
    items.values().removeIf(item -> item.expiresAt <= now);
  }

  Optional<Bytes> get(Bytes key) {
    expire();
    return Optional.ofNullable(items.get(key)).map(Item::value);
  }

  NavigableMap<Bytes, Bytes> content() {
    expire();
    TreeMap<Bytes, Bytes> content = new TreeMap<>();
    items.forEach((key, item) -> content.put(key, item.value));
    return content;
  }

  void put(Bytes key, Bytes value) {
    items.put(key, new Item(value, NEVER));
  }

  void remove(Bytes key) {
    items.remove(key);
  }

  /** The keys that a scan returns. */
  List<Bytes> keys(Scan scan) {
    expire();
    NavigableMap<Bytes, Item> run = items.tailMap(scan.from(), true);
    if (scan.to().isPresent()) {
      boolean none = scan.to().get().compareTo(scan.from()) <= 0;
      run = none ? new TreeMap<>() : run.headMap(scan.to().get(), false);
    }
    return (scan.backwards() ? run.descendingMap() : run)
        .keySet().stream().limit(scan.limit()).toList();
  }

  /** Does a step and says what comes of it; a step that the database refuses changes nothing. */
  String apply(DatabaseStep step) {
    expire();
    Optional<Item> there = Optional.ofNullable(items.get(step.key()));
    long expiry = step.options().timeToLive().map(ttl -> now() + ttl.toMillis()).orElse(NEVER);
    switch (step.kind()) {
      case PUT -> items.put(step.key(), new Item(step.value(), expiry));
      case DELETE -> {
        if (there.isEmpty()) {
          return "refused";
        }
        items.remove(step.key());
      }
      case PUT_IF_ABSENT -> {
        if (there.isPresent()) {
          return "refused";
        }
        items.put(step.key(), new Item(step.value(), expiry));
      }
      case COMPARE_AND_SET -> {
        if (there.filter(item -> item.value.equals(step.expected())).isEmpty()) {
          return "refused";
        }
        items.put(step.key(), new Item(step.value(), expiry));
      }
      case INCREMENT -> {
        return increment(step, there, expiry);
      }
      case BATCH -> {
        step.writes().forEach(write -> apply(write, expiry));
        return "batch " + step.writes().size();
      }
      case DELETE_RANGE -> {
        int before = items.size();
        items.keySet().removeIf(key -> key.startsWith(step.key()));
        return "removed " + (before - items.size());
      }
      case TRANSACTION -> {
        step.writes().forEach(write -> apply(write, NEVER));
        return "transaction " + step.writes().size();
      }
    }
    return "written";
  }

  private String increment(DatabaseStep step, Optional<Item> there, long expiry) {
    String text = there.map(item -> item.value.toUtf8()).orElse("0");
    if (!text.matches("-?\\d{1,19}")) {
      return "NOT_A_NUMBER";
    }
    BigInteger sum = new BigInteger(text).add(BigInteger.valueOf(step.delta()));
    if (sum.bitLength() > 63) {
      return "NOT_A_NUMBER";
    }
    boolean set = step.options().timeToLive().isPresent();
    long kept = set ? expiry : there.map(Item::expiresAt).orElse(NEVER);
    items.put(step.key(), new Item(Bytes.utf8(sum.toString()), kept));
    return "number " + sum;
  }

  private void apply(WriteBatch.Write write, long expiry) {
    if (write.value().isEmpty()) {
      items.remove(write.key());
      return;
    }
    long relative = write.timeToLive().map(ttl -> now() + ttl.toMillis()).orElse(expiry);
    long own = write.expiresAt().map(Instant::toEpochMilli).orElse(relative);
    items.put(write.key(), new Item(write.value().get(), own));
  }

  /** Whether a database holds exactly this. */
  boolean isHeldBy(List<Entry> entries) {
    expire();
    if (entries.size() != items.size()) {
      return false;
    }
    int at = 0;
    for (var item : items.entrySet()) {
      Entry entry = entries.get(at++);
      boolean same =
          entry.key().equals(item.getKey())
              && entry.value().equals(item.getValue().value)
              && entry.expiresAt().map(Instant::toEpochMilli).orElse(NEVER)
                  == item.getValue().expiresAt;
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** How what a database holds differs from this, for messages. */
  String difference(List<Entry> entries) {
    expire();
    Map<Bytes, Item> missing = new TreeMap<>(items);
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      Item expected = missing.remove(entry.key());
      Item found =
          new Item(entry.value(), entry.expiresAt().map(Instant::toEpochMilli).orElse(NEVER));
      if (!found.equals(expected)) {
        text.append(entry.key() + " is " + found + " and not " + expected + "; ");
      }
    }
    return text + "missing " + missing;
  }

  /** Everything in a database or a space, in key order. */
  static List<Entry> entries(WarpReader database) {
    return entries(database, KeyRange.all());
  }

  /** Everything in a range, in key order. */
  static List<Entry> entries(WarpReader database, KeyRange range) {
    List<Entry> entries = new ArrayList<>();
    try (ScanCursor cursor = database.scan(Scan.in(range))) {
      cursor.forEachRemaining(entries::add);
    }
    return entries;
  }

  /** Asserts that a database holds exactly this, by scanning and by single reads. */
  void assertHeldBy(WarpReader database, String what) {
    expire();
    List<Entry> entries = entries(database);
    assertThat(entries.stream().map(Entry::key).toList())
        .as("keys %s", what)
        .isEqualTo(List.copyOf(items.keySet()));
    assertThat(isHeldBy(entries)).as("values and expiries %s", what).isTrue();
    items.forEach(
        (key, item) -> assertThat(database.get(key)).as("%s %s", what, key).contains(item.value));
  }
}
