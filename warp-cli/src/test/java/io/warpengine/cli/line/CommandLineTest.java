package io.warpengine.cli.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warpengine.api.WarpException;
import io.warpengine.cli.CliError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  private static final List<Option> GLOBALS =
      List.of(
          Option.value("data", "DIR", "data", "Where.").letter("d"),
          Option.flag("json", "JSON."),
          Option.value("set", "KEY=VALUE", "", "A setting.").repeated());

  private static final List<CommandSyntax> COMMANDS =
      List.of(
          CommandSyntax.of("put", "Puts.")
              .parameters(Parameter.required("KEY", "Key."), Parameter.required("VALUE", "Value."))
              .options(Option.value("ttl", "TIME", "", "Time."), Option.flag("raw", "Raw.")),
          CommandSyntax.of("delete", "Deletes.")
              .parameters(new Parameter("KEY", "Keys.", true, true)),
          CommandSyntax.of("scan", "Scans 100 % of all.")
              .parameters(Parameter.optional("PREFIX", "Prefix.")),
          CommandSyntax.of("plugin list", "Lists."),
          CommandSyntax.of("wal dump", "Dumps.").options(Option.value("from", "N", "0", "From.")),
          CommandSyntax.of("secret", "Hides.").hide());

  private static final String[] WORDS = {
    "put",
    "delete",
    "scan",
    "plugin",
    "list",
    "wal",
    "dump",
    "secret",
    "k",
    "v",
    "-",
    "--json",
    "--data",
    "-d",
    "--data=x",
    "--set",
    "--set=a=b",
    "--ttl",
    "--ttl=5s",
    "--raw",
    "--",
    "--help",
    "--nothing",
    "",
    "--from",
    "7",
    "data"
  };

  private final CommandTree tree = new CommandTree(COMMANDS, GLOBALS, "A program.");

  @Test
  void bothParsersReadTheSame() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      List<String> line = new ArrayList<>();
      line.add(WORDS[random.nextInt(WORDS.length)]);
      for (int words = random.nextInt(6); words > 0; words--) {
        line.add(WORDS[random.nextInt(WORDS.length)]);
      }
      Optional<Arguments> quick = new QuickParser(COMMANDS, GLOBALS).parse(line);
      if (quick.isPresent()) {
        read++;
        assertThat(tree.parse(line))
            .as("%s, seed %d", line, seed)
            .isEqualTo(new CommandTree.Run(quick.get()));
      }
    }
    assertThat(read).as("lines read, seed %d", seed).isGreaterThan(300);
  }

  @Test
  void optionsComeBeforeBetweenAndAfterTheArguments() {
    Arguments arguments =
        new QuickParser(COMMANDS, GLOBALS)
            .parse(List.of("--data", "d", "put", "k", "--ttl=5s", "v", "--set", "a=1", "--set=b=2"))
            .orElseThrow();
    assertThat(arguments.command()).isEqualTo("put");
    assertThat(arguments.parameters()).containsExactly("k", "v");
    assertThat(arguments.text("data")).isEqualTo("d");
    assertThat(arguments.duration("ttl")).hasSeconds(5);
    assertThat(arguments.all("set")).containsExactly("a=1", "b=2");
    assertThat(arguments.given("raw")).isFalse();
  }

  @Test
  void anOptionsValueMayBeTheNameOfACommand() {
    assertThat(tree.parse(List.of("--data", "put", "plugin", "list")))
        .isInstanceOfSatisfying(
            CommandTree.Run.class,
            run -> assertThat(run.arguments().text("data")).isEqualTo("put"));
  }

  @Test
  void defaultsStandForOptionsThatAreNotGiven() {
    Arguments arguments =
        new QuickParser(COMMANDS, GLOBALS).parse(List.of("wal", "dump")).orElseThrow();
    assertThat(arguments.number("from", 0, 10)).isZero();
    assertThat(arguments.maybe("from")).hasValue("0");
    assertThat(arguments.maybe("set")).isEmpty();
  }

  @Test
  void anUnknownCommandIsToldWithItsNeighbour() {
    assertRefused(CliError.COMMAND_UNKNOWN, "no command [pt]", "mean [put]?", "pt", "k");
    assertRefused(CliError.COMMAND_UNKNOWN, "[plugin lst]", "mean [list]?", "plugin", "lst");
    assertRefused(CliError.COMMAND_UNKNOWN, "[xyzzy]", "There are: put, delete", "xyzzy");
  }

  @Test
  void hiddenCommandsAreNotSuggested() {
    WarpException refused =
        catchThrowableOfType(WarpException.class, () -> tree.parse(List.of("secre")));
    assertThat(refused.problems().getFirst().help()).doesNotContain("secret");
  }

  @Test
  void anUnknownOptionIsToldWithItsNeighbour() {
    assertRefused(
        CliError.OPTION_UNKNOWN, "no option [--tll] of [put]", "[--ttl]?", "put", "--tll=1", "k");
    assertRefused(
        CliError.OPTION_UNKNOWN, "no option [--zzzzzz] of [put]", "Write [--]", "put", "--zzzzzz");
  }

  @Test
  void whatIsMissingOrTooMuchIsTold() {
    assertRefused(CliError.USAGE_INVALID, "argument VALUE is missing", "warp put", "put", "k");
    assertRefused(CliError.USAGE_INVALID, "value of --ttl is missing", "warp put", "put", "--ttl");
    assertRefused(CliError.USAGE_INVALID, "[b] is one too many", "warp scan", "scan", "a", "b");
    assertRefused(CliError.USAGE_INVALID, "needs a second word", "There are: list", "plugin");
    assertRefused(CliError.USAGE_INVALID, "--ttl", "", "put", "k", "v", "--ttl=1", "--ttl=2");
    assertRefused(CliError.USAGE_INVALID, "", "", "put", "k", "v", "--raw=maybe");
  }

  private void assertRefused(CliError code, String what, String help, String... line) {
    WarpException refused =
        catchThrowableOfType(WarpException.class, () -> tree.parse(List.of(line)));
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.problems().getFirst().what()).contains(what);
    assertThat(refused.problems().getFirst().help()).contains(help);
  }

  @Test
  void helpShowsEveryVisibleCommandAndOption() {
    assertThat(help()).contains("put", "delete", "scan", "plugin", "wal", "--data", "A program.");
    assertThat(help()).doesNotContain("secret");
    assertThat(help("--help")).isEqualTo(help());
    assertThat(help("put", "--help")).contains("KEY", "VALUE", "--ttl", "--data", "Puts.");
    assertThat(help("scan", "-h")).contains("Scans 100 % of all.");
    assertThat(help("wal", "--help")).contains("dump");
  }

  private String help(String... line) {
    return ((CommandTree.Help) tree.parse(List.of(line))).text();
  }

  @Test
  void theCompletionScriptKnowsEveryCommand() {
    assertThat(tree.completion()).contains("put", "plugin", "list", "--ttl", "wal", "dump");
  }

  @Test
  void valuesOfTheWrongTypeAreToldWithWhatIsTaken() {
    Arguments arguments = arguments("ttl", "soon");
    assertThatThrownBy(() -> arguments.duration("ttl")).hasMessageContaining("30s");
    assertThatThrownBy(() -> arguments.bytes("ttl", 100)).hasMessageContaining("64KiB");
    assertThatThrownBy(() -> arguments.number("ttl", 1, 9)).hasMessageContaining("from 1 to 9");
    assertThatThrownBy(() -> arguments.durability("ttl")).hasMessageContaining("interval");
    assertThatThrownBy(() -> arguments("ttl", "7").number("ttl", 8, Long.MAX_VALUE))
        .hasMessageContaining("from 8.");
    assertThatThrownBy(() -> arguments("ttl", "2KiB").bytes("ttl", 2047))
        .hasMessageContaining("at most 2047");
    assertThatThrownBy(() -> arguments("ttl", "999999999999999999d").duration("ttl"))
        .hasMessageContaining("64-bit");
  }

  @Test
  void valuesAreReadWithTheirUnits() {
    assertThat(arguments("ttl", "500ms").duration("ttl")).hasMillis(500);
    assertThat(arguments("ttl", "2m").duration("ttl")).hasMinutes(2);
    assertThat(arguments("ttl", "3h").duration("ttl")).hasHours(3);
    assertThat(arguments("ttl", "4d").duration("ttl")).hasDays(4);
    assertThat(arguments("ttl", "5").bytes("ttl", 10)).isEqualTo(5);
    assertThat(arguments("ttl", "2MiB").bytes("ttl", 1 << 30)).isEqualTo(2 << 20);
    assertThat(arguments("ttl", "1,2").numbers("ttl", 1, 2)).containsExactly(1L, 2L);
    assertThat(arguments("ttl", "sync,Os").durabilities("ttl"))
        .extracting(Enum::name)
        .containsExactly("SYNC", "OS");
    assertThat(arguments("ttl", "").durabilities("ttl")).isEmpty();
  }

  private static Arguments arguments(String option, String value) {
    return new Arguments(
        "put", java.util.Map.of(option, List.of(value)), List.of(), java.util.Map.of());
  }

  @Test
  void theNearestWordIsOneWithFewEdits() {
    assertThat(Nearest.to("exprot", List.of("import", "export"))).hasValue("export");
    assertThat(Nearest.to("--dta", List.of("--data", "--json"))).hasValue("--data");
    assertThat(Nearest.to("zzz", List.of("put", "get"))).isEmpty();
  }
}
