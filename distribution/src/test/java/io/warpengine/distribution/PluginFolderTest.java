package io.warpengine.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plugins that come to data that is there and go again, in the folder where the program looks; one
 * of them is the project that {@code warp plugin new} writes, built with a JDK alone.
 */
final class PluginFolderTest {

  @TempDir Path directory;

  private Distribution warp;
  private Path plugins;

  @BeforeEach
  void begin() throws IOException {
    warp = new Distribution(directory);
    plugins = directory.resolve("plugins");
    copy(Distribution.home().resolve("plugins"), plugins);
    warp.done("put", "item:1", "one", "--plugins", "plugins");
  }

  @Test
  void aNewPluginIsBuiltAndWorksOnTheDataThatIsThereAndLeavesItWhenItGoes() throws IOException {
    warp.done("plugin", "new", "stock-count");
    assertThat(warp.command(List.of(directory.resolve("stock-count/build.sh").toString())).code())
        .isZero();
    copy(directory.resolve("stock-count/target/plugins"), plugins);
    assertThat(warp.done("plugin", "list", "--plugins", "plugins").out())
        .contains("stock-count 0.1.0", "Counts records.", "operation:stock-count count");
    assertThat(count("--prefix", "item:")).isEqualTo("{\"prefix\":\"item:\",\"count\":1}");
    warp.done("put", "item:2", "two", "--plugins", "plugins");
    warp.done("put", "other", "three", "--plugins", "plugins");
    assertThat(count("--prefix", "item:")).isEqualTo("{\"prefix\":\"item:\",\"count\":2}");
    assertThat(count("--set", "warp.stock-count.limit=1"))
        .isEqualTo("{\"prefix\":\"\",\"count\":1}");

    delete(plugins.resolve("stock-count"));
    assertThat(warp.done("scan", "item:", "--plugins", "plugins").out())
        .contains("item:1", "one", "item:2", "two");
    warp.fails(2, "stock-count", "count", "--plugins", "plugins");
  }

  @Test
  void withoutTheLogThatKeepsTheDataNothingIsOpenedAndNothingIsLost() throws IOException {
    Path aside = directory.resolve("aside");
    Files.move(plugins.resolve("wal"), aside);
    assertThat(warp.fails(6, "get", "item:1", "--plugins", "plugins").err())
        .contains("error[W3011]", "The journal of this data belongs to the plugin [wal]")
        .contains("Add the jar [plugin-wal]", "[warp.open.missing-plugins]");
    String ignore = "warp.open.missing-plugins=ignore";
    warp.fails(4, "get", "item:1", "--plugins", "plugins", "--set", ignore);
    Files.move(aside, plugins.resolve("wal"));
    assertThat(warp.done("get", "item:1", "--plugins", "plugins").out()).isEqualTo("one\n");
  }

  private String count(String... options) {
    List<String> line = new ArrayList<>(List.of("stock-count", "count", "--json"));
    line.addAll(List.of("--plugins", "plugins"));
    line.addAll(List.of(options));
    return warp.done(line.toArray(String[]::new)).out().strip();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path file : walk.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.isDirectory(target)) {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
