package io.warpengine.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Problem;
import io.warpengine.testkit.Mutations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Configuration files that are almost right, and the quantities in them. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TomlDecoderTest {

  private static final String FILE =
      """
      # a comment
      warp.shards = 24
      [warp.wal]
      durability = "sync"
      interval = '200ms'
      segment-bytes = "64MiB"
      ratio = 0.5
      names = ["a", "b\\u00e9"]
      when = 2026-01-31T12:00:00Z
      [[warp.rules]]
      on = { key = true, other.key = [1, 0x1f] }
      text = \"""
      two
      lines\"""
      """;

  @TempDir private Path folder;

  @Test
  void aFileGivesItsKeysWithTheirPlacesOrProblems() {
    Mutations.check(
        List.of(FILE.getBytes(StandardCharsets.UTF_8)),
        1_000,
        bytes -> {
          Path file = Files.write(folder.resolve("warp.toml"), bytes);
          List<Problem> problems = new ArrayList<>();
          List<TomlFile.Entry> entries = TomlFile.read(file, problems::add);
          assertThat(problems.isEmpty() || entries.isEmpty()).isTrue();
          assertThat(entries).allMatch(entry -> entry.line() > 0 && entry.column() > 0);
        });
  }

  @Test
  void aQuantityIsReadBackAsItWasOrIsNone() {
    Mutations.check(
        List.of("64MiB".getBytes(StandardCharsets.UTF_8), "200ms".getBytes(StandardCharsets.UTF_8)),
        20_000,
        bytes -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          Quantity.size(text).ifPresent(size -> assertThat(size.bytes()).isNotNegative());
          Quantity.duration(text)
              .ifPresent(
                  read -> assertThat(Quantity.duration(Quantity.render(read))).contains(read));
        });
  }
}
