package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.testkit.Mutations;
import io.warpengine.testkit.SimDisk;
import io.warpengine.wal.internal.v1.BlockWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table of contents of a checkpoint, even if it was written wrong. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CatalogTest {

  private static final List<Checkpoint.Entry> ENTRIES =
      List.of(
          new Checkpoint.Entry("ledger", 1, "text", 4),
          new Checkpoint.Entry("empty", 2, "", 0),
          new Checkpoint.Entry("shards", 3, "shard-0", 1L << 40));

  private static List<Checkpoint.Entry> read(byte[] catalog) {
    SimDisk disk = new SimDisk();
    disk.createDirectories(Checkpoint.directory(1));
    try (DiskFile file = disk.open(Checkpoint.catalogPath(1), Access.CREATE)) {
      BlockWriter writer = new BlockWriter(file, Lz4.compressor(), Logs.ID, 1);
      writer.write(catalog, 0, catalog.length);
      writer.finish();
    }
    return Checkpoint.read(disk, Logs.ID, 1).entries();
  }

  @Test
  void aCatalogGivesItsEntries() {
    assertThat(read(Checkpoint.encode(ENTRIES))).isEqualTo(ENTRIES);
  }

  @Test
  void aCatalogThatWasWrittenWrongGivesEntriesOrIsRefused() {
    Mutations.check(
        List.of(Checkpoint.encode(ENTRIES)),
        5_000,
        bytes -> assertThat(read(bytes)).allMatch(entry -> entry.bytes() >= 0));
  }
}
