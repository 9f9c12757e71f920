package io.warpengine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner with very little to do: that it works, not how fast anything is. */
final class SideBySideTest {

  @TempDir Path directory;

  @Test
  void aRunWritesItsTableAndItsJson() throws Exception {
    Path out = directory.resolve("result.md");
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    String words =
        "get open --quick --keys 1000 --warmup 0.01 --seconds 0.05 --engines chm --heap 64m"
            + " --gc Serial";
    List<String> args = new ArrayList<>(List.of(words.split(" ")));
    args.addAll(List.of("--directory", directory.resolve("data").toString()));
    args.addAll(List.of("--out", out.toString()));
    SideBySide.run(nowhere, nowhere, args.toArray(String[]::new));
    String table = Files.readString(out);
    assertThat(table)
        .contains("| WarpEngine | NONE | get, uniform, 2 threads |")
        .contains("| ConcurrentHashMap | none | get, zipf, 2 threads |")
        .contains("hit ratio 1.000")
        .contains("| WarpEngine | INTERVAL | open to first get after SIGKILL, new process |")
        .contains("| WarpEngine | INTERVAL | open to first get after SIGKILL, warm process |")
        .contains(" 0 records missing")
        .doesNotContain("failed");
    assertThat(Files.readString(directory.resolve("result.json")))
        .contains("\"scenario\": \"get\"")
        .contains("\"reached\": ");
  }

  @Test
  void wordsOfAPointAreReadBack() {
    Point point = Point.async(Choice.ZIPF, 2, 64);
    assertThat(Point.parse(point.toString())).isEqualTo(point);
    assertThat(point.words()).isEqualTo("put, zipf, 2 clients x 64 outstanding");
  }
}
