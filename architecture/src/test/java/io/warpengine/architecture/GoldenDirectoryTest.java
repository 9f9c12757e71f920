package io.warpengine.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every build opens a data directory of every released format and finds what was written. The
 * directory holds a checkpoint and log after it. {@code -Dwarp.golden.update=true} writes the
 * newest one anew, which is right only before its format is released.
 */
final class GoldenDirectoryTest {

  private static final Path GOLDEN =
      Path.of("architecture", "src", "test", "resources", "golden", "format-1");
  private static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");
  private static final int KEYS = 300;

  @TempDir Path directory;

  @Test
  void theFirstFormatOpensWithAllThatWasWritten() throws IOException {
    Path golden = Modules.root().resolve(GOLDEN);
    if (Boolean.getBoolean("warp.golden.update")) {
      write(directory.resolve("new"));
      Directories.copy(directory.resolve("new"), golden);
    }
    Path copy = directory.resolve("copy");
    Directories.copy(golden, copy);
    try (WarpDatabase database = Warp.open(copy)) {
      assertThat(contents(database)).isEqualTo(expected());
      assertThat(database.entry(Bytes.utf8("expiring")).orElseThrow().expiresAt())
          .hasValueSatisfying(at -> assertThat(at).isBetween(LATER.minusSeconds(86_400), LATER));
      database.put(Bytes.utf8("another"), Bytes.utf8("value"));
    }
    try (WarpDatabase database = Warp.open(copy)) {
      assertThat(database.get(Bytes.utf8("another"))).contains(Bytes.utf8("value"));
    }
  }

  private static void write(Path target) {
    try (WarpDatabase database =
        Warp.builder().directory(target).set("warp.wal.segment-bytes", "1MiB").open()) {
      for (int i = 0; i < KEYS; i++) {
        database.put(key(i), Bytes.utf8("first " + i));
      }
      database.call("wal checkpoint", Map.of(), row -> {});
      for (int i = 0; i < KEYS; i += 3) {
        database.put(key(i), Bytes.utf8("second " + i));
      }
      for (int i = 1; i < KEYS; i += 3) {
        database.delete(key(i));
      }
      WriteBatch batch = new WriteBatch();
      for (int i = 0; i < 50; i++) {
        batch.put(Bytes.utf8("batch " + i), Bytes.utf8("value " + i));
      }
      database.writeBatch(batch);
      database.put(
          Bytes.utf8("expiring"),
          Bytes.utf8("late"),
          WriteOptions.timeToLive(Duration.between(Instant.now(), LATER)));
      database.increment(Bytes.utf8("counter"), 42, WriteOptions.DEFAULT);
    }
  }

  private static Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < KEYS; i++) {
      if (i % 3 != 1) {
        expected.put(key(i).toUtf8(), (i % 3 == 0 ? "second " : "first ") + i);
      }
    }
    for (int i = 0; i < 50; i++) {
      expected.put("batch " + i, "value " + i);
    }
    expected.put("expiring", "late");
    expected.put("counter", "42");
    return expected;
  }

  private static Map<String, String> contents(WarpDatabase database) {
    Map<String, String> contents = new TreeMap<>();
    try (ScanCursor cursor = database.scan(Scan.all())) {
      while (cursor.hasNext()) {
        Entry entry = cursor.next();
        contents.put(entry.key().toUtf8(), entry.value().toUtf8());
      }
    }
    return contents;
  }

  private static Bytes key(int i) {
    return Bytes.utf8("{tag " + i % 7 + "} key " + i);
  }
}
