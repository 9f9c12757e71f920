package io.warpengine.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints that the log writes while or right after it recovers hold what was recovered: the
 * real engine, store and log together, on a directory whose process died.
 */
final class RecoveryCheckpointTest {

  private static final int KEYS = 5_000;

  @TempDir Path directory;
  private Path dead;

  @BeforeEach
  void aDirectoryWhoseProcessDied() throws IOException {
    dead = directory.resolve("dead");
    Path live = directory.resolve("live");
    try (WarpDatabase database =
        Warp.builder()
            .directory(live)
            .set("warp.wal.segment-bytes", "1MiB")
            .set("warp.wal.durability", "os")
            .open()) {
      for (int i = 0; i < KEYS; i++) {
        database.put(key(i), Bytes.utf8("value " + i));
      }
      for (int i = 0; i < 3; i++) {
        database.put(
            Bytes.utf8("says what was durable before " + i),
            Bytes.EMPTY,
            WriteOptions.durability(Durability.SYNC));
      }
      Directories.copy(live, dead);
    }
  }

  @Test
  void aCheckpointThatIsDueAtOpeningLosesNothing() {
    for (int opening = 0; opening < 3; opening++) {
      try (WarpDatabase database =
          Warp.builder()
              .directory(dead)
              .set("warp.wal.segment-bytes", "1MiB")
              .set("warp.wal.checkpoint-log-bytes", "1MiB")
              .open()) {
        assertThat(present(database)).as("keys at opening %d", opening).isEqualTo(KEYS);
        for (int i = 0; i < 5; i++) {
          database.put(Bytes.utf8("big " + i), Bytes.copyOf(new byte[400_000]));
        }
      }
    }
  }

  @Test
  void aLossyOpeningKeepsWhatItKept() throws IOException {
    damageTheMiddle(dead.resolve("wal"));
    assertThatThrownBy(() -> Warp.open(dead).close())
        .isInstanceOf(WarpException.class)
        .hasMessageContaining("W5001");
    int kept;
    try (WarpDatabase database =
        Warp.builder().directory(dead).set("warp.wal.recovery", "salvage").open()) {
      kept = present(database);
      assertThat(kept).isBetween(KEYS / 4, KEYS - 1);
    }
    for (int opening = 0; opening < 2; opening++) {
      try (WarpDatabase database = Warp.open(dead)) {
        assertThat(present(database)).isEqualTo(kept);
      }
    }
  }

  private static int present(WarpDatabase database) {
    int present = 0;
    for (int i = 0; i < KEYS; i++) {
      if (database.get(key(i)).filter(Bytes.utf8("value " + i)::equals).isPresent()) {
        present++;
      }
    }
    return present;
  }

  private static void damageTheMiddle(Path wal) throws IOException {
    List<Path> segments;
    try (Stream<Path> files = Files.list(wal)) {
      segments = files.filter(f -> f.toString().endsWith(".wal")).sorted().toList();
    }
    byte[] bytes = Files.readAllBytes(segments.get(0));
    for (int i = 0; i < 64; i++) {
      bytes[400_000 + i] ^= 0x55;
    }
    Files.write(segments.get(0), bytes);
  }

  private static Bytes key(int i) {
    return Bytes.utf8("key " + i + " of a database whose process died without a word");
  }
}
