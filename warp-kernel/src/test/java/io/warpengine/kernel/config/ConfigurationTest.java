package io.warpengine.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.warpengine.api.ConfigSetting;
import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.spi.config.ByteSize;
import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {

  enum Mode {
    SYNC,
    VERY_LAZY
  }

  @ConfigSection("warp.test")
  record Everything(
      @ConfigKey(defaultValue = "3", min = "1", max = "9", description = "An int.") int count,
      @ConfigKey(defaultValue = "4", description = "A long.") long bigCount,
      @ConfigKey(defaultValue = "0.5", min = "0", max = "1", description = "A share.") double share,
      @ConfigKey(defaultValue = "false", description = "A flag.") boolean flag,
      @ConfigKey(defaultValue = "", description = "A text.") String text,
      @ConfigKey(defaultValue = "30s", min = "1ms", max = "1h", description = "A pause.")
          Duration pause,
      @ConfigKey(defaultValue = "64MiB", min = "1KiB", max = "1GiB", description = "A size.")
          ByteSize size,
      @ConfigKey(defaultValue = "logs/a", description = "A path.") Path path,
      @ConfigKey(defaultValue = "sync", description = "A mode.") Mode mode,
      @ConfigKey(defaultValue = "a,b", description = "A list.", since = "0.2") List<String> names) {

    Everything {
      if (text.equals("refused")) {
        throw new IllegalArgumentException("The text [refused] is not welcome.");
      }
    }
  }

  @ConfigSection("warp.test.twin")
  record Twin(@ConfigKey(defaultValue = "1", description = "x") int key) {}

  @ConfigSection("warp.test")
  record Overlapping(@ConfigKey(defaultValue = "1", description = "x") int twinKey) {}

  @ConfigSection("warp.test")
  record Unwilling(@ConfigKey(defaultValue = "1", description = "x") int one) {
    Unwilling {
      if (one == 1) {
        throw new IllegalArgumentException("Never one.");
      }
      if (one == 2) {
        throw new UnsupportedOperationException("two");
      }
    }
  }

  @TempDir Path folder;

  private final Map<String, String> builder = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  @Test
  void withoutSettingsEveryKeyHasItsDefault() {
    Configuration configuration = resolve(Optional.empty());
    assertThat(configuration.problems()).isEmpty();
    assertThat(configuration.record(Everything.class))
        .isEqualTo(
            new Everything(
                3,
                4,
                0.5,
                false,
                "",
                Duration.ofSeconds(30),
                new ByteSize(64 << 20),
                Path.of("logs/a"),
                Mode.SYNC,
                List.of("a", "b")));
    assertThat(configuration.settings())
        .extracting(ConfigSetting::key, ConfigSetting::type, ConfigSetting::value)
        .containsExactly(
            tuple("warp.test.big-count", "integer", "4"),
            tuple("warp.test.count", "integer", "3"),
            tuple("warp.test.flag", "boolean", "false"),
            tuple("warp.test.mode", "sync|very-lazy", "sync"),
            tuple("warp.test.names", "list", "a,b"),
            tuple("warp.test.path", "path", "logs/a"),
            tuple("warp.test.pause", "duration", "30s"),
            tuple("warp.test.share", "number", "0.5"),
            tuple("warp.test.size", "size", "64MiB"),
            tuple("warp.test.text", "text", ""));
    assertThat(configuration.setting("warp.test.names"))
        .isEqualTo(
            new ConfigSetting(
                "warp.test.names",
                "list",
                "a,b",
                "a,b",
                "default",
                "A list.",
                "test",
                "0.2",
                false));
  }

  @Test
  void everyTypeIsReadFromTheFile() throws IOException {
    Configuration configuration =
        resolve(
            file(
                """
                [warp.test]
                count = 7
                big-count = 5_000_000_000
                share = 1
                flag = true
                text = "hello = world"
                pause = "200ms"
                size = 2048
                path = "/var/x"
                mode = "very-lazy"
                names = ["c", "d, e"]
                """));
    assertThat(configuration.problems()).isEmpty();
    assertThat(configuration.record(Everything.class))
        .isEqualTo(
            new Everything(
                7,
                5_000_000_000L,
                1.0,
                true,
                "hello = world",
                Duration.ofMillis(200),
                new ByteSize(2048),
                Path.of("/var/x"),
                Mode.VERY_LAZY,
                List.of("c", "d, e")));
    assertThat(configuration.setting("warp.test.count").source())
        .isEqualTo(folder.resolve("warp.toml") + ":2");
  }

  @Test
  void everyTypeIsReadFromText() {
    builder.putAll(
        Map.of(
            "warp.test.count", "7",
            "warp.test.share", "0.25",
            "warp.test.flag", "true",
            "warp.test.pause", "5m",
            "warp.test.size", "1MiB",
            "warp.test.mode", "VERY-LAZY",
            "warp.test.names", " c , d",
            "warp.test.path", "x/y"));
    Configuration configuration = resolve(Optional.empty());
    assertThat(configuration.problems()).isEmpty();
    assertThat(configuration.record(Everything.class))
        .isEqualTo(
            new Everything(
                7,
                4,
                0.25,
                true,
                "",
                Duration.ofMinutes(5),
                new ByteSize(1 << 20),
                Path.of("x/y"),
                Mode.VERY_LAZY,
                List.of("c", "d")));
  }

  @Test
  void theProgramWinsOverTheEnvironmentOverThePropertyOverTheFile() throws IOException {
    Optional<Path> file = file("warp.test.count = 2");
    assertThat(resolve(file).record(Everything.class).count()).isEqualTo(2);
    properties.put("warp.test.count", "3");
    assertThat(resolve(file).setting("warp.test.count").source())
        .isEqualTo("property warp.test.count");
    environment.put("WARP_TEST_COUNT", "4");
    assertThat(resolve(file).setting("warp.test.count").source())
        .isEqualTo("environment WARP_TEST_COUNT");
    builder.put("warp.test.count", "5");
    Configuration configuration = resolve(file);
    assertThat(configuration.setting("warp.test.count").source()).isEqualTo("builder");
    assertThat(configuration.record(Everything.class).count()).isEqualTo(5);
  }

  @Test
  void allErrorsOfAllSourcesComeTogetherWithTheirPlaces() throws IOException {
    environment.put("WARP_TEST_PAUSE", "30");
    properties.put("warp.test.share", "lots");
    builder.put("warp.test.count", "10");
    Configuration configuration =
        resolve(
            file(
                """
                [warp.test]
                cuont = 7
                  count = "7"
                size = "64MB"
                text = "${HOME}"
                big-count = 1.5
                mode = "fast"
                names = [1, 2]

                [warp.wal]
                durability = "sync"
                interval = "1s"
                """));
    String file = folder.resolve("warp.toml").toString();
    assertThat(configuration.problems())
        .extracting(Problem::code, Problem::where, Problem::what, Problem::help)
        .containsExactlyInAnyOrder(
            problem(
                CoreError.CONFIG_UNKNOWN_KEY,
                file + ":2:1",
                "There is no key [warp.test.cuont].",
                "Did you mean [warp.test.count]?"),
            problem(
                CoreError.CONFIG_WRONG_TYPE,
                file + ":3:3",
                "The key [warp.test.count] takes [integer], not [7].",
                "Write digits, for example [24]."),
            problem(
                CoreError.CONFIG_WRONG_TYPE,
                file + ":4:1",
                "The key [warp.test.size] takes [size], not [64MB].",
                "Write a size such as [512], [64KiB], [16MiB] or [2GiB]."),
            problem(
                CoreError.CONFIG_WRONG_TYPE,
                file + ":5:1",
                "The key [warp.test.text] names a variable by [${...}], which is not replaced.",
                "Set the environment variable [WARP_TEST_TEXT] instead."),
            problem(
                CoreError.CONFIG_WRONG_TYPE,
                file + ":6:1",
                "The key [warp.test.big-count] takes [integer], not [1.5].",
                "Write digits, for example [24]."),
            problem(
                CoreError.CONFIG_WRONG_TYPE,
                file + ":7:1",
                "The key [warp.test.mode] takes [sync|very-lazy], not [fast].",
                "Write one of [sync|very-lazy]."),
            problem(
                CoreError.CONFIG_WRONG_TYPE,
                file + ":8:1",
                "The key [warp.test.names] takes [list], not [[1, 2]].",
                "Write a list such as [\"a\", \"b\"] in the file, or a,b elsewhere."),
            problem(
                CoreError.CONFIG_UNKNOWN_KEY,
                file + ":11:1",
                "No loaded plugin reads [warp.wal], where the key [warp.wal.durability] stands.",
                "Remove it, or add the jar of the plugin that reads it."),
            problem(
                CoreError.CONFIG_WRONG_TYPE,
                "WARP_TEST_PAUSE",
                "The key [warp.test.pause] takes [duration], not [30].",
                "Write a duration such as [30s], [200ms] or [5m]."),
            problem(
                CoreError.CONFIG_WRONG_TYPE,
                "-Dwarp.test.share",
                "The key [warp.test.share] takes [number], not [lots].",
                "Write digits, for example [0.75]."),
            problem(
                CoreError.CONFIG_OUT_OF_RANGE,
                "builder",
                "The key [warp.test.count] must be at most [9], not [10].",
                ""));
    assertThat(configuration.setting("warp.test.count").value()).isEqualTo("3");
    assertThatThrownBy(() -> configuration.record(Everything.class))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void limitsIncludeTheirEnds() {
    builder.put("warp.test.count", "1");
    builder.put("warp.test.share", "1");
    builder.put("warp.test.pause", "1h");
    builder.put("warp.test.size", "1KiB");
    assertThat(resolve(Optional.empty()).problems()).isEmpty();
    builder.put("warp.test.count", "0");
    builder.put("warp.test.share", "1.01");
    builder.put("warp.test.pause", "61m");
    builder.put("warp.test.size", "1023");
    assertThat(resolve(Optional.empty()).problems())
        .extracting(Problem::what)
        .containsExactly(
            "The key [warp.test.count] must be at least [1], not [0].",
            "The key [warp.test.share] must be at most [1.0], not [1.01].",
            "The key [warp.test.pause] must be at most [1h], not [61m].",
            "The key [warp.test.size] must be at least [1KiB], not [1023].");
  }

  @Test
  void whatIsWrongInOtherWaysIsNoNumber() {
    builder.put("warp.test.count", "99999999999999999999");
    builder.put("warp.test.share", "NaN");
    builder.put("warp.test.flag", "yes");
    builder.put("warp.test.path", "a\0b");
    assertThat(resolve(Optional.empty()).problems())
        .extracting(Problem::code)
        .containsOnly(CoreError.CONFIG_WRONG_TYPE)
        .hasSize(4);
  }

  @Test
  void mistypedVariablesAndPropertiesAreErrorsButTheLaunchersAndForeignOnesAreNot() {
    for (String name : List.of("CONFIG", "DATA", "LOGBACK", "PLUGINS", "TERMINALS")) {
      environment.put("WARP_" + name, "/opt");
    }
    properties.put("warp.benchmarks", "/opt/benchmarks");
    environment.put("WARP_JAVA_HOME", "/opt/java");
    environment.put("WARP_JAVA_OPTS", "-Xmx1g");
    environment.put("WARP_HOME", "/opt/warp");
    environment.put("PATH", "/bin");
    environment.put("WARP_SERVICE_HOST", "10.0.0.7");
    environment.put("WARP_PORT_7000_TCP_ADDR", "10.0.0.7");
    environment.put("WARP_PORT", "tcp://10.0.0.7:7000");
    environment.put("WARP_TEST_CUONT", "1");
    environment.put("WARP_WAL_DURABILITY", "sync");
    properties.put("warp.test.sice", "1");
    properties.put("java.home", "/opt/java");
    assertThat(resolve(Optional.empty()).problems())
        .extracting(Problem::where, Problem::help)
        .containsExactlyInAnyOrder(
            tuple("WARP_TEST_CUONT", "Did you mean [WARP_TEST_COUNT]?"),
            tuple("-Dwarp.test.sice", "Did you mean [warp.test.size]?"));
  }

  @Test
  void nothingIsSaidAboutTheSectionOfAPluginThatCouldNotBeLoaded() throws IOException {
    environment.put("WARP_WAL_DURABILITY", "sync");
    Configuration configuration =
        Configuration.resolve(
            schemas(Everything.class),
            sources(file("[warp.wal]\nx = 1\n[warp.walk]\ny = 1\n")),
            Set.of("warp.wal"));
    assertThat(configuration.problems())
        .extracting(Problem::what)
        .containsExactly("No loaded plugin reads [warp.walk], where the key [warp.walk.y] stands.");
  }

  @Test
  void aKeyOutsideOfAnySectionAndAQuotedOneAreUnknown() throws IOException {
    assertThat(resolve(file("count = 1\n\"warp.test.count\" = 2")).problems())
        .extracting(Problem::what)
        .containsExactly("There is no key [count].", "There is no key [\"warp.test.count\"].");
  }

  @Test
  void anUnknownKeyThatResemblesNoneNamesThoseThatThereAre() {
    builder.put("warp.test.elephants", "1");
    assertThat(resolve(Optional.empty()).problems())
        .extracting(Problem::help)
        .containsExactly(
            "The keys of [warp.test] are [big-count, count, flag, mode, names, path, pause, share,"
                + " size, text].");
  }

  @Test
  void aFileThatIsNotTomlIsRefusedWithThePlaceOfEachError() throws IOException {
    assertThat(resolve(file("[warp.test]\ncount = = 3\nflag = true\nflag = false\n")).problems())
        .isNotEmpty()
        .allSatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(CoreError.CONFIG_UNREADABLE);
          assertThat(problem.what()).startsWith("The configuration is not TOML: ");
        })
        .extracting(Problem::where)
        .contains(folder.resolve("warp.toml") + ":2:9");
  }

  @Test
  void aFileThatIsMissingOrNotTextIsRefused() throws IOException {
    Path missing = folder.resolve("missing.toml");
    assertThat(resolve(Optional.of(missing)).problems())
        .extracting(Problem::where, Problem::what)
        .containsExactly(tuple(missing.toString(), "The configuration file does not exist."));
    Path binary = Files.write(folder.resolve("binary.toml"), new byte[] {(byte) 0xff, 0});
    assertThat(resolve(Optional.of(binary)).problems())
        .extracting(Problem::what)
        .containsExactly("The configuration file is not UTF-8 text.");
    assertThat(resolve(Optional.of(folder)).problems())
        .extracting(Problem::what)
        .allMatch(what -> what.startsWith("The configuration file cannot be read ("));
  }

  @Test
  void whatARecordRefusesHasThePlaceOfTheOneKeyThatIsSetWhereItIsSetLast() throws IOException {
    Path file = Files.writeString(folder.resolve("c.toml"), "warp.test.text = \"fine\"\n");
    builder.put("warp.test.text", "refused");
    assertThat(resolve(Optional.of(file)).problems())
        .extracting(Problem::where)
        .containsExactly("builder");
  }

  @Test
  void whatARecordRefusesHasNoPlaceWhenSeveralKeysAreSet() throws IOException {
    Path file = Files.writeString(folder.resolve("c.toml"), "warp.test.count = 4\n");
    builder.put("warp.test.text", "refused");
    assertThat(resolve(Optional.of(file)).problems())
        .extracting(Problem::where)
        .containsExactly("");
  }

  @Test
  void whatARecordRefusesIsAProblemOfItsSection() {
    builder.put("warp.test.text", "refused");
    assertThat(resolve(Optional.empty()).problems())
        .extracting(Problem::code, Problem::where, Problem::what)
        .containsExactly(
            tuple(
                CoreError.CONFIG_OUT_OF_RANGE,
                "builder",
                "The section [warp.test] is refused: The text [refused] is not welcome."));
  }

  @Test
  void aRecordThatRefusesItsDefaultsOrThrowsIsADefect() {
    assertThat(
            Configuration.resolve(schemas(Unwilling.class), sources(Optional.empty()), Set.of())
                .problems())
        .extracting(Problem::code, Problem::what)
        .containsExactly(
            tuple(
                CoreError.CONFIG_RECORD_INVALID,
                "The config record ["
                    + Unwilling.class.getName()
                    + "] refuses its own defaults: Never one."));
    builder.put("warp.test.one", "2");
    assertThat(
            Configuration.resolve(schemas(Unwilling.class), sources(Optional.empty()), Set.of())
                .problems())
        .extracting(Problem::what)
        .containsExactly(
            "The config record ["
                + Unwilling.class.getName()
                + "] throws java.lang.UnsupportedOperationException: two.");
  }

  @Test
  void twoKeysWithTheSameVariableAreADefect() {
    assertThat(
            Configuration.resolve(
                    schemas(Twin.class, Overlapping.class), sources(Optional.empty()), Set.of())
                .problems())
        .extracting(Problem::what)
        .containsExactly(
            "The config record ["
                + Overlapping.class.getName()
                + "] declares the key [warp.test.twin-key] beside [warp.test.twin.key].");
  }

  private static Tuple problem(CoreError code, String where, String what, String help) {
    return tuple(code, where, what, help);
  }

  private Configuration resolve(Optional<Path> file) {
    return Configuration.resolve(schemas(Everything.class), sources(file), Set.of());
  }

  private ConfigSources sources(Optional<Path> file) {
    return new ConfigSources(builder, environment, properties, file);
  }

  private Optional<Path> file(String text) throws IOException {
    return Optional.of(Files.writeString(folder.resolve("warp.toml"), text));
  }

  @SafeVarargs
  private static List<ConfigSchema> schemas(Class<? extends Record>... types) {
    List<Problem> problems = new ArrayList<>();
    List<ConfigSchema> schemas = new ArrayList<>();
    for (Class<? extends Record> type : types) {
      schemas.add(ConfigSchema.of(type, "test", problems::add).orElseThrow());
    }
    assertThat(problems).isEmpty();
    return schemas;
  }
}
