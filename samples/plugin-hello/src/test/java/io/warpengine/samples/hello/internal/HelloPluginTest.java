package io.warpengine.samples.hello.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.Position;
import io.warpengine.api.Tree;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpBuilder;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.samples.hello.Hello;
import io.warpengine.spi.access.Mutation;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Opens databases in memory with the plugin; background work runs when the clock is moved. */
final class HelloPluginTest {

  private final ManualClock clock = new ManualClock();

  @Test
  void itGreetsAsConfigured() {
    try (WarpDatabase database = open(builder().set("warp.hello.greeting", "Good morning"))) {
      assertThat(database.extension(Hello.class).greet("Ada")).isEqualTo("Good morning, Ada!");
    }
  }

  @Test
  void itCountsAccessesByTheFirstPartOfTheKey() {
    try (WarpDatabase database = open(builder())) {
      database.put(Bytes.utf8("user:1"), Bytes.utf8("Ada"));
      database.get(Bytes.utf8("user:1"));
      database.get(Bytes.utf8("user:2"));
      database.get(Bytes.utf8("order"));
      passTime();
      assertThat(database.extension(Hello.class).accesses())
          .containsExactly(Map.entry("order", 1L), Map.entry("user", 3L));
    }
  }

  @Test
  void itRemembersTheKeysWrittenLastAndNoMoreThanItMay() {
    try (WarpDatabase database = open(builder().set("warp.hello.remembered-keys", "2"))) {
      Hello hello = database.extension(Hello.class);
      for (String key : List.of("a", "b", "c")) {
        database.put(Bytes.utf8(key), Bytes.utf8("value"));
        passTime();
      }
      assertThat(hello.lastWritten()).containsExactly(Bytes.utf8("c"), Bytes.utf8("b"));
      database.delete(Bytes.utf8("a"));
      passTime();
      assertThat(hello.lastWritten()).containsExactly(Bytes.utf8("a"), Bytes.utf8("c"));
    }
  }

  @Test
  void itForgetsAtAGapWhatItMayHaveMissed() {
    WriteMemory memory = new WriteMemory(new HelloConfig("Hello", 16));
    memory.onMutations(List.of(mutation("a")));
    memory.onGap();
    assertThat(memory.keys()).isEmpty();
    memory.onMutations(List.of(mutation("b")));
    assertThat(memory.keys()).containsExactly(Bytes.utf8("b"));
  }

  @Test
  void itsOperationTellsWhatItHasSeen() {
    try (WarpDatabase database = open(builder())) {
      database.put(Bytes.utf8("user:1"), Bytes.utf8("Ada"));
      passTime();
      List<Tree> rows = new ArrayList<>();
      Tree result = database.call("hello greet", Map.of("name", "Grace"), rows::add);
      assertThat(rows).containsExactly(Tree.map().with("key", "user:1"));
      assertThat(result)
          .isEqualTo(
              Tree.map()
                  .with("greeting", "Hello, Grace!")
                  .with("records", 1)
                  .with("accesses", Tree.map().with("user", 1)));
    }
  }

  @Test
  void aBlankGreetingIsRefused() {
    assertThatThrownBy(() -> open(builder().set("warp.hello.greeting", " ")).close())
        .isInstanceOf(WarpException.class)
        .hasMessageContaining("The greeting is blank.");
  }

  private WarpDatabase open(WarpBuilder builder) {
    return builder.open();
  }

  private WarpBuilder builder() {
    return Warp.builder().environment(Map.of()).plugins("hello").clock(clock);
  }

  private void passTime() {
    for (int i = 0; i < 4; i++) {
      clock.advance(Duration.ofSeconds(1));
    }
  }

  private static Mutation mutation(String key) {
    return new Mutation(
        0,
        1,
        Position.START,
        SpaceKeys.DEFAULT,
        "",
        Bytes.utf8(key),
        Optional.empty(),
        Optional.empty());
  }
}
