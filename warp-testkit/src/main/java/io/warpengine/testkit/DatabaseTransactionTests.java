package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WarpTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The part of {@link WarpDatabaseContract} about transactions. */
abstract class DatabaseTransactionTests extends DatabaseSnapshotTests {

  private static final Bytes A = b("a");
  private static final Bytes B = b("b");
  private static final Bytes C = b("c");

  private static List<Bytes> keys(WarpReader reader, Scan scan) {
    List<Bytes> keys = new ArrayList<>();
    try (ScanCursor cursor = reader.scan(scan)) {
      cursor.forEachRemaining(entry -> keys.add(entry.key()));
    }
    return keys;
  }

  private static long number(WarpReader reader, Bytes key) {
    return reader.get(key).map(value -> Long.parseLong(value.toUtf8())).orElse(0L);
  }

  private static void add(WarpTransaction tx, Bytes key, long amount) {
    tx.put(key, b("" + (number(tx, key) + amount)));
  }

  /** Runs a body that reads, lets something be written, and gives how often it ran. */
  private static int attempts(
      WarpDatabase database, Consumer<WarpTransaction> reads, Runnable meanwhile) {
    AtomicInteger attempts = new AtomicInteger();
    database.transact(tx -> {
      reads.accept(tx);
      if (attempts.incrementAndGet() == 1) {
        meanwhile.run();
      }
      tx.put(b("written"), b("" + attempts.get()));
      return attempts;
    });
    assertThat(database.get(b("written"))).contains(b("" + attempts.get()));
    return attempts.get();
  }

  @Test
  void transactionReadsItsOwnWritesAndNobodyElseDoesBeforeItsEnd() {
    WarpDatabase database = open();
    database.put(A, b("1"));
    database.put(B, b("1"));
    Optional<Bytes> returned =
        database.transact(tx -> {
          tx.put(A, b("2"));
          tx.delete(B);
          tx.put(C, b("2"), Duration.ofSeconds(5));
          assertThat(tx.multiGet(List.of(A, B, C)))
              .containsExactly(Optional.of(b("2")), Optional.empty(), Optional.of(b("2")));
          assertThat(tx.entry(A)).contains(new Entry(A, b("2"), 0, Optional.empty()));
          assertThat(tx.entry(B)).isEmpty();
          assertThat(tx.entry(C).orElseThrow().expiresAt()).isPresent();
          assertThat(keys(tx, Scan.all())).containsExactly(A, C);
          assertThat(database.get(A)).contains(b("1"));
          assertThat(keys(database, Scan.all())).containsExactly(A, B);
          return tx.get(A);
        });
    assertThat(returned).contains(b("2"));
    assertThat(database.get(A)).contains(b("2"));
    assertThat(keys(database, Scan.all())).containsExactly(A, C);
    clock().advance(Duration.ofSeconds(6));
    assertThat(keys(database, Scan.all())).containsExactly(A);
  }

  @Test
  void everyScanOfATransactionEqualsTheModel() {
    WarpDatabase database = open();
    DatabaseModel model = new DatabaseModel(clock());
    Seeds.forEach(
        60,
        seed -> {
          Generator data = new Generator(seed, 10);
          database.transact(tx -> {
            for (int i = 0; i < 30; i++) {
              Bytes key = data.key();
              if (data.chance(0.7)) {
                Bytes value = data.value(5);
                tx.put(key, value);
                model.put(key, value);
              } else {
                tx.delete(key);
                model.remove(key);
              }
            }
            for (int i = 0; i < 10; i++) {
              Scan scan = data.chance(0.3) ? Scan.all() : Scan.range(data.key(), data.key());
              scan = data.chance(0.5) ? scan.reversed() : scan;
              scan = data.chance(0.3) ? scan.limit(1L + data.below(5)) : scan;
              List<Bytes> expected = model.keys(scan);
              assertThat(keys(tx, scan)).as("%s", scan).isEqualTo(expected);
              assertThat(pages(tx, scan, 1 + data.below(4))).as("%s", scan).isEqualTo(expected);
            }
            return seed;
          });
        });
    model.assertHeldBy(database, "at the end");
  }

