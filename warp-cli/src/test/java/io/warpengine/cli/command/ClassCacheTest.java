package io.warpengine.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCacheTest {

  private static final List<String> WITH = List.of("-Xmx1g", "-XX:AOTCache=/warp/cache/warp.aot");

  @TempDir Path home;

  private String report(List<String> options, String vm) {
    return Json.of(new ClassCache(home).report(options, vm));
  }

  private void make() throws IOException {
    Files.createDirectory(home.resolve("cache"));
    Files.createFile(home.resolve("cache/warp.aot"));
  }

  @Test
  void oneThatIsNotThereIsToBeMade() {
    assertThat(report(List.of(), "mixed mode, sharing"))
        .contains("\"cache\":\"" + home.resolve("cache/warp.aot"), "\"state\":\"absent\"")
        .contains("[warp aot] makes it");
  }

  @Test
  void oneThatTheJvmSharesIsInUse() throws IOException {
    make();
    assertThat(report(WITH, "mixed mode, sharing"))
        .contains("\"state\":\"in use\"", "\"help\":\"\"");
  }

  @Test
  void oneThatTheJvmPassedOverIsToBeMadeAgain() throws IOException {
    make();
    assertThat(report(WITH, "mixed mode")).contains("\"state\":\"unusable\"", "[warp aot] again");
  }

  @Test
  void oneThatTheJvmWasNotGivenIsNotJudged() throws IOException {
    make();
    assertThat(report(List.of(), "mixed mode, sharing")).contains("\"state\":\"not tried\"");
  }
}
