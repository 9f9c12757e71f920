package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The part of {@link WarpDatabaseContract} about scans. */
abstract class DatabaseScanTests extends DatabaseWriteTests {

  private static List<Bytes> keys(WarpDatabase database, Scan scan) {
    List<Bytes> keys = new ArrayList<>();
    try (ScanCursor cursor = database.scan(scan)) {
      while (cursor.hasNext()) {
        keys.add(cursor.next().key());
      }
    }
    return keys;
  }

  private static NavigableMap<Bytes, Bytes> fill(WarpDatabase database, long seed, int count) {
    Generator data = new Generator(seed);
    NavigableMap<Bytes, Bytes> model = new TreeMap<>();
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < count; i++) {
      Bytes key = data.key();
      Bytes value = data.value(10);
      batch.put(key, value);
      model.put(key, value);
    }
    database.writeBatch(batch);
    return model;
  }

  private static List<Bytes> expected(NavigableMap<Bytes, Bytes> model, Scan scan) {
    NavigableMap<Bytes, Bytes> run = model.tailMap(scan.from(), true);
    if (scan.to().isPresent()) {
      boolean none = scan.to().get().compareTo(scan.from()) <= 0;
      run = none ? new TreeMap<>() : run.headMap(scan.to().get(), false);
    }
    return (scan.backwards() ? run.descendingMap() : run)
        .keySet().stream().limit(scan.limit()).toList();
  }

  @Test
  void scanReturnsKeysInOrderWithTheirEntries() {
    WarpDatabase database = open();
    assertThat(keys(database, Scan.all())).isEmpty();
    NavigableMap<Bytes, Bytes> model = fill(database, 1, 500);
    List<Entry> entries = DatabaseModel.entries(database);
    assertThat(entries).extracting(Entry::key).isEqualTo(List.copyOf(model.keySet()));
    assertThat(entries)
        .allSatisfy(entry -> assertThat(database.entry(entry.key())).contains(entry));
  }

  @Test
  void everyScanEqualsTheModel() {
    WarpDatabase database = open();
    NavigableMap<Bytes, Bytes> model = fill(database, 2, 400);
    Seeds.forEach(
        200,
        seed -> {
          Generator data = new Generator(seed);
          Scan scan =
              switch (data.below(4)) {
                case 0 -> Scan.all();
                case 1 -> Scan.prefix(data.key().slice(0, 1));
                case 2 -> Scan.range(data.key(), data.key());
                default -> Scan.prefix(data.key());
              };
          scan = data.chance(0.5) ? scan.reversed() : scan;
          scan = data.chance(0.3) ? scan.limit(1L + data.below(50)) : scan;
          assertThat(keys(database, scan)).as("%s", scan).isEqualTo(expected(model, scan));
        });
  }

  @Test
  void prefixOfHighestBytesReachesTheEnd() {
    WarpDatabase database = open();
    Bytes high = Bytes.copyOf(new byte[] {-1, -1});
    Bytes higher = Bytes.copyOf(new byte[] {-1, -1, -1, 0});
    Bytes lower = Bytes.copyOf(new byte[] {-1, -2});
    List.of(high, higher, lower).forEach(key -> database.put(key, key));
    assertThat(keys(database, Scan.prefix(high))).containsExactly(high, higher);
    assertThat(keys(database, Scan.prefix(high).reversed())).containsExactly(higher, high);
  }

  @Test
  void resumedScanGoesOnWhereTheTokenWasTaken() {
    WarpDatabase database = open();
    NavigableMap<Bytes, Bytes> model = fill(database, 3, 300);
    for (Scan scan : List.of(Scan.all(), Scan.all().reversed(), Scan.prefix(b("k")).reversed())) {
      List<Bytes> all = expected(model, scan);
      List<Bytes> walked = new ArrayList<>();
      Bytes token = Bytes.EMPTY;
      for (int page = 0; page <= all.size(); page++) {
        try (ScanCursor cursor = database.scan(scan.limit(7).resume(token))) {
          cursor.forEachRemaining(entry -> walked.add(entry.key()));
          token = cursor.token();
        }
      }
      assertThat(walked).isEqualTo(all);
    }
  }

  @Test
  void tokenMarksTheEntryReturnedLast() {
    WarpDatabase database = open();
    List.of(b("a"), b("b"), b("c"), b("d")).forEach(key -> database.put(key, key));
    try (ScanCursor cursor = database.scan(Scan.all())) {
      assertThat(cursor.token()).isEqualTo(Bytes.EMPTY);
      cursor.next();
      cursor.next();
      assertThat(cursor.hasNext()).isTrue();
      database.delete(b("b"));
      Bytes token = cursor.token();
      assertThat(keys(database, Scan.all().resume(token))).containsExactly(b("c"), b("d"));
    }
  }

  @Test
  void tokenOutlivesTheDatabase() {
    if (!has(Capability.KEEPS_DATA)) {
      return;
    }
    WarpDatabase database = open();
    List.of(b("a"), b("b"), b("c")).forEach(key -> database.put(key, key));
    Bytes token;
    try (ScanCursor cursor = database.scan(Scan.all().reversed())) {
      cursor.next();
      token = cursor.token();
    }
    database.close();
    assertThat(keys(open(), Scan.all().reversed().resume(token))).containsExactly(b("b"), b("a"));
  }

  @Test
  void strangeTokenIsRefused() {
    WarpDatabase database = open();
    database.put(b("a"), b("1"));
    for (Bytes token : List.of(b("x"), b("not a token at all"), new Generator(1).value(60))) {
      fails(
          CoreError.TOKEN_INVALID,
          () -> database.scan(Scan.all().resume(token)).forEachRemaining(entry -> {}));
    }
  }

  @Test
  void scanEndsAtItsEndAndWhenItIsClosed() {
    WarpDatabase database = open();
    List.of(b("a"), b("b")).forEach(key -> database.put(key, key));
    ScanCursor cursor = database.scan(Scan.all().limit(1));
    cursor.next();
    assertThat(cursor.hasNext()).isFalse();
    assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
    ScanCursor closed = database.scan(Scan.all());
    assertThat(closed.hasNext()).isTrue();
    closed.close();
    closed.close();
    assertThat(closed.hasNext()).isFalse();
    assertThatThrownBy(closed::next).isInstanceOf(NoSuchElementException.class);
    cursor.close();
  }

  @Test
  void keysThereDuringTheWholeWalkAreReturnedOnceEach() throws Exception {
    WarpDatabase database = open();
    Set<Bytes> stable = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      Bytes key = b("k" + i);
      database.put(key, key);
      stable.add(key);
    }
    AtomicBoolean going = new AtomicBoolean(true);
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<?> writer = pool.submit(() -> churn(database, going));
      try {
        for (int round = 0; round < Seeds.times(6); round++) {
          Scan scan = round % 2 == 0 ? Scan.all() : Scan.all().reversed();
          List<Bytes> keys = keys(database, scan);
          assertThat(new HashSet<>(keys)).hasSize(keys.size()).containsAll(stable);
          List<Bytes> sorted = new ArrayList<>(keys);
          sorted.sort(scan.backwards() ? (x, y) -> y.compareTo(x) : Bytes::compareTo);
          assertThat(keys).isEqualTo(sorted);
        }
      } finally {
        going.set(false);
      }
      writer.get();
    }
  }

  private static void churn(WarpDatabase database, AtomicBoolean going) {
    Generator data = new Generator(1);
    while (going.get()) {
      int number = data.below(1_000);
      database.put(b("k" + number), b("new"));
      Bytes other = b("k" + number + "x");
      if (data.chance(0.5)) {
        database.put(other, other);
      } else {
        database.delete(other);
      }
    }
  }
}
