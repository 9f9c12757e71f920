package io.warpengine.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Scan;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TypedSpaceTest {

  private final WarpDatabase database = Warp.inMemory();
  private final TypedSpace<String, User> users = Records.of(database).as(String.class, User.class);

  private record OrderKey(@ShardHint String customer, long number) {}

  private record Session(String user, @Ttl Duration life) {}

  private record Lease(String holder, @Ttl Optional<Instant> until) {}

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsPutIsReadAndDeleted() {
    users.put("ada", User.ada());
    assertThat(users.get("ada")).contains(User.ada());
    assertThat(users.get("bob")).isEmpty();
    assertThat(users.multiGet(List.of("bob", "ada")))
        .containsExactly(Optional.empty(), Optional.of(User.ada()));
    assertThat(users.entry("ada").orElseThrow().sequence()).isEqualTo(1);
    assertThat(users.delete("ada")).isTrue();
    assertThat(users.delete("ada")).isFalse();
    assertThat(users.get("ada")).isEmpty();
  }

  @Test
  void aTextKeyIsItsUtf8() {
    users.put("ada", User.ada());
    assertThat(database.get(Bytes.utf8("ada"))).isPresent();
  }

  @Test
  void aViewForReadingSeesWhatAnotherWrites() {
    WarpReader reader = database;
    TypedReader<String, User> view = Records.of(reader).as(String.class, User.class);
    users.put("ada", User.ada());
    assertThat(view.get("ada")).contains(User.ada());
  }

  @Test
  void aTransactionHasAViewOfItsOwn() {
    users.put("ada", User.ada());
    boolean deleted =
        database.transact(transaction -> {
          var view = Records.of(transaction).as(String.class, User.class);
          view.put("bob", view.get("ada").orElseThrow());
          return view.delete("ada");
        });
    assertThat(deleted).isTrue();
    assertThat(users.get("ada")).isEmpty();
    assertThat(users.get("bob")).contains(User.ada());
  }

  @Test
  void conditionalWritesDoNothingWhereTheConditionFails() {
    User older = new User(1, "Ada", "", 37, 0);
    assertThat(users.putIfAbsent("ada", User.ada())).isTrue();
    assertThat(users.putIfAbsent("ada", older)).isFalse();
    assertThat(users.replace("ada", older, User.ada())).isFalse();
    assertThat(users.replace("bob", older, User.ada())).isFalse();
    assertThat(users.replace("ada", User.ada(), older)).isTrue();
    assertThat(users.get("ada")).contains(older);
  }

  @Test
  void aScanGoesThroughARangeOrAPrefixInTheOrderOfKeys() {
    for (String name : List.of("bob", "ada", "alan", "carl")) {
      users.put(name, new User(1, name, "", 1, 1));
    }
    assertThat(names(Scan.all())).containsExactly("ada", "alan", "bob", "carl");
    assertThat(names(users.range("alan", "carl"))).containsExactly("alan", "bob");
    assertThat(names(users.prefix("a").reversed())).containsExactly("alan", "ada");
    try (TypedCursor<String, User> cursor = users.scan()) {
      assertThat(cursor.next().key()).isEqualTo("ada");
      assertThat(names(Scan.all().resume(cursor.token()))).first().isEqualTo("alan");
    }
  }

  private List<String> names(Scan scan) {
    List<String> names = new ArrayList<>();
    try (TypedCursor<String, User> cursor = users.scan(scan)) {
      cursor.forEachRemaining(entry -> names.add(entry.value().name()));
    }
    return names;
  }

  @Test
  void aValueThatCannotBeReadIsNamedAndTheScanGoesOn() {
    users.put("ada", User.ada());
    database.put(Bytes.utf8("aaa"), Bytes.utf8("no user"));
    try (TypedCursor<String, User> cursor = users.scan()) {
      assertThatThrownBy(cursor::next)
          .isInstanceOfSatisfying(
              WarpException.class,
              e -> assertThat(e.code()).isEqualTo(RecordsError.FORMAT_UNKNOWN));
      assertThat(cursor.next().value()).isEqualTo(User.ada());
    }
  }

  @Test
  void keysWithOneHintShareAShardAndSortWithinIt() {
    TypedSpace<OrderKey, Long> orders = Records.of(database).as(OrderKey.class, Long.class);
    for (int customer = 0; customer < 50; customer++) {
      for (long number : new long[] {7, -1, 300}) {
        orders.put(new OrderKey("c}" + customer, number), number);
      }
      KeyCodec<OrderKey> codec = KeyCodec.of(OrderKey.class);
      String name = "c}" + customer;
      assertThat(
              List.of(1L, 2L, 3L, 4L, 5L).stream()
                  .map(number -> codec.encode(new OrderKey(name, number)))
                  .map(key -> database.put(key, Bytes.EMPTY).shard())
                  .distinct())
          .hasSize(1);
      for (long number = 1; number < 6; number++) {
        orders.delete(new OrderKey(name, number));
      }
    }
    List<Long> numbers = new ArrayList<>();
    try (TypedCursor<OrderKey, Long> cursor = orders.scan(orders.prefix("c}7"))) {
      cursor.forEachRemaining(entry -> numbers.add(entry.value()));
    }
    assertThat(numbers).containsExactly(-1L, 7L, 300L);
  }

  @Test
  void theComponentWithTtlGivesTheExpiry() {
    TypedSpace<String, Lease> leases = Records.of(database).as(String.class, Lease.class);
    Instant end = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
    leases.put("a", new Lease("Ada", Optional.of(end)));
    leases.put("b", new Lease("Bob", Optional.empty()));
    leases.put("c", new Lease("Carl", Optional.of(Instant.EPOCH)));
    assertThat(leases.entry("a").orElseThrow().expiresAt()).contains(end);
    assertThat(leases.entry("b").orElseThrow().expiresAt()).isEmpty();
    assertThat(leases.get("c")).isEmpty();
    assertThat(leases.putIfAbsent("d", new Lease("Dora", Optional.of(end)))).isTrue();
    assertThat(leases.entry("d").orElseThrow().expiresAt().orElseThrow())
        .isBetween(end.minusSeconds(600), end.plusSeconds(600));
    assertThat(
            leases.replace(
                "b",
                new Lease("Bob", Optional.empty()),
                new Lease("Bob", Optional.of(Instant.EPOCH))))
        .isTrue();

    TypedSpace<String, Session> sessions = Records.of(database).as(String.class, Session.class);
    sessions.put("s", new Session("Ada", Duration.ofDays(2)));
    assertThat(sessions.entry("s").orElseThrow().expiresAt().orElseThrow())
        .isAfter(end.plus(Duration.ofDays(1)));
    sessions.put(
        "s",
        new Session("Ada", Duration.ofDays(2)),
        WriteOptions.timeToLive(Duration.ofMinutes(1)).withDurability(Durability.NONE));
    assertThat(sessions.entry("s").orElseThrow().expiresAt().orElseThrow()).isBefore(end);
  }

  @Test
  void numbersAreWhatAnIncrementCounts() {
    TypedSpace<String, Long> counts = Records.of(database).as(String.class, Long.class);
    counts.put("visits", 41L);
    assertThat(database.increment(Bytes.utf8("visits"), 1, WriteOptions.DEFAULT).value())
        .isEqualTo(42);
    assertThat(counts.get("visits")).contains(42L);
    database.put(Bytes.utf8("visits"), Bytes.utf8("many"));
    assertThatThrownBy(() -> counts.get("visits"))
        .isInstanceOfSatisfying(
            WarpException.class,
            e -> assertThat(e.code()).isEqualTo(RecordsError.VALUE_UNREADABLE));
  }
}
