package io.warpengine.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.distribution.Distribution.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command of the real tarball, in processes of their own. */
final class CommandsTest {

  @TempDir Path directory;

  private Distribution warp;

  @BeforeEach
  void begin() {
    warp = new Distribution(directory);
  }

  @Test
  void aRecordIsStoredReadListedCountedAndRemoved() {
    assertThat(warp.done("put", "city", "Ulm").err()).contains("durability SYNC");
    Outcome got = warp.done("get", "city");
    assertThat(got.out()).isEqualTo("Ulm\n");
    assertThat(got.err()).isEmpty();
    assertThat(warp.done("scan", "ci", "--json").out())
        .isEqualTo("{\"key\":\"city\",\"value\":\"Ulm\"}\n");
    assertThat(warp.done("stats", "--json").out()).contains("\"keys\":1,");
    assertThat(warp.done("verify").err()).contains("Everything is as it was written.");
    assertThat(warp.done("delete", "city", "--json").out()).contains("\"durability\":\"SYNC\"");
    Outcome missing = warp.fails(4, "get", "city", "--json");
    assertThat(missing.out()).isEmpty();
    assertThat(missing.err()).startsWith("{\"errors\":[{\"code\":\"W6004\",");
  }

  @Test
  void theLogIsDumpedAndCheckedByItsPluginsCommands() {
    warp.done("put", "k", "v");
    assertThat(warp.done("wal", "dump").out()).contains("{").contains("\n");
    assertThat(warp.done("wal", "verify", "--json").out()).contains("\"damages\":0");
    assertThat(warp.done("wal", "--help").out()).contains("dump", "verify");
  }

  @Test
  void wrongCommandLinesEndWithTwoAndSuggest() {
    assertThat(warp.fails(2, "exprot").err()).contains("error[W6002]", "[export]?");
    assertThat(warp.fails(2, "get", "k", "--jsno").err()).contains("error[W6003]", "[--json]?");
  }

  @Test
  void aWrongConfigurationEndsWithFiveAndShowsTheLine() throws IOException {
    Files.writeString(directory.resolve("w.toml"), "[warp.wal]\ndurabilty = \"sync\"\n");
    warp.done("put", "k", "v");
    assertThat(warp.fails(5, "get", "k", "--config", "w.toml").err())
        .contains("error[W2104]", "w.toml:2:1", "2 | durabilty = \"sync\"", "durability]?");
  }

  @Test
  void aJarThatIsNoPluginEndsWithSix() throws IOException {
    Path plugins = Files.createDirectories(directory.resolve("my plugins"));
    Files.writeString(plugins.resolve("broken.jar"), "this is no jar");
    assertThat(warp.fails(6, "plugin", "list", "--plugins", plugins.toString()).err())
        .contains("error[W3005]", "broken.jar");
  }

