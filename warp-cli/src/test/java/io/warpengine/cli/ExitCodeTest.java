package io.warpengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.CoreError;
import io.warpengine.api.ErrorCategory;
import io.warpengine.api.ErrorCode;
import io.warpengine.api.WarpException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void damageEndsWithSeven() {
    everyCode()
        .filter(code -> code.category() == ErrorCategory.CORRUPTION)
        .forEach(code -> assertThat(ExitCode.of(code)).isEqualTo(ExitCode.DAMAGE));
    assertThat(ExitCode.DAMAGE.number()).isEqualTo(7);
  }

  @Test
  void configurationEndsWithFiveAndPluginsWithSix() {
    assertThat(ExitCode.of(CoreError.CONFIG_UNKNOWN_KEY).number()).isEqualTo(5);
    assertThat(ExitCode.of(CoreError.CONFIG_UNREADABLE).number()).isEqualTo(5);
    assertThat(ExitCode.of(CoreError.PLUGIN_MISSING).number()).isEqualTo(6);
    assertThat(ExitCode.of(CoreError.PORT_AMBIGUOUS).number()).isEqualTo(6);
  }

  @Test
  void wrongCommandLinesEndWithTwoAndMissingRecordsWithFour() {
    assertThat(ExitCode.of(CliError.USAGE_INVALID).number()).isEqualTo(2);
    assertThat(ExitCode.of(CliError.COMMAND_UNKNOWN).number()).isEqualTo(2);
    assertThat(ExitCode.of(CliError.OPTION_UNKNOWN).number()).isEqualTo(2);
    assertThat(ExitCode.of(CoreError.ARGUMENT_INVALID).number()).isEqualTo(2);
    assertThat(ExitCode.of(CliError.RECORD_NOT_FOUND).number()).isEqualTo(4);
  }

  @Test
  void everythingElseEndsWithOneAndNothingWithZero() {
    assertThat(ExitCode.of(CoreError.DIRECTORY_LOCKED).number()).isEqualTo(1);
    assertThat(ExitCode.of(new WarpException(CoreError.VALUE_TOO_LARGE, "x", "")).number())
        .isEqualTo(1);
    everyCode().forEach(code -> assertThat(ExitCode.of(code)).isNotEqualTo(ExitCode.DONE));
  }

  @Test
  void numbersAreThoseOfTheDocumentation() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number))
        .containsExactly(0, 1, 2, 4, 5, 6, 7);
  }

  @Test
  void idsOfTheCommandLineAreUniqueAndItsOwn() {
    assertThat(Arrays.stream(CliError.values()).map(CliError::id))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("W6\\d{3}"));
  }

  private static Stream<ErrorCode> everyCode() {
    return Stream.concat(Arrays.stream(CoreError.values()), Arrays.stream(CliError.values()));
  }
}
