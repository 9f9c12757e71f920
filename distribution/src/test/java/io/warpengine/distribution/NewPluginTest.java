package io.warpengine.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project that {@code warp plugin new} writes builds with a JDK alone, loads and works. */
final class NewPluginTest {

  private static final Path HOME = Path.of(System.getProperty("warp.home"));
  private static final String WARP = HOME.resolve("bin/warp").toString();

  @TempDir Path directory;

  @Test
  void aNewPluginBuildsLoadsAndItsOperationRuns() throws Exception {
    run(WARP, "plugin", "new", "stock-count");
    run("stock-count/build.sh");
    copy(HOME.resolve("plugins"), directory.resolve("plugins"));
    copy(directory.resolve("stock-count/target/plugins"), directory.resolve("plugins"));

    assertThat(run(WARP, "plugin", "list", "--plugins", "plugins"))
        .contains("stock-count 0.1.0")
        .contains("Counts records.")
        .contains("operation:stock-count count");

    for (String key : List.of("item:1", "item:2", "other")) {
      run(WARP, "put", key, "value", "--plugins", "plugins");
    }
    assertThat(
            run(
                WARP,
                "stock-count",
                "count",
                "--prefix",
                "item:",
                "--json",
                "--plugins",
                "plugins"))
        .isEqualToNormalizingWhitespace("{\"prefix\":\"item:\",\"count\":2}");
    assertThat(
            run(
                WARP,
                "stock-count",
                "count",
                "--set",
                "warp.stock-count.limit=1",
                "--json",
                "--plugins",
                "plugins"))
        .isEqualToNormalizingWhitespace("{\"prefix\":\"\",\"count\":1}");
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("WARP_"));
    environment.put("WARP_JAVA_HOME", System.getProperty("java.home"));
    int status = builder.start().waitFor();
    assertThat(status).as("%s: %s", List.of(command), Files.readString(errors)).isZero();
    return Files.readString(output);
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(from)) {
      walk.forEach(files::add);
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        Files.copy(file, target);
      }
    }
  }
}
