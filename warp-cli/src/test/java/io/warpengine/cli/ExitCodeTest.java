package io.warpengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.CoreError;
import io.warpengine.api.ErrorCategory;
import io.warpengine.api.ErrorCode;
import io.warpengine.api.WarpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  /** An error code as docs/errors.md lists it; those of plugins are known from there only. */
  private record Documented(String id, String name, ErrorCategory category) implements ErrorCode {}

  private static Stream<Matcher> rows(String pattern) throws IOException {
    Pattern row = Pattern.compile(pattern);
    return Files.readAllLines(Path.of("..", "docs", "errors.md")).stream()
        .map(row::matcher)
        .filter(Matcher::matches);
  }

  @Test
  void theDocumentationListsEveryNumberAndTheCodesThatLeadToIt() throws IOException {
    Map<ExitCode, List<String>> codes = new EnumMap<>(ExitCode.class);
    Map<String, ErrorCode> known =
        everyCode().collect(Collectors.toMap(ErrorCode::id, Function.identity()));
    rows("\\| (W\\d{4}) \\| (\\w+) \\| (\\w+) \\|.*")
        .map(row ->
            known.getOrDefault(
                row.group(1),
                new Documented(row.group(1), row.group(2), ErrorCategory.valueOf(row.group(3)))))
        .forEach(code ->
            codes.computeIfAbsent(ExitCode.of(code), exit -> new ArrayList<>()).add(code.id()));
    Map<String, String> documented =
        rows("\\| (\\d \\| \\w+) \\| (.*) \\|")
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
    assertThat(documented).hasSize(ExitCode.values().length);
    for (ExitCode exit : ExitCode.values()) {
      String after = documented.get(exit.number() + " | " + exit);
      if (exit == ExitCode.DONE || exit == ExitCode.FAILED) {
        assertThat(after).as("%s", exit).isNotBlank();
      } else {
        assertThat(after).as("%s", exit).isEqualTo(String.join(", ", codes.get(exit)));
      }
    }
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
