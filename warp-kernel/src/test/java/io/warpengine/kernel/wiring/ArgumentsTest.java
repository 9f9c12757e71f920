package io.warpengine.kernel.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import io.warpengine.spi.Operation;
import io.warpengine.spi.Operation.Argument;
import io.warpengine.spi.Operation.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {

  private static final Operation DUMP =
      new Operation(
          "wal dump",
          "Prints the log.",
          List.of(
              Argument.required("file", Type.TEXT, "The file."),
              Argument.optional("from", Type.INTEGER, "The first LSN.", "0"),
              Argument.optional("share", Type.NUMBER, "A share.", "0.5"),
              Argument.optional("keys", Type.FLAG, "Whether to print keys.", "true")),
          Operation.Mode.ONLINE);

  @Test
  void whatIsNotGivenHasItsDefault() {
    Arguments arguments = Arguments.of(DUMP, Map.of("file", "a"), row -> {});
    assertThat(arguments.text("file")).isEqualTo("a");
    assertThat(arguments.integer("from")).isZero();
    assertThat(arguments.number("share")).isEqualTo(0.5);
    assertThat(arguments.flag("keys")).isTrue();
  }

  @Test
  void valuesAreConvertedToTheirType() {
    Arguments arguments =
        Arguments.of(
            DUMP, Map.of("file", 7L, "from", "12", "share", 3, "keys", "false"), row -> {});
    assertThat(arguments.text("file")).isEqualTo("7");
    assertThat(arguments.integer("from")).isEqualTo(12);
    assertThat(arguments.number("share")).isEqualTo(3.0);
    assertThat(arguments.flag("keys")).isFalse();
    assertThat(Arguments.of(DUMP, Map.of("file", "a", "from", 5), row -> {}).integer("from"))
        .isEqualTo(5);
    assertThat(Arguments.of(DUMP, Map.of("file", "a", "keys", false), row -> {}).flag("keys"))
        .isFalse();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    WarpException refusal =
        catchThrowableOfType(
            WarpException.class,
            () ->
                Arguments.of(
                    DUMP,
                    Map.of("form", "1", "from", 1.5, "share", "much", "keys", "maybe"),
                    row -> {}));
    assertThat(refusal.code()).isEqualTo(CoreError.ARGUMENT_INVALID);
    assertThat(refusal.problems())
        .extracting(Problem::what)
        .containsExactly(
            "The operation [wal dump] has no argument [form].",
            "The operation [wal dump] needs the argument [file].",
            "The argument [from] of [wal dump] is a whole number, not [1.5].",
            "The argument [share] of [wal dump] is a number, not [much].",
            "The argument [keys] of [wal dump] is true or false, not [maybe].");
    assertThat(refusal.problems().getFirst().help()).isEqualTo("Did you mean [from]?");
  }

  @Test
  void anOperationWithoutArgumentsSaysSo() {
    Operation bare = new Operation("wal", "Nothing.", List.of(), Operation.Mode.ONLINE);
    assertThatThrownBy(() -> Arguments.of(bare, Map.of("x", 1), row -> {}))
        .isInstanceOf(WarpException.class)
        .hasMessageContaining("It takes no arguments.");
  }

  @Test
  void aHandlerThatAsksForWhatItDidNotDeclareIsTold() {
    Arguments arguments = Arguments.of(DUMP, Map.of("file", "a"), row -> {});
    assertThatThrownBy(() -> arguments.flag("file"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The operation [wal dump] declares no argument [file] of type [Boolean].");
    assertThatThrownBy(() -> arguments.text("fiel")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsReachTheCaller() {
    List<Tree> rows = new ArrayList<>();
    Arguments.of(DUMP, Map.of("file", "a"), rows::add).row(Tree.of("x"));
    assertThat(rows).containsExactly(Tree.of("x"));
  }
}