  @Test
  void aDamagedLogEndsWithSeven() throws IOException {
    warp.done("put", "k", "v".repeat(5000));
    Path segment;
    try (var files = Files.walk(directory.resolve("data/wal"))) {
      segment = files.filter(file -> file.toString().endsWith(".wal")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(segment);
    bytes[4096 + 100] ^= 1;
    Files.write(segment, bytes);
    assertThat(warp.fails(7, "verify").err()).contains("error[W5", ".wal");
    assertThat(warp.fails(7, "get", "k", "--json").err()).contains("{\"errors\":[{\"code\":\"W5");
  }

  @Test
  void thePlanTheConfigurationAndTheMachineAreTold() {
    assertThat(warp.done("plugin", "list", "--json").out())
        .contains("\"id\":\"wal\"", "\"journal\":\"wal (wal)\"", "\"problems\":[]");
    assertThat(warp.done("config").out()).contains("warp.wal.durability", "# default");
    assertThat(warp.done("doctor", "--json").out()).contains("\"median_us\":", "\"modes\":");
    assertThat(warp.done("version").out()).contains("warpengine").doesNotContain("unknown");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void theCompletionScriptIsBash() throws IOException {
    Path script = directory.resolve("completion.bash");
    Files.writeString(script, warp.done("completion").out());
    Outcome outcome = warp.command(List.of("bash", "-n", script.toString()));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(script).content().contains("dump", "--durability");
  }

  @Test
  void exportedRecordsComeBackUnchanged() throws IOException {
    Files.writeString(
        directory.resolve("in.jsonl"),
        """
        {"key":"a","value":{"n":1}}
        {"key":"b","value":"text"}
        {"key":"c","value64":"AP8="}
        {"key64":"/w==","value":7,"expires":"2101-01-01T00:00:00.001Z"}
        """);
    warp.done("import", "in.jsonl");
    warp.done("export", "out.jsonl");
    assertThat(directory.resolve("out.jsonl"))
        .hasSameTextualContentAs(directory.resolve("in.jsonl"));
    String csv = warp.done("export", "--format", "csv").out();
    Files.writeString(directory.resolve("all.csv"), csv);
    warp.done("import", "all.csv", "--data", "other");
    assertThat(warp.done("export", "--data", "other").out())
        .isEqualTo(Files.readString(directory.resolve("in.jsonl")));
    assertThat(warp.fails(1, "import", "all.csv", "--format", "jsonl", "--json").err())
        .contains("\"code\":\"W6006\",\"where\":\"all.csv:1:1\"");
  }

  @Test
  void theDemoProvesThatNothingAcknowledgedIsMissing() {
    Outcome outcome = warp.done("demo", "--acks", "2000", "--kills", "2");
    assertThat(outcome.out())
        .contains("read the running JDK", "durability SYNC", "SIGKILL", "recovered")
        .containsPattern("proved: of 2,\\d{3} acknowledged writes 0 are missing");
    warp.done("put", "the first", "after the demo");
  }

  @Test
  void theBenchMeasuresInAScratchDatabase() {
    assertThat(warp.done("bench", "--keys=1000", "--rounds=1", "--round=50ms", "--threads=1").out())
        .contains("collector", "workload", "SYNC", "INTERVAL");
    assertThat(directory.resolve("data-bench")).doesNotExist();
  }

  @Test
  void theCacheOfClassesIsUsedOnceItIsMade() throws IOException {
    warp.done("put", "k", "v");
    Path cache = Distribution.home().resolve("cache/warp.aot");
    assertThat(warp.done("doctor").out()).containsPattern("start.state +absent\n");
    try {
      assertThat(warp.done("aot", "--json").out()).contains("cache/warp.aot\",\"bytes\":");
      // Without the agent for coverage, with which the JVM uses no cache.
      assertThat(warp.with("WARP_JAVA_OPTS", "").done("doctor", "--json").out())
          .contains("\"state\":\"in use\"");
      warp.with("WARP_JAVA_OPTS", "-Xlog:class+load");
      assertThat(warp.done("get", "k").out())
          .containsPattern("io\\.warpengine\\.cli\\.Main source: shared objects file")
          .endsWith("v\n");
      Files.write(cache, new byte[] {1});
      assertThat(warp.with("WARP_JAVA_OPTS", "").done("get", "k").out()).isEqualTo("v\n");
      assertThat(warp.done("doctor").out())
          .containsPattern("start.state +unusable\n")
          .contains("run [warp aot] again");
    } finally {
      Files.deleteIfExists(cache);
    }
  }

  @Test
  void logbackWritesWhereItIsAskedFor() throws IOException {
    Path file = directory.resolve("logback.xml");
    Files.writeString(
        file,
        Files.readString(Distribution.home().resolve("conf/logback.xml"))
            .replace("level=\"warn\"", "level=\"debug\""));
    Outcome outcome = warp.with("WARP_LOGBACK", file.toString()).done("put", "k", "v", "-q");
    assertThat(outcome.err()).contains("io.warpengine");
    assertThat(warp.without("WARP_LOGBACK").done("get", "k").err()).isEmpty();
  }
}
