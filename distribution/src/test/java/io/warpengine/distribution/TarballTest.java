package io.warpengine.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarballTest {

  @TempDir Path directory;

  @Test
  void everythingThatAUserNeedsIsThere() {
    assertThat(Distribution.program()).isExecutable();
    for (String file :
        new String[] {
          "conf/warp.toml", "conf/logback.xml", "docs", "lib", "plugins/wal", "LICENSE", "README.md"
        }) {
      assertThat(Distribution.home().resolve(file)).exists();
    }
  }

  @Test
  void noLibraryIsThereTwice() throws IOException {
    try (Stream<Path> jars = Files.list(Distribution.home().resolve("lib"))) {
      List<String> names =
          jars.map(jar -> jar.getFileName().toString().replaceAll("(-\\d.*)?\\.jar", "")).toList();
      assertThat(names).doesNotHaveDuplicates().contains("warp-api", "warp-kernel", "warp-cli");
    }
  }

  @Test
  void theConfigurationFileListsEveryKeyWithItsDefault() throws IOException {
    String generated = new Distribution(directory).done("config", "template").out();
    assertThat(Distribution.home().resolve("conf/warp.toml"))
        .as("distribution/src/main/conf/warp.toml, written by: warp config template")
        .hasContent(generated);
  }
}
