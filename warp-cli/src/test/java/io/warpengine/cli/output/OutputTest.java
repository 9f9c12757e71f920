package io.warpengine.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void anErrorShowsCodePlaceLineAndNextStep() throws IOException {
    Files.writeString(directory.resolve("warp.toml"), "[server]\n  prot = 1\n");
    print(
        Map.of(),
        problem("warp.toml:2:3", "unknown key [prot] in [server]", "did you mean [port]?"));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            error[W2104]: unknown key [prot] in [server]
              --> warp.toml:2:3
               |
             2 |   prot = 1
               |   ^
              help: did you mean [port]?
            """);
  }

  @Test
  void anErrorWithoutALineShowsItsPlaceOnly() {
    print(Map.of(), problem("plugins/x.jar", "It is bad.", ""));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("error[W2104]: It is bad.\n  --> plugins/x.jar\n");
  }

  @Test
  void aPlaceInAFileThatIsNotThereShowsNoLine() {
    print(Map.of(), problem("nowhere.toml:7:1", "It is bad.", ""));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("error[W2104]: It is bad.\n  --> nowhere.toml:7:1\n");
  }

  @Test
  void aVeryLongLineIsCut() throws IOException {
    Files.writeString(directory.resolve("long.jsonl"), "x".repeat(1000) + "\n");
    print(Map.of(), problem("long.jsonl:1:900", "It is bad.", ""));
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("x...\n").hasSizeLessThan(300);
  }

  @Test
  void ofALineWithoutEndOnlyTheBeginningIsRead() throws IOException {
    Path file = directory.resolve("endless.jsonl");
    Files.writeString(file, "first\n" + "x".repeat(1000));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 33);
    }
    print(Map.of(), problem("endless.jsonl:2:1", "It is bad.", ""));
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(" 2 | x", "x...\n");
  }

  @Test
  void aLineOfAnyPlaceInAFileIsFound() throws IOException {
    Files.writeString(
        directory.resolve("many.jsonl"), "first\n" + "x\n".repeat(100_000) + "last é\r\n");
    print(Map.of(), problem("many.jsonl:100002", "It is bad.", ""));
    print(Map.of(), problem("many.jsonl:100003", "It is bad.", ""));
    assertThat(err.toString(StandardCharsets.UTF_8)).containsOnlyOnce(" | last é\n");
  }

  @Test
  void whatIsNoTextIsNotShown() throws IOException {
    Files.write(directory.resolve("bytes.jsonl"), new byte[] {'a', -1, '\n'});
    print(Map.of(), problem("bytes.jsonl:1", "It is bad.", ""));
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("|");
  }

  @Test
  void aPipeIsNotReadAgain() throws IOException {
    Path pipe = directory.resolve("pipe.jsonl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().onExit().join().exitValue())
        .isZero();
    Process writer =
        new ProcessBuilder("sh", "-c", "echo what comes next > \"$0\"", pipe.toString()).start();
    try {
      print(Map.of(), problem("pipe.jsonl:1", "It is bad.", ""));
    } finally {
      writer.destroyForcibly().onExit().join();
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("error[W2104]: It is bad.\n  --> pipe.jsonl:1\n");
  }

  @Test
  void coloursNeedATerminalAndNobodyAgainstThem() {
    Problem problem = problem("", "It is bad.", "");
    print(Map.of("WARP_TERMINALS", "2"), problem);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("\u001b[1;31m");
    err.reset();
    print(Map.of("WARP_TERMINALS", "2", "NO_COLOR", "1"), problem);
    print(Map.of("WARP_TERMINALS", "2", "TERM", "dumb"), problem);
    print(Map.of("WARP_TERMINALS", "1"), problem);
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
  }

  @Test
  void jsonErrorsAreOneObject() {
    Problem problem = problem("a:1", "It is \"bad\".", "Mend it.");
    new ErrorPrinter(streams(Map.of()), true, true)
        .print(new WarpException(CoreError.CONFIG_INVALID, List.of(problem, problem)));
    String one =
        "{\"code\":\"W2104\",\"where\":\"a:1\",\"what\":\"It is \\\"bad\\\".\",\"help\":\"Mend"
            + " it.\"}";
    assertThat(err.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo("{\"errors\":[" + one + "," + one + "]}");
  }

  @Test
  void whatFailedAfterwardsIsTold() {
    WarpException failure = new WarpException(CoreError.CLOSED, "It was closed.", "");
    failure.addSuppressed(new IOException("also this"));
    new ErrorPrinter(streams(Map.of()), false, true).print(failure);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("and then: also this");
  }

  @Test
  void whatFailedAfterwardsIsToldInJsonToo() {
    WarpException failure = new WarpException(CoreError.CLOSED, "It was closed.", "");
    failure.addSuppressed(new WarpException(CoreError.DISK_FAILED, "The disk failed.", ""));
    failure.addSuppressed(new IOException("also this"));
    failure.addSuppressed(new IllegalStateException());
    new ErrorPrinter(streams(Map.of()), true, true).print(failure);
    assertThat(err.toString(StandardCharsets.UTF_8).strip())
        .endsWith(
            ",\"and_then\":[{\"code\":\"W4006\",\"where\":\"\",\"what\":\"The disk failed.\","
                + "\"help\":\"\"},{\"what\":\"also this\"},"
                + "{\"what\":\"java.lang.IllegalStateException\"}]}");
  }

  private void print(Map<String, String> environment, Problem problem) {
    new ErrorPrinter(streams(environment), false, true)
        .print(new WarpException(problem.code(), List.of(problem)));
  }

  private Streams streams(Map<String, String> environment) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Streams(InputStream.nullInputStream(), stream, stream, environment, directory);
  }

  private static Problem problem(String where, String what, String help) {
    return new Problem(CoreError.CONFIG_UNKNOWN_KEY, where, what, help);
  }

  @Test
  void treesBecomeCompactJson() {
    Tree tree =
        Tree.map()
            .with("t", "a\"\\\n\r\t\u0001")
            .with("n", 5)
            .with("d", Tree.of(1.5))
            .with("nan", Tree.of(Double.NaN))
            .with("b", Tree.of(true))
            .with("x", Tree.of(Bytes.copyOf(new byte[] {-1})))
            .with("u", Tree.of(Bytes.utf8("é")))
            .with("l", Tree.list(List.of(Tree.of(1), Tree.map())));
    assertThat(Json.of(tree))
        .isEqualTo(
            "{\"t\":\"a\\\"\\\\\\n\\r\\t\\u0001\",\"n\":5,\"d\":1.5,\"nan\":null,\"b\":true,"
                + "\"x\":{\"base64\":\"/w==\"},\"u\":\"é\",\"l\":[1,{}]}");
  }

  @Test
  void treesBecomeAlignedLines() {
    Tree tree =
        Tree.map()
            .with("a", 1)
            .with("long", Tree.map().with("x", "y"))
            .with("l", Tree.list(List.of(Tree.of(Bytes.utf8("b")))));
    assertThat(Table.of(tree)).isEqualTo("a       1\nlong.x  y\nl[0]    b\n");
    assertThat(Table.of(Tree.of("alone"))).isEqualTo("alone\n");
    assertThat(Table.of(Tree.map())).isEmpty();
  }

  @Test
  void textForPeopleHasNoControlCharacters() {
    assertThat(Text.shown(Bytes.utf8("plain é"))).isEqualTo("plain é");
    assertThat(Text.shown(Bytes.utf8("a\nb\rc\td\0e"))).isEqualTo("a\\nb\\rc\\td\\u0000e");
    assertThat(Text.shown(Bytes.copyOf(new byte[] {-1}))).isEqualTo("base64:/w==");
  }

  @Test
  void progressStaysSilentWhereNobodyWatches() {
    try (Progress progress = new Progress(streams(Map.of()), false, "load")) {
      progress.at(1, 2, 3);
    }
    assertThat(err.size()).isZero();
  }

  @Test
  void progressShowsShareCountAndRateAndIsWiped() {
    Streams streams = streams(Map.of("WARP_TERMINALS", "2", "COLUMNS", "60"));
    long start = System.nanoTime();
    try (Progress progress = new Progress(streams, false, "load", start - 2_000_000_000L)) {
      progress.at(1, 2, 3000);
    }
    String shown = err.toString(StandardCharsets.UTF_8);
    assertThat(shown).contains("load [############............]  50 % 3,000, ");
    assertThat(shown).endsWith("\r\u001b[2K");
    assertThat(shown.lines().mapToInt(String::length).max().orElse(0)).isLessThan(75);
  }

  @Test
  void theWidthOfATerminalIsTakenFromItsVariable() {
    assertThat(streams(Map.of("COLUMNS", "120")).width()).isEqualTo(120);
    assertThat(streams(Map.of("COLUMNS", "wide")).width()).isEqualTo(80);
    assertThat(streams(Map.of()).width()).isEqualTo(80);
  }

  @Test
  void onlyDirectoriesWithTheMarkAreRemoved() throws IOException {
    Path scratch = directory.resolve("scratch");
    Scratch.make(scratch);
    Files.createDirectories(scratch.resolve("deep"));
    Files.writeString(scratch.resolve("deep/file"), "x");
    Scratch.make(scratch);
    assertThat(scratch.resolve("deep")).doesNotExist();
    Scratch.remove(scratch);
    assertThat(scratch).doesNotExist();
    Files.createDirectories(scratch);
    Assertions.assertThatThrownBy(() -> Scratch.make(scratch))
        .isInstanceOf(FileAlreadyExistsException.class);
  }
}
