package io.warpengine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ValuesTest {

  @Test
  void positionKeepsOneLsnPerStream() {
    Position position = Position.ofStreams(3, 5);
    assertThat(position.streams()).isEqualTo(2);
    assertThat(position.lsn(0)).isEqualTo(3);
    assertThat(position.lsn(1)).isEqualTo(5);
    assertThat(position).hasToString("3,5");
    assertThat(Position.of(3)).hasToString("3").isEqualTo(Position.ofStreams(3));
    assertThat(Position.of(3)).hasSameHashCodeAs(Position.ofStreams(3)).isNotEqualTo(position);
    assertThat(position).isNotEqualTo("3,5");
    assertThatThrownBy(() -> Position.of(1).lsn(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void positionIncludesWhatNoStreamIsBehind() {
    assertThat(Position.ofStreams(3, 5).includes(Position.ofStreams(3, 4))).isTrue();
    assertThat(Position.ofStreams(3, 5).includes(Position.ofStreams(4, 4))).isFalse();
    assertThat(Position.of(9).includes(Position.ofStreams(3, 4))).isFalse();
    assertThat(Position.ofStreams(3, 4).includes(Position.START)).isTrue();
  }

  @Test
  void writeOptionsChangeOneThingAtATime() {
    WriteOptions options =
        WriteOptions.durability(Durability.OS).withTimeToLive(Duration.ofSeconds(1));
    assertThat(options.durability()).contains(Durability.OS);
    assertThat(options.timeToLive()).contains(Duration.ofSeconds(1));
    assertThat(WriteOptions.timeToLive(Duration.ofSeconds(1)).withDurability(Durability.OS))
        .isEqualTo(options);
    assertThat(WriteOptions.DEFAULT.durability()).isEmpty();
    assertThat(ReadOptions.DEFAULT.context()).isZero();
  }

  @Test
  void batchKeepsTheOrderOfItsWrites() {
    WriteBatch batch =
        new WriteBatch()
            .put(Bytes.utf8("a"), Bytes.utf8("1"))
            .put(Bytes.utf8("b"), Bytes.utf8("2"), Duration.ofMinutes(1))
            .delete(Bytes.utf8("a"))
            .putUntil(Bytes.utf8("c"), Bytes.utf8("3"), Instant.EPOCH);
    assertThat(batch.size()).isEqualTo(4);
    assertThat(batch.writes())
        .extracting(WriteBatch.Write::key)
        .containsExactly(Bytes.utf8("a"), Bytes.utf8("b"), Bytes.utf8("a"), Bytes.utf8("c"));
    assertThat(batch.writes().get(1).timeToLive()).contains(Duration.ofMinutes(1));
    assertThat(batch.writes().get(2).value()).isEmpty();
    assertThat(batch.writes().get(3).expiresAt()).contains(Instant.EPOCH);
    assertThatThrownBy(() -> batch.writes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void treeHoldsPlainValues() {
    Tree tree =
        Tree.map()
            .with("name", "wal")
            .with("size", 3)
            .with("share", Tree.of(0.5))
            .with("open", Tree.of(true))
            .with("raw", Tree.of(Bytes.EMPTY))
            .with("list", Tree.list(List.of(Tree.of(1), Tree.of("x"))));
    assertThat(tree.value())
        .isEqualTo(
            Map.of(
                "name",
                "wal",
                "size",
                3L,
                "share",
                0.5,
                "open",
                true,
                "raw",
                Bytes.EMPTY,
                "list",
                List.of(1L, "x")));
    assertThat(((Map<?, ?>) tree.value()).keySet().stream().map(Object::toString))
        .containsExactly("name", "size", "share", "open", "raw", "list");
    assertThat(Tree.of(1)).isEqualTo(Tree.of(1)).hasSameHashCodeAs(Tree.of(1)).hasToString("1");
    assertThat(Tree.of(1)).isNotEqualTo(Tree.of(2)).isNotEqualTo(1L);
    assertThatThrownBy(() -> Tree.of(1).with("x", 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void errorIdsAreUniqueAndWellFormed() {
    Set<String> ids = new HashSet<>();
    for (CoreError error : CoreError.values()) {
      assertThat(error.id()).matches("W[0-9]{4}");
      assertThat(ids.add(error.id())).as("id %s is used once", error.id()).isTrue();
      assertThat(error.category()).isNotNull();
    }
  }

  @Test
  void exceptionShowsEveryProblem() {
    Problem one = new Problem(CoreError.CONFIG_UNKNOWN_KEY, "a.toml:1:2", "Unknown.", "Mend it.");
    Problem two = new Problem(CoreError.CONFIG_WRONG_TYPE, "", "Wrong.", "");
    WarpException exception = new WarpException(CoreError.CONFIG_INVALID, List.of(one, two));
    assertThat(exception.code()).isEqualTo(CoreError.CONFIG_INVALID);
    assertThat(exception.problems()).containsExactly(one, two);
    assertThat(exception)
        .hasMessage(
            "W2104 a.toml:1:2: Unknown. Mend it." + System.lineSeparator() + "W2105 Wrong.");
    Throwable cause = new IllegalStateException("x");
    assertThat(new WarpException(CoreError.CLOSED, "Closed.", "Open it.", cause)).hasCause(cause);
    assertThatThrownBy(() -> new WarpException(CoreError.CLOSED, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutAnEngineOpeningSaysWhatIsMissing() {
    assertThatThrownBy(Warp::inMemory)
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.ENGINE_MISSING))
        .hasMessageContaining("warp-kernel");
  }
}
