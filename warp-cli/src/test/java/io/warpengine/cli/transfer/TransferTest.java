package io.warpengine.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Entry;
import io.warpengine.cli.CliRunner;
import io.warpengine.cli.CliRunner.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {

  @TempDir Path directory;

  private CliRunner warp;

  @BeforeEach
  void begin() {
    warp = new CliRunner(directory);
  }

  private void file(String name, String... lines) throws IOException {
    Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv"})
  void anyBytesSurviveExportAndImport(String format) throws IOException {
    long seed = System.nanoTime();
    RandomRecords records = new RandomRecords(seed);
    TreeMap<io.warpengine.api.Bytes, Entry> last = new TreeMap<>();
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      Entry entry = records.next();
      all.add(entry);
      last.put(entry.key(), entry);
    }
    Files.write(directory.resolve("in." + format), RoundTripTest.write(Format.of(format, ""), all));
    warp.done("import", "in." + format, "--batch", "64");
    warp.done("export", "out." + format);
    List<RecordItem> items =
        RoundTripTest.read(
            Format.of(format, ""), Files.readAllBytes(directory.resolve("out." + format)));
    assertThat(items)
        .as("seed %d", seed)
        .containsExactlyElementsOf(
            last.values().stream()
                .map(entry -> new RecordItem(entry.key(), entry.value(), entry.expiresAt()))
                .toList());
    assertThat(items).isSortedAccordingTo(Comparator.comparing(RecordItem::key));
  }

  @Test
  void aBatchAboveTheLimitNamesTheOptionThatMakesItSmaller() throws IOException {
    String line = "{\"key\":\"%s\",\"value\":\"" + "v".repeat(600_000) + "\"}";
    file("in.jsonl", line.formatted("a"), line.formatted("b"));
    String[] limits = {"--set=warp.max-batch-bytes=1MiB", "--set=warp.max-value-bytes=1MiB"};
    assertThat(warp.fails(1, "import", "in.jsonl", limits[0], limits[1]).err())
        .contains("error[W1013]", "--batch");
    warp.done("import", "in.jsonl", limits[0], limits[1], "--batch=1");
  }

  @Test
  void standardStreamsWork() {
    warp.input("{\"key\":\"a\",\"value\":[1]}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(warp.done("import", "-").err()).contains("1 records stored");
    assertThat(warp.done("export").out()).isEqualTo("{\"key\":\"a\",\"value\":[1]}\n");
    assertThat(warp.done("export", "-", "--format=csv").out())
        .isEqualTo("key,key64,value,value64,expires\r\na,,[1],,\r\n");
    warp.input("key,value\nb,2\n".getBytes(StandardCharsets.UTF_8));
    assertThat(warp.done("import", "-", "--format", "csv", "--json").out())
        .startsWith("{\"records\":1,\"resumed\":0,\"expired\":0,\"skipped\":0,");
    assertThat(warp.done("export", "--prefix", "b").out())
        .isEqualTo("{\"key\":\"b\",\"value\":2}\n");
    assertThat(warp.done("export", "--from", "b", "x.jsonl", "--json").out())
        .startsWith("{\"records\":1,");
  }

  @Test
  void aBadLineLeavesItsBatchOutAndEveryBadLineIsTold() throws IOException {
    file(
        "in.jsonl",
        "{\"key\":\"a\",\"value\":1}",
        "{\"key\":\"b\",\"value\":2}",
        "{\"key\":\"c\",\"value\":3}",
        "bad",
        "{\"key\":\"d\",\"value\":4}",
        "{\"key\":\"e\"}");
    Outcome outcome = warp.fails(1, "import", "in.jsonl", "--batch=2");
    assertThat(outcome.err())
        .contains("in.jsonl:4:1", " 4 | bad", "in.jsonl:6:1", "Nothing of its batch was stored");
    assertThat(warp.done("scan", "--keys").out()).isEqualTo("a\nb\n");
    assertThat(warp.done("stats").out()).contains("keys         2\n");
    assertThat(warp.done("space", "list").out()).contains("warp import  1 ");

    file(
        "in.jsonl",
        "{\"key\":\"a\",\"value\":1}",
        "{\"key\":\"b\",\"value\":2}",
        "{\"key\":\"c\",\"value\":3}",
        "{\"key\":\"e\",\"value\":5}");
    warp.done("put", "a", "changed");
    assertThat(warp.done("import", "in.jsonl", "--resume").err())
        .contains("2 records stored after 2 that were there");
    assertThat(warp.done("scan").out()).isEqualTo("a\tchanged\nb\t2\nc\t3\ne\t5\n");
    assertThat(warp.done("stats").out()).contains("keys         4\n");
    assertThat(warp.done("space", "list").err()).contains("no spaces but the default one");
  }

  @Test
  void importsIntoSpacesAreResumedEachByItself() throws IOException {
    file("in.jsonl", "{\"key\":\"a\",\"value\":1}", "{\"key\":\"b\",\"value\":2}", "bad");
    warp.fails(1, "import", "in.jsonl", "--batch=1", "--space", "one");
    warp.fails(1, "import", "in.jsonl", "--batch=2", "--space", "two");
    file("in.jsonl", "{\"key\":\"a\",\"value\":1}", "{\"key\":\"b\",\"value\":2}");
    assertThat(warp.done("import", "in.jsonl", "--resume", "--space=two").err())
        .contains("0 records stored after 2 that were there");
    assertThat(warp.done("space", "list").out()).contains("warp import  1 ");
    assertThat(warp.done("import", "in.jsonl", "--resume").err()).contains("2 records stored in");
    assertThat(warp.done("import", "in.jsonl", "--resume", "--space=one").err())
        .contains("0 records stored after 2 that were there");
    assertThat(warp.done("space", "list").out()).doesNotContain("warp import");
    warp.done("export", "out.jsonl", "--space", "one");
    warp.done("import", "out.jsonl", "--space", "three");
    assertThat(warp.done("scan", "--space", "three").out()).isEqualTo("a\t1\nb\t2\n");
  }

  @Test
  void onlyTheFirstBadLinesAreTold() throws IOException {
    String[] lines = new String[100];
    java.util.Arrays.fill(lines, "bad");
    file("in.jsonl", lines);
    Outcome outcome = warp.fails(1, "import", "in.jsonl");
    assertThat(outcome.err().lines().filter(line -> line.startsWith("error["))).hasSize(20);
    assertThat(warp.done("import", "in.jsonl", "--skip-bad").err())
        .contains("skipped: in.jsonl:20:1:", "skipped: and 80 more.", "0 records stored")
        .doesNotContain("in.jsonl:21:");
  }

  @Test
  void skippedLinesAreListedAndTheRestIsStored() throws IOException {
    file("in.csv", "key,value", "a,1", "b", "c,3");
    assertThat(warp.done("import", "in.csv", "--skip-bad", "--batch=1").err())
        .contains("skipped: in.csv:3:1: There are [1] fields", "2 records stored, 1 skipped");
    assertThat(warp.done("scan", "--keys").out()).isEqualTo("a\nc\n");
  }

  @Test
  void aQuoteThatIsNeverClosedEndsTheImportAlsoWhereBadLinesAreSkipped() throws IOException {
    file("in.csv", "key,value", "a,1", "bad", "\"b\n\",\"2", "c,3", "d,4");
    assertThat(warp.fails(1, "import", "in.csv", "--skip-bad", "--batch=1").err())
        .contains("in.csv:5:3", "no closing quote", "mend the line and import with --resume");
    assertThat(warp.done("scan", "--keys").out()).isEqualTo("a\n");
  }

  @Test
  void aBadHeadingEndsTheImport() throws IOException {
    file("in.csv", "kee,value", "a,1");
    assertThat(warp.fails(1, "import", "in.csv").err()).contains("in.csv:1:1", "[kee]");
    assertThat(warp.fails(1, "import", "in.csv", "--skip-bad").err()).contains("in.csv:1:1");
  }

  @Test
  void aChangedFileIsNotResumed() throws IOException {
    file("in.jsonl", "{\"key\":\"a\",\"value\":1}", "{\"key\":\"b\",\"value\":2}", "bad");
    warp.fails(1, "import", "in.jsonl", "--batch=1");
    file("in.jsonl", "{\"key\":\"x\",\"value\":1}", "{\"key\":\"b\",\"value\":2}", "bad");
    assertThat(warp.fails(1, "import", "in.jsonl", "--resume").err())
        .contains("error[W6007]", "first 2 lines of [in.jsonl]");
    file("in.jsonl", "{\"key\":\"a\",\"value\":1}");
    assertThat(warp.fails(1, "import", "in.jsonl", "--resume").err()).contains("error[W6007]");
  }

  @Test
  void resumingPassesOverLinesThatWereSkipped() throws IOException {
    file("in.csv", "key,value", "bad", "a,1", "bad", "b,2", "c,3", "bad");
    assertThat(warp.done("import", "in.csv", "--batch=1", "--skip-bad").err())
        .contains("3 records stored, 3 skipped");
    file("in.jsonl", "bad", "{\"key\":\"a\",\"value\":1}", "bad", "{\"key\":\"b\",\"value\":22}");
    warp.fails(1, "import", "in.jsonl", "--batch=1", "--skip-bad", "--set=warp.max-value-bytes=1");
    warp.done("import", "in.jsonl", "--resume", "--skip-bad");
    assertThat(warp.done("get", "b").out()).isEqualTo("22\n");
  }

  @Test
  void resumingWithoutAnInterruptedImportBeginsAtTheFirstLine() throws IOException {
    file("in.jsonl", "{\"key\":\"a\",\"value\":1}");
    assertThat(warp.done("import", "in.jsonl", "--resume").err()).contains("1 records stored in");
    assertThat(warp.done("import", "in.jsonl", "--resume").err()).contains("1 records stored in");
    assertThat(warp.done("stats").out()).contains("keys         1\n");
  }

  @Test
  void recordsWhoseTimeIsOverAreNotThereAfterwards() throws IOException {
    warp.done("put", "old", "1");
    file(
        "in.jsonl",
        "{\"key\":\"old\",\"value\":2,\"expires\":\"2001-01-01T00:00:00Z\"}",
        "{\"key\":\"new\",\"value\":2,\"expires\":\"2101-01-01T00:00:00Z\"}");
    assertThat(warp.done("import", "in.jsonl").err())
        .contains("1 records stored, 1 expired and removed");
    assertThat(warp.done("export").out())
        .isEqualTo("{\"key\":\"new\",\"value\":2,\"expires\":\"2101-01-01T00:00:00Z\"}\n");
  }

  @Test
  void whatTheDatabaseRefusesIsToldWithItsLines() throws IOException {
    file(
        "in.jsonl",
        "{\"key\":\"a\",\"value\":1}",
        "{\"key\":\"b\",\"value\":\"" + "x".repeat(3000) + "\"}",
        "{\"key\":\"c\",\"value\":1}");
    Outcome outcome =
        warp.fails(1, "import", "in.jsonl", "--batch=1", "--set", "warp.max-value-bytes=2KiB");
    assertThat(outcome.err()).contains("error[W1003]", "in.jsonl:2", "nothing was stored");
    assertThat(warp.done("scan", "--keys").out()).isEqualTo("a\n");
  }

  @Test
  void aRecordLongerThanTheLimitIsTold() throws IOException {
    file("in.jsonl", "{\"key\":\"b\",\"value\":\"" + "x".repeat(3000) + "\"}");
    assertThat(warp.fails(1, "import", "in.jsonl", "--max-record=2KiB").err())
        .contains("longer than [2048] bytes");
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    assertThat(warp.fails(1, "import", "none.jsonl").err())
        .contains("error[W6005]", "[none.jsonl]");
    assertThat(warp.fails(2, "import", "none.jsonl", "--format=xml").err()).contains("[xml]", "W6");
  }

  @Test
  void anExportIntoADirectoryThatIsNotThereSaysSo() {
    warp.done("put", "k", "v");
    assertThat(warp.fails(1, "export", "nowhere/out.jsonl").err())
        .contains("error[W6008]", "its directory does not exist");
  }

  @Test
  void anExportGoesOnAfterItsLastWholeRecord() throws IOException {
    for (int i = 0; i < 5; i++) {
      warp.done("put", "k" + i, "line\n" + i, "-q");
    }
    for (String name : new String[] {"all.jsonl", "all.csv"}) {
      warp.done("export", name);
      byte[] whole = Files.readAllBytes(directory.resolve(name));
      for (int cut = 0; cut <= whole.length; cut += 3) {
        Path part = directory.resolve("again-" + name + ".part");
        Files.write(part, java.util.Arrays.copyOf(whole, cut));
        warp.done("export", "again-" + name, "--resume", "-q");
        assertThat(Files.readAllBytes(directory.resolve("again-" + name)))
            .as("cut at %d", cut)
            .isEqualTo(whole);
        assertThat(part).doesNotExist();
      }
    }
  }

  @Test
  void aLimitedExportGoesOnUpToItsLimit() throws IOException {
    for (int i = 0; i < 5; i++) {
      warp.done("put", "k" + i, "" + i, "-q");
    }
    warp.done("export", "all.jsonl", "--limit=3");
    String whole = Files.readString(directory.resolve("all.jsonl"));
    assertThat(whole.lines()).hasSize(3);
    for (int there = 0; there <= 3; there++) {
      String part = whole.lines().limit(there).map(line -> line + "\n").reduce("", String::concat);
      Files.writeString(directory.resolve("x.jsonl.part"), part + "{\"ke");
      warp.done("export", "x.jsonl", "--resume", "--limit=3");
      assertThat(directory.resolve("x.jsonl")).as("%d were there", there).hasContent(whole);
    }
    Files.writeString(directory.resolve("x.jsonl.part"), whole);
    assertThat(warp.done("export", "x.jsonl", "--resume", "--limit=2").err()).contains("2 records");
    assertThat(Files.readAllLines(directory.resolve("x.jsonl"))).hasSize(2);
  }

  @Test
  void anUnfinishedExportOfOtherKeysIsNotContinued() throws IOException {
    warp.done("put", "k", "v");
    Files.writeString(directory.resolve("x.jsonl.part"), "{\"key\":\"k\",\"value\":1}\n");
    assertThat(warp.fails(2, "export", "x.jsonl", "--resume", "--prefix=l").err()).contains("[k]");
    assertThat(warp.fails(2, "export", "x.jsonl", "--resume", "--prefix=a").err()).contains("[k]");
    assertThat(directory.resolve("x.jsonl")).doesNotExist();
  }

  @Test
  void aDamagedUnfinishedExportIsNotContinued() throws IOException {
    warp.done("put", "k", "v");
    Files.writeString(directory.resolve("x.jsonl.part"), "damaged\n{\"key\":\"a\",\"value\":1}\n");
    assertThat(warp.fails(1, "export", "x.jsonl", "--resume").err()).contains("W6006", "damaged");
  }

  @Test
  void aFileThatCannotBeWrittenIsTold() {
    warp.done("put", "k", "v");
    assertThat(warp.fails(1, "export", "no/such/place.jsonl").err()).contains("error[W6008]");
  }

  @Test
  void theProgressOfAnImportIsNoUsersRecord() throws IOException {
    file("in.jsonl", "{\"key\":\"a\",\"value\":1}", "bad");
    warp.fails(1, "import", "in.jsonl", "--batch=1");
    assertThat(warp.done("scan", "--keys").out()).isEqualTo("a\n");
    assertThat(warp.done("scan", "--keys", "--limit=1").out()).isEqualTo("a\n");
    assertThat(warp.done("export").out()).isEqualTo("{\"key\":\"a\",\"value\":1}\n");
    assertThat(warp.done("export", "--limit=1").out()).isEqualTo("{\"key\":\"a\",\"value\":1}\n");
  }
}
