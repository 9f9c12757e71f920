package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Entry;
import io.warpengine.api.Position;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The part of {@link WarpDatabaseContract} about snapshots. */
abstract class DatabaseSnapshotTests extends DatabaseScanTests {

  private static final int ACCOUNTS = 50;
  private static final int BALANCE = 100;

  /** An open snapshot and what it must hold for as long as it is open. */
  private record Taken(WarpSnapshot snapshot, List<Entry> entries) {}

  private static List<Entry> entries(WarpReader reader, Scan scan) {
    List<Entry> entries = new ArrayList<>();
    try (ScanCursor cursor = reader.scan(scan)) {
      cursor.forEachRemaining(entries::add);
    }
    return entries;
  }

  private static Bytes account(int number) {
    return b("account" + number);
  }

  @Test
  void snapshotSeesTheMomentItWasTaken() {
    WarpDatabase database = open();
    database.put(b("kept"), b("1"));
    database.put(b("changed"), b("1"));
    database.put(b("deleted"), b("1"));
    database.put(b("again"), b("1"));
    try (WarpSnapshot snapshot = database.snapshot()) {
      database.put(b("changed"), b("2"));
      database.put(b("changed"), b("3"));
      database.delete(b("deleted"));
      database.delete(b("again"));
      database.put(b("again"), b("2"));
      database.put(b("new"), b("1"));
      assertThat(entries(snapshot, Scan.all()))
          .extracting(Entry::key)
          .containsExactly(b("again"), b("changed"), b("deleted"), b("kept"));
      assertThat(entries(snapshot, Scan.all())).extracting(Entry::value).containsOnly(b("1"));
      assertThat(
              snapshot.multiGet(
                  List.of(b("again"), b("changed"), b("deleted"), b("kept"), b("new"))))
          .containsExactly(
              Optional.of(b("1")),
              Optional.of(b("1")),
              Optional.of(b("1")),
              Optional.of(b("1")),
              Optional.empty());
      assertThat(snapshot.entry(b("changed")).orElseThrow().value()).isEqualTo(b("1"));
    }
    assertThat(database.get(b("changed"))).contains(b("3"));
    assertThat(database.get(b("deleted"))).isEmpty();
  }

  @Test
  void scanSeesTheMomentItBegan() {
    WarpDatabase database = open();
    for (int i = 0; i < 300; i++) {
      database.put(b("k" + i), b("1"));
    }
    List<Entry> before = entries(database, Scan.all());
    try (ScanCursor cursor = database.scan(Scan.all())) {
      List<Entry> walked = new ArrayList<>();
      while (cursor.hasNext()) {
        Entry entry = cursor.next();
        walked.add(entry);
        database.put(b("k" + walked.size() % 300), b("2"));
        database.delete(b("k" + (walked.size() * 7) % 300));
        database.put(Bytes.utf8(entry.key().toUtf8() + "x"), b("2"));
      }
      assertThat(walked).isEqualTo(before);
    }
  }

  @Test
  void everySnapshotEqualsTheModelOfItsMomentAsLongAsItIsOpen() {
    WarpDatabase database = open();
    DatabaseModel model = new DatabaseModel(clock());
    Seeds.forEach(
        20,
        seed -> {
          Generator data = new Generator(seed, 12);
          List<Taken> open = new ArrayList<>();
          for (int i = 0; i < 400; i++) {
            DatabaseStep step = DatabaseStep.next(data, model, List.of(database.durability()));
            if (!model.apply(step).equals(CoreError.NOT_A_NUMBER.name())) {
              step.doTo(database);
            }
            if (data.chance(0.05)) {
              clock().advance(Duration.ofMillis(data.below(2_000)));
            }
            if (data.chance(0.05)) {
              Taken taken = new Taken(database.snapshot(), entries(database, Scan.all()));
              assertThat(model.isHeldBy(taken.entries())).isTrue();
              open.add(taken);
            }
            if (data.chance(0.03) && !open.isEmpty()) {
              open.remove(data.below(open.size())).snapshot().close();
            }
            if (data.chance(0.1) && !open.isEmpty()) {
              check(data.choose(open), data);
            }
          }
          open.forEach(taken -> check(taken, data));
          open.forEach(taken -> taken.snapshot().close());
        });
  }

