package io.warpengine.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.Scan;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteOptions;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class IndexTest {

  private record Account(String owner, int level, Optional<String> phone) {}

  private final WarpDatabase database = Warp.inMemory();
  private final TypedSpace<String, Account> accounts =
      Records.of(database).as(String.class, Account.class);
  private final Index<String, String, Account> byOwner = accounts.unique("owner", Account::owner);
  private final Index<Integer, String, Account> byLevel = accounts.index("level", Account::level);
  private final Index<String, String, Account> byPhone =
      accounts.index("phone", account -> account.phone().orElse(null));

  @AfterEach
  void close() {
    database.close();
  }

  private static Account account(String owner, int level) {
    return new Account(owner, level, Optional.empty());
  }

  private static <I> List<String> keys(IndexCursor<I, String, Account> cursor) {
    List<String> keys = new ArrayList<>();
    try (cursor) {
      cursor.forEachRemaining(entry -> keys.add(entry.key()));
    }
    return keys;
  }

  @Test
  void recordsAreFoundByWhatTheFunctionSaysOfThem() {
    accounts.put("b", account("Bob", 2));
    accounts.put("a", account("Ada", 2));
    accounts.put("c", new Account("Carl", -1, Optional.of("555")));
    assertThat(byOwner.get("Ada").map(TypedEntry::key)).contains("a");
    assertThat(byOwner.get("Ad")).isEmpty();
    assertThat(keys(byLevel.find(2))).containsExactly("a", "b");
    assertThat(byLevel.get(2).map(TypedEntry::key)).contains("a");
    assertThat(byLevel.get(3)).isEmpty();
    assertThat(keys(byLevel.range(-5, 2))).containsExactly("c");
    assertThat(keys(byLevel.all())).containsExactly("c", "a", "b");
    assertThat(keys(byPhone.all())).containsExactly("c");
    assertThat(byOwner.name()).isEqualTo("owner");
  }

  @Test
  void anEntryFollowsItsRecord() {
    accounts.put("a", account("Ada", 1));
    accounts.put("a", account("Lovelace", 2));
    assertThat(byOwner.get("Ada")).isEmpty();
    assertThat(byOwner.get("Lovelace").map(TypedEntry::value)).contains(account("Lovelace", 2));
    assertThat(accounts.replace("a", account("Ada", 2), account("x", 1))).isFalse();
    assertThat(accounts.replace("a", account("Lovelace", 2), account("Ada", 3))).isTrue();
    assertThat(accounts.putIfAbsent("a", account("x", 1))).isFalse();
    assertThat(accounts.putIfAbsent("z", account("x", 1))).isTrue();
    assertThat(keys(byLevel.all())).containsExactly("z", "a");
    assertThat(accounts.delete("a")).isTrue();
    assertThat(accounts.delete("a")).isFalse();
    assertThat(keys(byOwner.all())).containsExactly("z");
    assertThat(byLevel.verify()).isEqualTo(new IndexReport(1, 1, 0, 0));
  }

  @Test
  void entriesAreNoRecordsOfTheView() {
    accounts.put("a", account("Ada", 1));
    try (TypedCursor<String, Account> cursor = accounts.scan(Scan.all().reversed())) {
      assertThat(cursor.next().key()).isEqualTo("a");
      assertThat(cursor.hasNext()).isFalse();
    }
    TypedSpace<Bytes, Bytes> raw = Records.of(database).as(Bytes.class, Bytes.class);
    assertThatThrownBy(() -> raw.put(Types.RESERVED, Bytes.EMPTY))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.VALUE_REFUSED));
  }

  @Test
  void aValueThatMustBeUniqueIsRefusedASecondTimeAndNothingIsWritten() {
    accounts.put("a", account("Ada", 1));
    assertThatThrownBy(() -> accounts.put("b", account("Ada", 7)))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.UNIQUE_VIOLATED));
    assertThat(accounts.get("b")).isEmpty();
    assertThat(byLevel.get(7)).isEmpty();
    accounts.delete("a");
    accounts.put("b", account("Ada", 7));
    assertThat(byOwner.get("Ada").map(TypedEntry::key)).contains("b");
  }

  @Test
  void severalWritesOfATransactionTakeEffectTogether() {
    accounts.put("a", account("Ada", 1));
    database.transact(transaction -> {
      TypedTransaction<String, Account> both = accounts.in(transaction);
      both.put("a", account("x", 1));
      both.put("b", account("Ada", 2), Duration.ofHours(1));
      both.put("a", account("Bob", 3));
      assertThat(both.get("a")).contains(account("Bob", 3));
      return both.delete("none");
    });
    assertThat(byOwner.get("Ada").map(TypedEntry::key)).contains("b");
    assertThat(byOwner.get("Bob").map(TypedEntry::key)).contains("a");
    assertThatThrownBy(() ->
            database.transact(transaction -> {
              accounts.in(transaction).delete("a");
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    assertThat(byOwner.get("Bob")).isPresent();
    assertThat(byOwner.verify()).isEqualTo(new IndexReport(2, 2, 0, 0));
  }

  private record Session(String user, @Ttl long seconds) {}

  @Test
  void anEntryExpiresWithItsRecord() {
    TypedSpace<String, Session> sessions = Records.of(database).as(String.class, Session.class);
    Index<String, String, Session> byUser = sessions.unique("user", Session::user);
    sessions.put("s", new Session("Ada", 100));
    sessions.put("t", new Session("Bob", 100), WriteOptions.timeToLive(Duration.ofHours(1)));
    assertThat(sessions.entry("s").orElseThrow().expiresAt()).isPresent();
    try (var entries = database.scan(byUser.entries())) {
      entries.forEachRemaining(entry -> assertThat(entry.expiresAt()).isPresent());
    }
    assertThat(byUser.get("Ada").map(TypedEntry::key)).contains("s");
  }

  @Test
  void aWriteBesideTheViewIsFoundByACheckAndMendedByARebuild() {
    for (int i = 0; i < 300; i++) {
      accounts.put("k" + i, account("o" + i, i % 7));
    }
    TypedSpace<String, Account> beside = Records.of(database).as(String.class, Account.class);
    for (int i = 0; i < 200; i++) {
      beside.put("k" + i, account("p" + i, i % 7 + 1));
    }
    beside.delete("k299");
    assertThat(byOwner.verify()).isEqualTo(new IndexReport(299, 300, 200, 201));
    assertThat(byOwner.verify().sound()).isFalse();
    assertThat(byOwner.get("o5")).isEmpty();
    assertThat(byLevel.find(3)).toIterable().allMatch(entry -> entry.value().level() == 3);
    assertThat(byOwner.rebuild()).isEqualTo(new IndexReport(299, 500, 200, 201));
    byLevel.rebuild();
    assertThat(byOwner.verify()).isEqualTo(new IndexReport(299, 299, 0, 0));
    assertThat(byLevel.verify().sound()).isTrue();
    assertThat(byOwner.get("p5").map(TypedEntry::key)).contains("k5");
  }

  @Test
  void aRebuildThatWasCutShortIsBegunAgain() {
    TypedSpace<String, Account> beside = Records.of(database).as(String.class, Account.class);
    for (int i = 0; i < 1_000; i++) {
      beside.put("k" + i, account("o" + i, i));
    }
    Index<String, String, Account> failing =
        Records.of(database)
            .as(String.class, Account.class)
            .unique(
                "owner", account -> account.owner() + account.level() / (account.level() - 700));
    assertThatThrownBy(failing::rebuild).isInstanceOf(ArithmeticException.class);
    assertThat(byOwner.verify().entries()).isBetween(1L, 999L);
    byOwner.rebuild();
    assertThat(byOwner.verify()).isEqualTo(new IndexReport(1_000, 1_000, 0, 0));
  }

  @Test
  void aRebuildTellsHowManyRecordsShareWhatMustBeUnique() {
    TypedSpace<String, Account> beside = Records.of(database).as(String.class, Account.class);
    beside.put("a", account("Ada", 1));
    beside.put("b", account("Ada", 2));
    beside.put("c", account("Carl", 2));
    assertThatThrownBy(byOwner::rebuild)
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.UNIQUE_VIOLATED))
        .hasMessageContaining("cannot find [1] records");
    assertThat(byOwner.get("Carl")).isPresent();
    assertThat(byOwner.get("Ada").map(TypedEntry::key)).contains("a");
  }

  @Test
  void aSecondIndexOfANameIsRefused() {
    assertThatThrownBy(() -> accounts.index("owner", Account::level))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.INDEX_EXISTS));
    accounts.put("a", account("Ada", 1));
    assertThat(byOwner.verify().sound()).isTrue();
  }

  @Test
  void aLookupHasAnEndAndNeedsAnOpenDatabase() {
    accounts.put("a", account("Ada", 1));
    try (IndexCursor<Integer, String, Account> cursor = byLevel.all()) {
      cursor.next();
      assertThatThrownBy(cursor::next).isInstanceOf(java.util.NoSuchElementException.class);
    }
    database.close();
    assertThatThrownBy(() -> byLevel.find(1)).isInstanceOf(WarpException.class);
  }

  @Test
  void aFunctionThatThrowsWritesNothing() {
    accounts.index("failing", account -> 1 / account.level());
    assertThatThrownBy(() -> accounts.put("a", account("Ada", 0)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(accounts.get("a")).isEmpty();
    assertThat(byOwner.get("Ada")).isEmpty();
    accounts.index("half", account -> "\ud800");
    assertThatThrownBy(() -> accounts.put("a", account("Ada", 1)))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.VALUE_REFUSED));
  }

  @Test
  void theIndexesAgreeWithAModelWhateverIsWritten() {
    Seeds.forEach(
        20,
        seed -> {
          Generator random = new Generator(seed);
          Map<String, Account> model = new TreeMap<>();
          try (WarpDatabase fresh = Warp.inMemory()) {
            TypedSpace<String, Account> view = Records.of(fresh).as(String.class, Account.class);
            Index<String, String, Account> owners = view.unique("owner", Account::owner);
            Index<Integer, String, Account> levels = view.index("level", Account::level);
            for (int i = 0; i < 300; i++) {
              step(random, view, model);
            }
            for (int owner = 0; owner < 30; owner++) {
              String name = "o" + owner;
              assertThat(owners.get(name).map(TypedEntry::key))
                  .isEqualTo(
                      model.entrySet().stream()
                          .filter(entry -> entry.getValue().owner().equals(name))
                          .map(Map.Entry::getKey)
                          .findFirst());
            }
            for (int level = 0; level < 5; level++) {
              int wanted = level;
              assertThat(keys(levels.find(level)))
                  .containsExactlyElementsOf(
                      model.entrySet().stream()
                          .filter(entry -> entry.getValue().level() == wanted)
                          .map(Map.Entry::getKey)
                          .toList());
            }
            assertThat(owners.verify())
                .isEqualTo(new IndexReport(model.size(), model.size(), 0, 0));
            assertThat(levels.verify().sound()).isTrue();
          }
        });
  }

  private static void step(
      Generator random, TypedSpace<String, Account> view, Map<String, Account> model) {
    String key = "k" + random.below(20);
    if (random.chance(0.3)) {
      assertThat(view.delete(key)).isEqualTo(model.remove(key) != null);
      return;
    }
    Account account = account("o" + random.below(30), random.below(5));
    boolean taken =
        model.entrySet().stream()
            .anyMatch(entry ->
                !entry.getKey().equals(key) && entry.getValue().owner().equals(account.owner()));
    try {
      view.put(key, account);
      assertThat(taken).isFalse();
      model.put(key, account);
    } catch (WarpException e) {
      assertThat(e.code()).isEqualTo(RecordsError.UNIQUE_VIOLATED);
      assertThat(taken).isTrue();
    }
  }

  @Test
  void ofSeveralThatWriteTheSameUniqueValueOneSucceeds() throws InterruptedException {
    int writers = 4;
    int rounds = 200;
    AtomicInteger stored = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CyclicBarrier together = new CyclicBarrier(writers);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      String key = "k" + i;
      threads.add(
          Thread.ofPlatform()
              .name("writer-" + i)
              .start(() -> {
                try {
                  for (int round = 0; round < rounds; round++) {
                    together.await();
                    stored.addAndGet(stores(key + "." + round, "o" + round));
                  }
                } catch (Throwable e) {
                  failure.set(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failure.get()).isNull();
    assertThat(stored.get()).isEqualTo(rounds);
    assertThat(byOwner.verify()).isEqualTo(new IndexReport(rounds, rounds, 0, 0));
  }

  private int stores(String key, String owner) {
    try {
      accounts.put(key, account(owner, 1));
      return 1;
    } catch (WarpException e) {
      assertThat(e.code()).isEqualTo(RecordsError.UNIQUE_VIOLATED);
      return 0;
    }
  }

  @Test
  void anIndexIsRebuiltWhileOthersWrite() throws InterruptedException {
    TypedSpace<String, Account> before = Records.of(database).as(String.class, Account.class);
    for (int i = 0; i < 2_000; i++) {
      before.put("k" + i, account("o" + i, i % 9));
    }
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread writer =
        Thread.ofPlatform()
            .name("writer")
            .start(() -> {
              try {
                Generator random = new Generator(5);
                for (int i = 0; i < 4_000; i++) {
                  int number = random.below(2_000);
                  accounts.put("k" + number, account("w" + i, i % 9));
                  accounts.delete("k" + random.below(2_000));
                  begun.countDown();
                }
              } catch (Throwable e) {
                failure.set(e);
                begun.countDown();
              }
            });
    begun.await();
    byOwner.rebuild();
    byLevel.rebuild();
    writer.join();
    assertThat(failure.get()).isNull();
    assertThat(byOwner.verify().sound()).isTrue();
    assertThat(byLevel.verify().sound()).isTrue();
  }
}
