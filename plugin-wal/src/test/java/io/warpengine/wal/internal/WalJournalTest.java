package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Crash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WalJournalTest {

  @Test
  void whatIsStagedComesBackAfterAClose() {
    SimDisk disk = new SimDisk();
    List<String> expected = new ArrayList<>();
    try (WalJournal journal = Logs.open(disk, new Recorded())) {
      for (int i = 1; i <= 100; i++) {
        journal.stage(0, Logs.record(i, i));
        expected.add(Recorded.text(0, Logs.record(i, i)));
      }
    }
    assertThat(Logs.read(disk).all()).isEqualTo(expected);
  }

  @Test
  void whatIsSyncedSurvivesAPowerCut() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    long lsn = journal.stage(3, Logs.record(1, 100));
    assertThat(journal.await(lsn, Durability.SYNC)).isEqualTo(Durability.SYNC);
    SimDisk after = disk.crash(Crash.DROP, 1);
    journal.close();
    assertThat(Logs.read(after).all()).containsExactly(Recorded.text(3, Logs.record(1, 100)));
  }

  @Test
  void flagsAndKindsOfRecordsComeBack() {
    SimDisk disk = new SimDisk();
    Bytes key = Bytes.utf8("key");
    StoredRecord[] records = {
      StoredRecord.of(key, Bytes.utf8("value"), 0, 1, 1234),
      StoredRecord.tombstone(key, 0, 1L << 40),
      StoredRecord.of(key, Bytes.EMPTY, 0, 3, 0)
    };
    try (WalJournal journal = Logs.open(disk, new Recorded())) {
      journal.stage(new int[] {0, 1, 300}, records, 3);
    }
    assertThat(Logs.read(disk).all())
        .containsExactly(
            Recorded.text(0, records[0]),
            Recorded.text(1, records[1]),
            Recorded.text(300, records[2]));
  }

  @Test
  void manyOpeningsFollowEachOther() {
    SimDisk disk = new SimDisk();
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      Recorded recorded = new Recorded();
      try (WalJournal journal = Logs.open(disk, recorded)) {
        assertThat(recorded.all()).isEqualTo(expected);
        journal.stage(0, Logs.record(i, 500));
        expected.add(Recorded.text(0, Logs.record(i, 500)));
      }
    }
  }

  @Test
  void rotationWrapAndLargeFramesKeepOrder() {
    SimDisk disk = new SimDisk();
    List<String> expected = new ArrayList<>();
    int[] sizes = {10, 1000, 7000, 16_000, 20_000, 70_000, 300_000};
    try (WalJournal journal = Logs.open(disk, new Recorded())) {
      for (int i = 1; i <= 400; i++) {
        StoredRecord record = Logs.record(i, sizes[i % sizes.length]);
        long lsn = journal.stage(0, record);
        expected.add(Recorded.text(0, record));
        journal.await(lsn, Durability.values()[1 + i % 4]);
      }
    }
    assertThat(Logs.read(disk).all()).isEqualTo(expected);
    assertThat(SegmentFiles.numbers(disk)).hasSizeGreaterThan(5);
  }
}
