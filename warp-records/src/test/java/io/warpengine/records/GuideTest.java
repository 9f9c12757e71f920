package io.warpengine.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/records.md}, compiled and run. */
final class GuideTest {

  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void theCodeOfTheGuideStandsHere() throws IOException {
    String here =
        flat(Files.readString(Path.of("src/test/java/io/warpengine/records/GuideTest.java")));
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(Path.of("../docs/records.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
    for (String block : blocks) {
      for (String part : block.split("\n\n")) {
        assertThat(here).contains(flat(part));
      }
    }
  }

  private static String flat(String code) {
    return code.replaceAll("\\s+", "");
  }

  record User(long id, String name, String email) {}

  record OrderKey(@ShardHint String customer, long number) {}

  record Order(BigDecimal price, @Ttl Duration kept) {}

  @Removed("email")
  record Member(
      long id,
      @Renamed(from = "name") String fullName,
      @Added("active") String state,
      @Added List<String> groups) {}

  @Test
  void theCodeOfTheGuideDoesWhatTheGuideSays() {
    List<String> found = new ArrayList<>();
    try (WarpDatabase database = Warp.inMemory()) {
      TypedSpace<String, User> users = Records.of(database).as(String.class, User.class);
      users.put("ada", new User(1815, "Ada", "ada@example.org"));
      User ada = users.get("ada").orElseThrow();
      users.replace("ada", ada, new User(1815, "Ada Lovelace", "ada@example.org"));
      try (TypedCursor<String, User> cursor = users.scan(users.prefix("a").limit(10))) {
        cursor.forEachRemaining(entry -> found.add(entry.value().name()));
      }

      TypedSpace<OrderKey, Order> orders = Records.of(database).as(OrderKey.class, Order.class);
      orders.put(new OrderKey("ada", 7), new Order(new BigDecimal("9.90"), Duration.ofDays(30)));
      try (TypedCursor<OrderKey, Order> cursor = orders.scan(orders.prefix("ada"))) {
        found.add("order " + cursor.next().key().number());
      }

      TypedSpace<String, Member> members = Records.of(database).as(String.class, Member.class);
      Member member = members.get("ada").orElseThrow();
      assertThat(member).isEqualTo(new Member(1815, "Ada Lovelace", "active", List.of()));

      orders.delete(new OrderKey("ada", 7));
      Index<String, String, User> byEmail = users.unique("by-email", User::email);
      Index<Integer, String, User> byLength =
          users.index("by-length", user -> user.name().length());
      byEmail.rebuild();
      byLength.rebuild();

      Optional<TypedEntry<String, User>> owner = byEmail.get("ada@example.org");
      try (IndexCursor<Integer, String, User> cursor = byLength.range(1, 20)) {
        cursor.forEachRemaining(entry -> found.add("by length " + entry.key()));
      }

      database.transact(transaction -> {
        TypedTransaction<String, User> both = users.in(transaction);
        both.put("bob", new User(2, "Bob", "bob@example.org"));
        return both.delete("ada");
      });
      assertThat(owner.map(TypedEntry::key)).contains("ada");
      assertThat(byEmail.get("ada@example.org")).isEmpty();
      assertThat(byEmail.get("bob@example.org")).isPresent();
    }
    assertThat(found).containsExactly("Ada Lovelace", "order 7", "by length ada");
  }
}
