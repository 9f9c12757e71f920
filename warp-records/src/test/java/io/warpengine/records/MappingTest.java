package io.warpengine.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.WarpException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** What is refused when a class is read. */
final class MappingTest {

  @Removed("name")
  private record Wrong(
      Object any,
      Map<String, String> map,
      @ShardHint String name,
      @Ttl String life,
      @Ttl Duration other,
      @Added("x") int number,
      @Renamed(from = "name") String title,
      List<List<Object>> lists) {}

  @Test
  void allProblemsOfAClassAreToldTogether() {
    refused(Wrong.class, 9)
        .hasMessageContaining("component [any]")
        .hasMessageContaining("java.util.Map<java.lang.String, java.lang.String>")
        .hasMessageContaining("has @ShardHint in a value")
        .hasMessageContaining("has @Ttl and the type [java.lang.String]")
        .hasMessageContaining("has [2] components with @Ttl")
        .hasMessageContaining("text of @Added, [x]")
        .hasMessageContaining("was named [name]")
        .hasMessageContaining("declares [name] as removed")
        .hasMessageContaining("component [lists]");
  }

  private record Tree(String name, List<Tree> branches) {}

  @Test
  void aRecordWithinItselfIsRefused() {
    refused(Tree.class, 1).hasMessageContaining("within itself");
  }

  private record Inner(@Ttl long life) {}

  private record Outer(Inner inner) {}

  @Test
  void anExpiryOfAnInnerRecordIsRefusedForItWouldHaveNoEffect() {
    refused(Outer.class, 1).hasMessageContaining("@Ttl within another record");
    assertThat(RecordCodec.of(Inner.class).expiry(new Inner(5)).timeToLive())
        .contains(Duration.ofSeconds(5));
  }

  private record Box<T>(T value) {}

  private record Holder(Box<String> box, Optional<Object> any) {}

  @Test
  void aRecordWithTypeParametersIsRefused() {
    refused(Holder.class, 2);
    refused(Box.class, 1);
  }

  private sealed interface Kind permits One, Two {}

  private record One(int number) implements Kind {}

  private static final class Two implements Kind {}

  private sealed interface Twice permits Left, Right {}

  private sealed interface Left extends Twice permits LeftSide.Same {}

  private sealed interface Right extends Twice permits RightSide.Same {}

  private static final class LeftSide {
    private record Same(int number) implements Left {}
  }

  private static final class RightSide {
    private record Same(int number) implements Right {}
  }

  @Test
  void variantsAreRecordsWithDifferentNames() {
    refused(Kind.class, 1).hasMessageContaining("Two], which is no record");
    refused(Twice.class, 1).hasMessageContaining("two variants with the name [Same]");
  }

  private record NotEmpty(@Added("x") List<String> names, @Added("y") Kept kept) {}

  private record Letter(@Added("xy") char letter, @Added("yes") boolean truth) {}

  private record Kept(int number) {}

  @Test
  void aDefaultThatTheTypeDoesNotHaveIsRefused() {
    refused(NotEmpty.class, 2);
    refused(Letter.class, 2);
  }

  @Test
  void aRecordOutOfReachSaysWhichPackageIsToBeOpened() throws ClassNotFoundException {
    Class<?> closed = Class.forName("jdk.internal.foreign.Utils$BaseAndScale");
    refused(closed, 1).hasMessageContaining("opens jdk.internal.foreign to io.warpengine.records;");
  }

  @Test
  void whatIsNoRecordHasNoRecordCodec() {
    refused(String.class, 1);
  }

  private static AbstractThrowableAssert<?, ?> refused(Class<?> type, int problems) {
    return assertThatThrownBy(() -> RecordCodec.of(type))
        .isInstanceOfSatisfying(
            WarpException.class,
            e -> {
              assertThat(e.code()).isEqualTo(RecordsError.TYPE_UNSUITABLE);
              assertThat(e.problems()).hasSize(problems);
            });
  }
}