  private static void check(Taken taken, Generator data) {
    assertThat(entries(taken.snapshot(), Scan.all())).isEqualTo(taken.entries());
    List<Entry> backwards = new ArrayList<>(taken.entries());
    Collections.reverse(backwards);
    assertThat(entries(taken.snapshot(), Scan.all().reversed())).isEqualTo(backwards);
    Scan range = Scan.range(data.key(), data.key());
    assertThat(entries(taken.snapshot(), range))
        .isEqualTo(
            taken.entries().stream()
                .filter(entry -> entry.key().compareTo(range.from()) >= 0)
                .filter(entry -> entry.key().compareTo(range.to().orElseThrow()) < 0)
                .toList());
    Bytes key = data.key();
    assertThat(taken.snapshot().entry(key))
        .isEqualTo(taken.entries().stream().filter(entry -> entry.key().equals(key)).findFirst());
  }

  @Test
  void clockOfASnapshotStandsStill() {
    WarpDatabase database = open();
    database.put(b("a"), b("1"), WriteOptions.timeToLive(Duration.ofSeconds(5)));
    try (WarpSnapshot snapshot = database.snapshot()) {
      clock().advance(Duration.ofSeconds(6));
      assertThat(database.get(b("a"))).isEmpty();
      database.put(b("b"), b("1"));
      assertThat(snapshot.get(b("a"))).contains(b("1"));
      assertThat(entries(snapshot, Scan.all())).extracting(Entry::key).containsExactly(b("a"));
    }
  }

  @Test
  void snapshotHasAllOfABatchOrNothing() throws Exception {
    WarpDatabase database = open();
    WriteBatch all = new WriteBatch();
    for (int i = 0; i < ACCOUNTS; i++) {
      all.put(account(i), b("" + BALANCE));
    }
    database.writeBatch(all);
    AtomicBoolean going = new AtomicBoolean(true);
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<?> writer = pool.submit(() -> transfer(database, going));
      try {
        for (int round = 0; round < Seeds.times(300); round++) {
          try (WarpSnapshot snapshot = database.snapshot()) {
            int sum = 0;
            for (int i = 0; i < ACCOUNTS; i++) {
              sum += Integer.parseInt(snapshot.get(account(i)).orElseThrow().toUtf8());
            }
            assertThat(sum).isEqualTo(ACCOUNTS * BALANCE);
            List<Entry> entries = entries(snapshot, Scan.prefix(b("account")));
            assertThat(entries).hasSize(ACCOUNTS);
            assertThat(
                    entries.stream()
                        .mapToInt(entry -> Integer.parseInt(entry.value().toUtf8()))
                        .sum())
                .isEqualTo(ACCOUNTS * BALANCE);
          }
        }
      } finally {
        going.set(false);
      }
      writer.get();
    }
  }

  private static void transfer(WarpDatabase database, AtomicBoolean going) {
    Generator data = new Generator(1);
    int[] balances = new int[ACCOUNTS];
    java.util.Arrays.fill(balances, BALANCE);
    while (going.get()) {
      int from = data.below(ACCOUNTS);
      int to = (from + 1 + data.below(ACCOUNTS - 1)) % ACCOUNTS;
      int amount = data.below(10);
      balances[from] -= amount;
      balances[to] += amount;
      WriteBatch batch = new WriteBatch();
      if (data.chance(0.2)) {
        database.put(b("other"), b("x"));
      }
      batch.put(account(from), b("" + balances[from])).put(account(to), b("" + balances[to]));
      database.writeBatch(batch);
    }
  }

  @Test
  void positionOfASnapshotIsTheEndOfWhatItSees() {
    WarpDatabase database = open();
    Position before = database.put(b("a"), b("1")).position();
    try (WarpSnapshot snapshot = database.snapshot()) {
      Position after = database.put(b("b"), b("1")).position();
      assertThat(snapshot.position().includes(before)).isTrue();
      assertThat(snapshot.position().includes(after)).isEqualTo(after.equals(Position.START));
      assertThat(snapshot.takenAt().toEpochMilli()).isEqualTo(clock().millis());
    }
  }

  @Test
  void closedSnapshotIsRefused() {
    WarpDatabase database = open();
    database.put(b("a"), b("1"));
    WarpSnapshot snapshot = database.snapshot();
    ScanCursor cursor = snapshot.scan(Scan.all());
    snapshot.close();
    snapshot.close();
    fails(CoreError.CLOSED, () -> snapshot.get(b("a")));
    fails(CoreError.CLOSED, () -> snapshot.scan(Scan.all()));
    cursor.close();
    WarpSnapshot left = database.snapshot();
    database.close();
    fails(CoreError.CLOSED, () -> left.get(b("a")));
    fails(CoreError.CLOSED, database::snapshot);
    left.close();
  }
}
