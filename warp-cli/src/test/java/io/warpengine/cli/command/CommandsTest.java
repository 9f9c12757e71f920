package io.warpengine.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.cli.CliRunner;
import io.warpengine.cli.CliRunner.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

  @TempDir Path directory;

  private CliRunner warp;

  @BeforeEach
  void begin() {
    warp = new CliRunner(directory);
  }

  @Test
  void whatIsPutIsGotByTheNextProcess() {
    Outcome put = warp.done("put", "city", "Ulm");
    assertThat(put.out()).isEmpty();
    assertThat(put.err()).contains("stored: shard ", "sequence 1", "durability SYNC.");
    assertThat(warp.done("get", "city").out()).isEqualTo("Ulm\n");
    assertThat(warp.done("get", "city", "--raw").out()).isEqualTo("Ulm");
    assertThat(warp.done("get", "city", "--json").out())
        .isEqualTo("{\"key\":\"city\",\"value\":\"Ulm\"}\n");
    assertThat(directory.resolve("data")).isDirectory();
  }

  @Test
  void receiptsAreJsonOnRequestAndQuietKeepsStill() {
    assertThat(warp.done("put", "a", "1", "--json").out())
        .matches(
            "\\{\"shard\":\\d+,\"sequence\":1,\"position\":\"\\d+\",\"durability\":\"SYNC\"}\n");
    Outcome quiet = warp.done("put", "a", "2", "--quiet");
    assertThat(quiet.out() + quiet.err()).isEmpty();
  }

  @Test
  void bytesGoInAndOutUnchanged() {
    byte[] value = {0, -1, 10, 13, 34};
    warp.input(value);
    warp.done("put", "b", "-");
    assertThat(warp.done("get", "b", "--raw").bytes()).isEqualTo(value);
    warp.done("put", "/w==", "AP8=", "--key64", "--value64");
    assertThat(warp.done("get", "--key64", "/w==", "--raw").bytes()).isEqualTo(new byte[] {0, -1});
    warp.input("AP8=\n".getBytes(StandardCharsets.US_ASCII));
    warp.done("put", "c", "-", "--value64");
    assertThat(warp.done("get", "c", "--raw").bytes()).isEqualTo(new byte[] {0, -1});
    assertThat(warp.fails(2, "get", "--key64", "?").err()).contains("error[W6001]", "no base64");
  }

  @Test
  void aRecordWithATimeToLiveShowsWhenItEnds() {
    warp.done("put", "t", "v", "--ttl", "1h", "--durability", "memory");
    assertThat(warp.done("get", "t", "--json").out()).contains("\"expires\":\"20");
  }

  @Test
  void ifAbsentStoresOnlyOnce() {
    warp.done("put", "k", "1", "--if-absent");
    assertThat(warp.fails(1, "put", "k", "2", "--if-absent").err())
        .contains("error[W6014]", "[k] already");
    assertThat(warp.fails(1, "put", "k", "2", "--if-absent", "--json").err())
        .startsWith("{\"errors\":[{\"code\":\"W6014\",");
    assertThat(warp.done("get", "k").out()).isEqualTo("1\n");
  }

  @Test
  void aMissingRecordEndsWithFour() {
    warp.done("put", "k", "v");
    assertThat(warp.fails(4, "get", "nope").err()).contains("error[W6004]", "[nope]");
    assertThat(warp.fails(4, "delete", "k", "nope", "none").err()).contains("[nope]", "[none]");
    assertThat(warp.fails(4, "get", "k").err()).contains("[k]");
    assertThat(warp.fails(4, "delete", "k", "--json").err()).startsWith("{\"errors\":[{\"code\":");
  }

  @Test
  void aRangeIsMeasuredAndRemoved() {
    for (String key : new String[] {"a1", "a2", "b1", "b2", "c1"}) {
      warp.done("put", key, "12", "-q");
    }
    assertThat(warp.done("stats", "--prefix", "a").out())
        .contains("keys               2\n", "approximate_bytes  8\n");
    assertThat(warp.done("delete", "--prefix", "a").err()).contains("removed: 2 records");
    assertThat(warp.done("delete", "--from", "b2", "--to", "c", "--json").out())
        .startsWith("{\"records\":1,\"position\":");
    assertThat(warp.done("scan", "--keys").out()).isEqualTo("b1\nc1\n");
    assertThat(warp.done("delete", "--prefix", "x").err()).contains("removed: 0 records");
    assertThat(warp.done("delete", "--all").err()).contains("removed: 2 records");
    assertThat(warp.done("scan").out()).isEmpty();
  }

  @Test
  void whatIsToBeRemovedIsSaidPlainly() {
    warp.done("put", "k", "v");
    assertThat(warp.fails(2, "delete").err()).contains("not clear", "--all");
    assertThat(warp.fails(2, "delete", "k", "--prefix", "k").err()).contains("not clear");
    assertThat(warp.fails(2, "delete", "--all", "--from", "k").err()).contains("not clear");
    assertThat(warp.fails(2, "delete", "--prefix", "").err()).contains("every key");
    assertThat(warp.fails(2, "stats", "--prefix", "k", "--shards").err()).contains("--shards");
    assertThat(warp.done("scan", "--keys").out()).isEqualTo("k\n");
  }

  @Test
  void readingMakesNoDatabase() {
    assertThat(warp.fails(1, "get", "k").err()).contains("error[W6009]", "no database");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void scansChooseByPrefixRangeAndLimit() {
    for (String key : new String[] {"a1", "a2", "b1", "b2", "c1"}) {
      warp.done("put", key, "v" + key, "-q");
    }
    assertThat(warp.done("scan").out()).startsWith("a1\tva1\na2\tva2\n").endsWith("c1\tvc1\n");
    assertThat(warp.done("scan", "a", "--keys").out()).isEqualTo("a1\na2\n");
    assertThat(warp.done("scan", "--from", "a2", "--to", "b2", "--keys").out())
        .isEqualTo("a2\nb1\n");
    assertThat(warp.done("scan", "--reverse", "--keys", "--limit=2").out()).isEqualTo("c1\nb2\n");
    assertThat(warp.done("scan", "b", "--json").out())
        .isEqualTo("{\"key\":\"b1\",\"value\":\"vb1\"}\n{\"key\":\"b2\",\"value\":\"vb2\"}\n");
    warp.fails(2, "scan", "a", "--from", "b");
    Outcome limited = warp.done("scan", "--limit", "3", "--keys");
    String token = limited.err().replaceAll("(?s).*--token (\\S+) goes on.*", "$1");
    assertThat(warp.done("scan", "--token", token, "--keys").out()).isEqualTo("b2\nc1\n");
    assertThat(warp.done("scan", "--limit", "3", "--json").out().lines())
        .hasSize(4)
        .last()
        .isEqualTo("{\"token\":\"" + token + "\"}");
    assertThat(warp.fails(2, "scan", "--token", "AAAA").err()).contains("W1009");
  }

  @Test
  void statisticsCountWhatThereIs() {
    warp.done("put", "k", "value");
    assertThat(warp.done("stats").out()).contains("keys         1\n", "value_bytes  5\n", "SYNC");
    assertThat(warp.done("stats", "--shards", "--metrics").out())
        .contains("shard  keys  key_bytes  value_bytes  sequence\n");
    assertThat(warp.done("stats", "--json", "--shards", "--metrics").out())
        .contains("\"keys\":1", "\"shards\":[{\"shard\":0,", "\"metrics\":{");
  }

  @Test
  void everySpaceHasItsOwnRecords() {
    assertThat(warp.fails(1, "space", "list").err()).contains("W6009");
    warp.done("put", "k", "default");
    assertThat(warp.done("space", "list").err()).contains("no spaces but the default one");
    assertThat(warp.fails(4, "get", "k", "--space", "users").err())
        .contains("W1021", "no space [users]");
    warp.done("put", "k", "v", "--space", "users");
    warp.done("put", "kk", "v", "--space", "users", "--if-absent");
    assertThat(warp.done("get", "k").out()).isEqualTo("default\n");
    assertThat(warp.done("get", "k", "--space=users").out()).isEqualTo("v\n");
    assertThat(warp.done("scan", "--space=users").out()).isEqualTo("k\tv\nkk\tv\n");
    assertThat(warp.done("stats").out()).contains("keys         1\n", "users  2     3          2");
    assertThat(warp.done("stats", "--space=users").out()).contains("space        users\n");
    assertThat(warp.done("stats", "--json").out())
        .contains(
            "\"spaces\":[{\"space\":\"users\",\"keys\":2,\"key_bytes\":3,\"value_bytes\":2}]");
    assertThat(warp.done("space", "list").out()).contains("space  keys", "users  2 ");
    assertThat(warp.done("space", "list", "--json").out()).startsWith("[{\"space\":\"users\",");
    assertThat(warp.done("verify").out()).containsPattern("records.read +3\n");
    warp.done("delete", "kk", "--space", "users");
    assertThat(warp.done("space", "drop", "users").err()).contains("dropped: the space [users]");
    assertThat(warp.fails(4, "space", "drop", "users").err()).contains("W1021");
    assertThat(warp.done("space", "list").err()).contains("no spaces but the default one");
    assertThat(warp.done("get", "k").out()).isEqualTo("default\n");
  }

  @Test
  void pluginsAndPortsAreListedWithoutData() {
    assertThat(warp.done("plugin", "list").out())
        .contains("wal", "journal:wal", "probe", "operation:probe echo", "storage");
    assertThat(warp.done("plugin", "list", "--json").out())
        .contains("\"plugins\":[{\"id\":\"", "\"ports\":{\"cache\":", "\"problems\":[]");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void verificationReadsEverythingAndTellsDamage() throws IOException {
    warp.done("put", "k", "v");
    Outcome sound = warp.done("verify");
    assertThat(sound.out())
        .containsPattern("probe_verify.marks +0\n")
        .containsPattern("wal_verify.damages +0\n")
        .containsPattern("records.read +1\n")
        .containsPattern("records.not_listed +0\n");
    assertThat(sound.err()).contains("looked", "Everything is as it was written.");
    assertThat(warp.done("verify", "--json").out())
        .contains("{\"looked\":", "\"records\":{\"read\":1");
    Files.createFile(directory.resolve("data/damage"));
    assertThat(warp.fails(7, "verify").err()).contains("error[W4004]: There is a mark of damage.");
    assertThat(warp.fails(7, "probe", "verify").err()).contains("W4004");
  }

  @Test
  void aDamagedManifestEndsWithSeven() throws IOException {
    warp.done("put", "k", "v");
    Path manifest = directory.resolve("data/universe.manifest");
    byte[] bytes = Files.readAllBytes(manifest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(manifest, bytes);
    assertThat(warp.fails(7, "get", "k").err()).contains("error[W4004]");
    assertThat(warp.fails(7, "verify").err()).contains("error[W4004]");
  }

  @Test
  void operationsOfPluginsMakeNoDatabase() {
    assertThat(warp.fails(1, "probe", "echo", "hi").err()).contains("error[W6009]", "no database");
    assertThat(warp.fails(1, "probe", "verify").err()).contains("error[W6009]");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void operationsOfPluginsAreCommands() {
    warp.done("put", "k", "v");
    Outcome outcome = warp.done("probe", "echo", "hi", "--times", "2", "--loud", "--of-json=x");
    assertThat(outcome.out())
        .isEqualTo("{\"text\":\"HI\"}\n{\"text\":\"HI\"}\nfactor  1.5\nof      x\n");
    assertThat(warp.done("probe", "echo", "hi", "--polite=false").out())
        .isEqualTo("{\"text\":\"hi\"}\n");
    assertThat(warp.done("probe", "echo", "hi", "--json").out())
        .isEqualTo("{\"text\":\"hi\"}\n{\"factor\":1.5,\"of\":\"-\"}\n");
    assertThat(warp.fails(2, "probe", "echo", "hi", "--times", "x").err()).contains("W1012");
    assertThat(warp.fails(2, "probe", "echo").err()).contains("TEXT is missing");
    assertThat(warp.done("help", "probe", "echo").out())
        .contains("Repeats a text.", "--times", "TEXT");
    assertThat(warp.done("--help").out()).contains("probe");
  }

  @Test
  void unknownCommandsAndOptionsEndWithTwo() {
    assertThat(warp.fails(2, "gte", "k").err()).contains("error[W6002]", "Did you mean [get]?");
    assertThat(warp.fails(2, "get", "k", "--rwa").err()).contains("error[W6003]", "[--raw]");
    assertThat(warp.fails(2, "get").err())
        .contains("error[W6001]", "Its form is: warp get [OPTIONS] KEY");
    assertThat(warp.fails(2, "put", "k", "v", "--set", "oops").err()).contains("KEY=VALUE");
    assertThat(warp.fails(2, "put", "k", "v", "--durability", "always").err()).contains("sync");
  }

  @Test
  void configurationErrorsEndWithFiveAndShowTheLine() throws IOException {
    Files.writeString(directory.resolve("bad.toml"), "[warp]\nshrads = 3\n");
    warp.done("put", "k", "v");
    Outcome outcome = warp.fails(5, "stats", "--config", "bad.toml", "--set", "warp.shards=0");
    assertThat(outcome.err())
        .contains(
            "error[W2104]", "bad.toml:2:1", " 2 | shrads = 3", "^", "[warp.shards]", "--> --set");
    assertThat(warp.fails(5, "wal", "nothing", "--config=bad.toml").err()).contains("W2104");
    assertThat(warp.fails(5, "config", "--config", "bad.toml").out()).contains("warp.shards");
    assertThat(warp.fails(5, "plugin", "list", "--config", "bad.toml").out()).contains("storage");
    assertThat(warp.fails(5, "doctor", "--config", "bad.toml").out()).contains("java.version");
  }

  @Test
  void theConfigurationIsShownWithItsSources() throws IOException {
    Files.writeString(directory.resolve("good.toml"), "warp.max-value-bytes = \"1MiB\"\n");
    warp.with("WARP_CONFIG", "good.toml").with("WARP_SHARDS", "12");
    String values = warp.done("config", "--set", "warp.open.timeout=10s").out();
    assertThat(values)
        .containsPattern("warp.max-value-bytes +=  \"1MiB\" +# .*good.toml:1")
        .containsPattern("warp.shards +=  12 +# .*WARP_SHARDS")
        .containsPattern("warp.open.timeout +=  \"10s\" +# --set")
        .containsPattern("warp.storage +=  \"\" +# default");
    assertThat(warp.done("config", "--json").out())
        .contains("{\"key\":\"warp.shards\",\"value\":\"12\"");
    assertThat(warp.done("config", "reference").out())
        .contains("## [warp]", "| `warp.shards` | integer | `24` |", "## [warp.wal]", "sync");
    assertThat(warp.done("config", "template").out()).contains("#warp.shards = 24\n");
    warp.fails(2, "config", "everything");
  }

  @Test
  void theTemplateIsAConfigurationFileWithEveryKeyAtItsDefault() throws IOException {
    String template = warp.done("config", "template").out();
    String active = template.replaceAll("(?m)^#warp\\.", "warp.");
    Files.writeString(directory.resolve("all.toml"), active);
    String values = warp.done("config", "--config", "all.toml").out();
    assertThat(values).doesNotContain("# default").contains("all.toml:");
    assertThat(values.lines().map(line -> line.replaceAll(" *# .*", "")))
        .containsExactlyElementsOf(
            warp.done("config").out().lines().map(line -> line.replaceAll(" *# .*", "")).toList());
  }

  @Test
  void theDoctorMeasuresTheDiskAndNamesTheLossOfEachMode() {
    Outcome outcome = warp.done("doctor");
    assertThat(outcome.out())
        .contains("java.version", "directory.sync.median_us", "durability.in_force", "sync")
        .contains("kill_loses         what was staged: at most 4MiB (warp.wal.buffer-bytes); 5 ms")
        .contains("power_cut_loses  at most 200ms (warp.wal.interval) plus one sync, or two syncs")
        .containsPattern("start.state +not started by bin/warp\n");
    assertThat(warp.done("doctor", "--set", "warp.wal.buffer-bytes=64MiB").out())
        .contains("at most 64MiB (warp.wal.buffer-bytes); 5 ms, or a sync that is under way");
    assertThat(warp.with("WARP_HOME", "home").run("doctor").out())
        .containsPattern("start.state +absent\n");
    assertThat(warp.done("doctor", "--json").out()).contains("\"measured\":", "\"advice\":[");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void theDoctorSaysWhenADirectoryCannotBeUsed() throws IOException {
    Files.writeString(directory.resolve("letter"), "Dear all");
    for (String data : new String[] {"letter", "letter/data"}) {
      Outcome outcome = warp.fails(1, "doctor", "--data", data);
      assertThat(outcome.out()).contains("java.version", "durability.in_force");
      assertThat(outcome.err())
          .contains("error[W4001]", "[" + directory.resolve("letter") + "] is a file")
          .doesNotContain("Nothing is amiss", "nothing keeps it from working");
    }
    assertThat(directory.resolve("letter")).hasContent("Dear all");
  }

  @Test
  void withoutAJournalTheLossIsToldLoudly() {
    Outcome outcome = warp.done("put", "k", "v", "--set", "warp.journal=none");
    assertThat(outcome.err()).contains("durability NONE", "nothing of it survives");
    assertThat(warp.done("doctor", "--set", "warp.journal=none").out())
        .contains("durability.in_force", "none", "There is no journal");
  }

  @Test
  void versionsAreTold() {
    assertThat(warp.done("version").out()).contains("warpengine", "java", "system");
    assertThat(warp.done("--version").out()).isEqualTo(warp.done("version").out());
    assertThat(warp.done("version", "--json").out()).startsWith("{\"warpengine\":\"");
  }

  @Test
  void completionKnowsTheCommandsOfPlugins() {
    assertThat(warp.done("completion").out()).contains("probe", "echo", "--durability");
  }

  @Test
  void theBenchPrintsItsSettingAndRemovesItsDatabase() {
    Outcome outcome =
        warp.done(
            "bench", "--keys=500", "--rounds=2", "--round=20ms", "--durability=interval,memory");
    assertThat(outcome.out())
        .contains("keys", "500", "shards", "collector", "workload  durability  outstanding")
        .contains("INTERVAL", "MEMORY", "scan 100");
    assertThat(directory).isEmptyDirectory();
    assertThat(
            warp.done(
                    "bench",
                    "--keys=100",
                    "--rounds=1",
                    "--round=10ms",
                    "--threads=1",
                    "--json",
                    "--set",
                    "warp.journal=none")
                .out())
        .contains("\"results\":[{\"workload\":\"get\"", "\"durability\":\"NONE\"");
    assertThat(warp.fails(2, "bench", "--threads=0").err()).contains("from 1 to 1024");
  }

  @Test
  void theBenchLeavesForeignDirectoriesAlone() throws IOException {
    Files.createDirectories(directory.resolve("data-bench"));
    assertThat(warp.fails(1, "bench").err()).contains("W6008", "not made by this command");
    warp.done("put", "k", "v");
  }

  @Test
  void theDemoLoadsAndReadsTheRunningJdk() {
    Outcome outcome = warp.done("demo", "--kills", "0");
    assertThat(outcome.out())
        .contains("1. read the running JDK", "durability SYNC", "class:java.util.ArrayList = {")
        .contains("package:java.util = {\"module\":\"java.base\"");
    assertThat(warp.done("demo", "--kills=0", "--json").out()).contains("\"lookups_per_second\":");
    assertThat(directory.resolve("data-demo/universe")).isDirectory();
    assertThat(directory.resolve("data")).as("the place of the user's database").doesNotExist();
    assertThat(warp.fails(7, "demo", "--kills=0", "--set=warp.journal=none").err())
        .contains("There is no journal");
  }

  @Test
  void aWrongNumberLeavesTheFormerDemonstrationWhereItIs() throws IOException {
    Path former = Files.createDirectories(directory.resolve("data-demo"));
    Files.createFile(former.resolve("made-by-warp.txt"));
    warp.fails(2, "demo", "--kills", "x");
    warp.fails(2, "demo", "--acks", "0");
    assertThat(former.resolve("made-by-warp.txt")).isEmptyFile();
  }

  @Test
  void theFileOfTheDistributionIsReadOnceItSaysSomething() throws IOException {
    Path file = directory.resolve("home/conf/warp.toml");
    warp.with("WARP_HOME", "home");
    assertThat(warp.done("config").out()).containsPattern("warp.shards +=  24 +# default");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "# warp.shards = 7\n\n");
    assertThat(warp.done("config").out()).containsPattern("warp.shards +=  24 +# default");
    Files.writeString(file, "# A number.\nwarp.shards = 7\n");
    assertThat(warp.done("config").out()).containsPattern("warp.shards +=  7 +# .*warp.toml:2");
  }

  @Test
  void aCacheOfClassesNeedsADistribution() {
    assertThat(warp.fails(2, "aot").err()).contains("bin/warp");
  }

  @Test
  void pathsThatAreNoneAreRefused() {
    assertThat(warp.fails(2, "stats", "--data", "\0").err()).contains("W6001");
  }
}