  private static List<Bytes> pages(WarpReader reader, Scan scan, int size) {
    List<Bytes> keys = new ArrayList<>();
    Bytes token = Bytes.EMPTY;
    while (true) {
      long left = scan.limit() - keys.size();
      int before = keys.size();
      if (left > 0) {
        try (ScanCursor cursor = reader.scan(scan.limit(Math.min(left, size)).resume(token))) {
          cursor.forEachRemaining(entry -> keys.add(entry.key()));
          token = cursor.token();
        }
      }
      if (keys.size() == before) {
        return keys;
      }
    }
  }

  @Test
  void whatTheBodyThrowsRollsBackAndIsThrownOn() {
    WarpDatabase database = open();
    database.put(A, b("1"));
    assertThatThrownBy(() ->
            database.transact(tx -> {
              tx.put(A, b("2"));
              throw new IllegalStateException("enough");
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
    assertThat(database.get(A)).contains(b("1"));
  }

  @Test
  void whatAPartThrowsUndoesThePartOnly() {
    WarpDatabase database = open();
    database.put(C, b("1"));
    database.transact(tx -> {
      tx.put(A, b("1"));
      assertThatThrownBy(() ->
              tx.transact(part -> {
                part.put(A, b("2"));
                part.put(A, b("3"));
                part.put(B, b("2"));
                part.delete(C);
                throw new IllegalStateException("undone");
              }))
          .hasMessage("undone");
      assertThat(tx.get(A)).contains(b("1"));
      assertThat(tx.get(B)).isEmpty();
      return tx.<Boolean>transact(part -> {
        part.put(B, b("4"));
        return true;
      });
    });
    assertThat(database.multiGet(List.of(A, B, C)))
        .containsExactly(Optional.of(b("1")), Optional.of(b("4")), Optional.of(b("1")));
  }

  @Test
  void changeOfWhatWasReadMakesTheBodyRunAgain() {
    WarpDatabase database = open();
    database.put(A, b("1"));
    assertThat(attempts(database, tx -> tx.get(A), () -> database.put(A, b("1")))).isEqualTo(2);
    assertThat(attempts(database, tx -> tx.get(A), () -> database.delete(A))).isEqualTo(2);
    assertThat(attempts(database, tx -> tx.get(A), () -> database.put(A, b("1")))).isEqualTo(2);
    assertThat(attempts(database, tx -> tx.get(A), () -> database.put(B, b("1")))).isEqualTo(1);
    assertThat(attempts(database, tx -> tx.put(A, b("2")), () -> database.put(A, b("1"))))
        .as("a write that was not read")
        .isEqualTo(1);
  }

  @Test
  void changeInAScannedRangeMakesTheBodyRunAgain() {
    WarpDatabase database = open();
    for (char c = 'a'; c <= 'z'; c++) {
      database.put(b("" + c), b("1"));
    }
    for (boolean backwards : new boolean[] {false, true}) {
      Scan range = Scan.range(b("c"), b("p"));
      Scan scan = backwards ? range.reversed() : range;
      Consumer<WarpTransaction> all = tx -> keys(tx, scan);
      assertThat(attempts(database, all, () -> database.put(b("dd"), b("1")))).isEqualTo(2);
      assertThat(attempts(database, all, () -> database.put(b("e"), b("1")))).isEqualTo(2);
      assertThat(attempts(database, all, () -> database.delete(b("dd")))).isEqualTo(2);
      assertThat(attempts(database, all, () -> database.put(b("p"), b("1")))).isEqualTo(1);
      assertThat(attempts(database, all, () -> database.put(b("bz"), b("1")))).isEqualTo(1);
      Consumer<WarpTransaction> three = tx -> keys(tx, scan.limit(3));
      assertThat(attempts(database, three, () -> database.put(b(backwards ? "n" : "d"), b("1"))))
          .isEqualTo(2);
      assertThat(attempts(database, three, () -> database.put(b("h"), b("1")))).isEqualTo(1);
      assertThat(attempts(database, tx -> tx.scan(scan), () -> database.put(b("d"), b("1"))))
          .as("nothing was looked at")
          .isEqualTo(1);
      database.delete(b("bz"));
    }
  }

  @Test
  void changeInARangeThatWasResumedMakesTheBodyRunAgain() {
    WarpDatabase database = open();
    for (boolean backwards : new boolean[] {false, true}) {
      database.delete(b("written"));
      for (char c = 'a'; c <= 'z'; c++) {
        database.put(b("" + c), b("1"));
      }
      Scan scan = backwards ? Scan.all().reversed() : Scan.all();
      Bytes token;
      try (ScanCursor cursor = database.scan(scan)) {
        for (int i = 0; i < 13; i++) {
          cursor.next();
        }
        token = cursor.token();
      }
      Consumer<WarpTransaction> rest = tx -> keys(tx, scan.resume(token));
      String before = backwards ? "w" : "d";
      String marked = backwards ? "n" : "m";
      String behind = backwards ? "g" : "t";
      assertThat(attempts(database, rest, () -> database.delete(b(behind)))).isEqualTo(2);
      assertThat(attempts(database, rest, () -> database.delete(b(before)))).isEqualTo(1);
      assertThat(attempts(database, rest, () -> database.delete(b(marked)))).isEqualTo(1);
    }
  }

  @Test
  void conflictOfATransactionThatIsUsedWithinAnotherMakesTheOuterOneRunAgain() {
    WarpDatabase database = open();
    database.put(A, b("1"));
    AtomicInteger outer = new AtomicInteger();
    AtomicInteger inner = new AtomicInteger();
    Optional<Bytes> read =
        database.transact(tx -> {
          tx.get(A);
          if (outer.incrementAndGet() == 1) {
            database.put(A, b("2"));
          }
          return database.transact(within -> {
            inner.incrementAndGet();
            return tx.get(A);
          });
        });
    assertThat(read).contains(b("2"));
    assertThat(outer).hasValue(2);
    assertThat(inner).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void whatABodyThrowsBecauseOfAStateThatNeverWasIsNotThrownOn() {
    WarpDatabase database = open();
    database.put(A, b("0"));
    database.put(B, b("0"));
    AtomicInteger attempts = new AtomicInteger();
    long sum =
        database.transact(tx -> {
          long first = number(tx, A);
          if (attempts.incrementAndGet() == 1) {
            database.transact(other -> {
              add(other, A, 1);
              add(other, B, -1);
              return other;
            });
          }
          long both = first + number(tx, B);
          if (both != 0) {
            throw new IllegalStateException("torn");
          }
          return both;
        });
    assertThat(sum).isZero();
    assertThat(attempts).hasValue(2);
  }

  @Test
  void secondReadOfAKeyIsTheFirstOrTheBodyRunsAgain() {
    WarpDatabase database = open();
    database.put(A, b("1"));
    AtomicInteger attempts = new AtomicInteger();
    boolean same =
        database.transact(tx -> {
          Optional<Bytes> first = tx.get(A);
          if (attempts.incrementAndGet() == 1) {
            database.put(A, b("2"));
          }
          return first.equals(tx.get(A));
        });
    assertThat(same).isTrue();
    assertThat(attempts).hasValue(2);
  }

  @Test
  void conflictAtEveryAttemptNamesTheKey() {
    WarpDatabase database = open();
    AtomicInteger attempts = new AtomicInteger();
    WarpException failure =
        catchThrowableOfType(
            WarpException.class,
            () ->
                database.transact(
                    TransactionOptions.DEFAULT.withAttempts(3),
                    tx -> {
                      Optional<Bytes> read = tx.get(A);
                      database.put(A, b("" + attempts.incrementAndGet()));
                      tx.put(B, b("1"));
                      return read;
                    }));
    assertThat(failure.code()).isEqualTo(CoreError.TRANSACTION_CONFLICT);
    assertThat(failure.problems().getFirst().where()).isEqualTo(A.toString());
    assertThat(attempts).hasValue(3);
    assertThat(database.get(B)).isEmpty();
  }

  @Test
  void transactionThatOnlyReadsSeesASnapshotAndWritesNothing() {
    WarpDatabase database = open();
    database.put(A, b("1"));
    List<Optional<Bytes>> seen =
        database.transact(
            TransactionOptions.READ_ONLY,
            tx -> {
              database.put(A, b("2"));
              database.put(B, b("2"));
              assertThat(keys(tx, Scan.all())).containsExactly(A);
              assertThat(tx.entry(A)).isPresent();
              fails(CoreError.READ_ONLY, () -> tx.put(A, b("3")));
              fails(CoreError.READ_ONLY, () -> tx.put(A, b("3"), Duration.ofSeconds(1)));
              fails(CoreError.READ_ONLY, () -> tx.delete(A));
              return tx.transact(part -> part.multiGet(List.of(A, B)));
            });
    assertThat(seen).containsExactly(Optional.of(b("1")), Optional.empty());
  }

  @Test
  void transactionThatHasEndedIsRefused() {
    WarpDatabase database = open();
    database.put(A, b("1"));
    List<ScanCursor> cursors = new ArrayList<>();
    WarpTransaction left =
        database.transact(tx -> {
          cursors.add(tx.scan(Scan.all()));
          return tx;
        });
    assertThat(cursors.getFirst().hasNext()).isFalse();
    List<Runnable> calls =
        List.of(
            () -> left.get(A),
            () -> left.entry(A),
            () -> left.scan(Scan.all()),
            () -> left.put(A, A),
            () -> left.delete(A),
            () -> left.transact(part -> part));
    calls.forEach(call -> fails(CoreError.CLOSED, call));
    database.close();
    fails(CoreError.CLOSED, () -> database.transact(tx -> tx.get(A)));
  }

  @Test
  void badKeysAndValuesAreRefusedInATransactionAndNothingIsWritten() {
    WarpDatabase database = open();
    List<Consumer<WarpTransaction>> calls =
        List.of(
            tx -> tx.get(Bytes.EMPTY), tx -> tx.put(Bytes.EMPTY, A), tx -> tx.delete(Bytes.EMPTY));
    for (Consumer<WarpTransaction> call : calls) {
      fails(
          CoreError.KEY_EMPTY,
          () ->
              database.transact(tx -> {
                tx.put(A, A);
                call.accept(tx);
                return A;
              }));
    }
    fails(
        CoreError.TTL_INVALID,
        () ->
            database.transact(tx -> {
              tx.put(A, A, Duration.ZERO);
              return A;
            }));
    assertThat(database.get(A)).isEmpty();
  }

  @Test
  void asynchronousTransactionIsCompletedWhenItIsDurable() throws Exception {
    WarpDatabase database = open();
    for (int i = 0; i < 10; i++) {
      database
          .async()
          .transact(
              TransactionOptions.DEFAULT,
              tx -> {
                add(tx, A, 1);
                return tx;
              })
          .toCompletableFuture()
          .get();
    }
    assertThat(number(database, A)).isEqualTo(10);
    assertThat(
            database
                .async()
                .transact(TransactionOptions.READ_ONLY, tx -> number(tx, A))
                .toCompletableFuture()
                .get())
        .isEqualTo(10);
    failsTogether(database);
  }

  private static void failsTogether(WarpDatabase database) {
    assertThat(
            database
                .async()
                .transact(
                    TransactionOptions.DEFAULT,
                    tx -> {
                      tx.put(Bytes.EMPTY, A);
                      return tx;
                    })
                .toCompletableFuture())
        .isCompletedExceptionally();
  }

  @Test
  void transfersOfSeveralThreadsKeepTheSum() throws Exception {
    WarpDatabase database = open();
    int accounts = 8;
    for (int i = 0; i < accounts; i++) {
      database.put(b("account" + i), b("100"));
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int client = 0; client < 3; client++) {
        long seed = client;
        clients.add(pool.submit(() -> transfer(database, new Generator(seed), accounts)));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
    long sum = 0;
    for (int i = 0; i < accounts; i++) {
      assertThat(number(database, b("account" + i))).isNotNegative();
      sum += number(database, b("account" + i));
    }
    assertThat(sum).isEqualTo(accounts * 100L);
  }

  /** Money is moved only where two accounts together have enough: write skew would show. */
  private static void transfer(WarpDatabase database, Generator data, int accounts) {
    TransactionOptions patient = TransactionOptions.DEFAULT.withAttempts(1_000_000);
    for (int i = 0; i < Seeds.times(300); i++) {
      Bytes from = b("account" + data.below(accounts));
      Bytes to = b("account" + data.below(accounts));
      int amount = data.below(60);
      database.transact(
          patient,
          tx -> {
            if (number(tx, from) >= amount) {
              add(tx, from, -amount);
              add(tx, to, amount);
            }
            long sum = 0;
            try (ScanCursor cursor = tx.scan(Scan.prefix(b("account")))) {
              while (data.chance(0.9) && cursor.hasNext()) {
                sum += Long.parseLong(cursor.next().value().toUtf8());
              }
            }
            return sum;
          });
    }
  }
}
