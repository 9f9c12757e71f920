package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.DiskManifest;
import io.warpengine.testkit.MemoryMetrics;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Crash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
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

  @Test
  void openingsThatWriteNothingLeaveNoFiles() {
    SimDisk disk = new SimDisk();
    for (int i = 0; i < 20; i++) {
      Logs.open(disk, new Recorded()).close();
    }
    assertThat(SegmentFiles.numbers(disk)).hasSizeLessThan(4);
    WalJournal journal = Logs.open(disk, new Recorded());
    journal.stage(0, Logs.record(1, 10));
    journal.close();
    for (int i = 0; i < 5; i++) {
      Recorded recorded = new Recorded();
      Logs.open(disk, recorded).close();
      assertThat(recorded.all()).hasSize(1);
    }
    assertThat(SegmentFiles.numbers(disk)).hasSizeLessThan(6);
  }

  @Test
  void manySmallSegmentsAreGatheredIntoACheckpoint() {
    SimDisk disk = new SimDisk();
    for (int i = 1; i <= 70; i++) {
      WalJournal journal = Logs.open(disk, new Recorded());
      journal.stage(0, Logs.record(i, 10));
      journal.close();
    }
    assertThat(SegmentFiles.numbers(disk)).hasSize(70);
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), new MemoryOwner());
    while (SegmentFiles.numbers(disk).size() > 1) {
      Thread.onSpinWait();
    }
    journal.close();
  }

  @Test
  void metricsTellWhatTheLogDid() {
    SimDisk disk = new SimDisk();
    MemoryMetrics metrics = new MemoryMetrics();
    WalJournal journal = new WalJournal(Logs.SMALL, disk, DiskManifest.on(disk, Logs.ID), metrics);
    assertThat(metrics.read("wal_segments_count")).isZero();
    journal.recover(false, new Recorded(), List.of());
    long lsn = journal.stage(0, Logs.record(1, 10));
    journal.await(lsn, Durability.SYNC);
    assertThat(metrics.read("wal_syncs_count")).isPositive();
    assertThat(metrics.read("wal_written_bytes")).isGreaterThanOrEqualTo(lsn);
    assertThat(metrics.read("wal_durable_lsn")).isGreaterThanOrEqualTo(lsn);
    assertThat(metrics.read("wal_group_frames_max")).isEqualTo(1);
    assertThat(metrics.read("wal_segments_count")).isEqualTo(1);
    journal.close();
  }

  @Test
  void afterACloseNothingIsStagedAndWaitersAreServed() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    long lsn = journal.stage(0, Logs.record(1, 10));
    journal.close();
    assertThatThrownBy(() -> journal.stage(0, Logs.record(2, 10)))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.CLOSED));
    assertThat(journal.await(lsn, Durability.OS)).isEqualTo(Durability.SYNC);
    assertThat(journal.refusal()).contains("closed");
  }

  @Test
  void whatWasReadNeedsNoWaitingInALogThatIsOpenForReading() {
    SimDisk disk = new SimDisk();
    WalJournal writer = Logs.open(disk, new Recorded());
    writer.stage(0, Logs.record(1, 10));
    writer.close();
    WalJournal journal = Logs.make(disk, Logs.SMALL);
    journal.recover(true, new Recorded(), List.of());
    long end = journal.staged().lsn(0);
    assertThat(journal.await(end, Durability.INTERVAL)).isEqualTo(Durability.SYNC);
    Waiting.Blocked waiter = new Waiting.Blocked();
    journal.whenReached(end, Durability.SYNC, waiter);
    assertThat(waiter.await()).isEqualTo(Durability.SYNC);
    assertThatThrownBy(() -> journal.await(end + 1, Durability.SYNC))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.READ_ONLY));
  }

  @Test
  void anErrorInReplayEndsTheOpening() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    for (int i = 1; i <= 1_200; i++) {
      journal.stage(0, Logs.record(i, 4_000));
    }
    journal.close();
    for (long failing : new long[] {1, 600, 1_200}) {
      WalJournal reading = Logs.make(disk, Logs.SMALL);
      assertThatThrownBy(() ->
              reading.recover(
                  true,
                  (shard, sequence, data, keySize, expires, tombstone) -> {
                    if (sequence == failing) {
                      throw new OutOfMemoryError("planted");
                    }
                  },
                  List.of()))
          .as("record %s", failing)
          .isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void theExtensionNeedsALogThatIsOpenForWriting() {
    WalJournal journal = Logs.make(new SimDisk(), Logs.SMALL);
    JournalFacade log = new JournalFacade(Logs.SMALL, journal);
    assertThatThrownBy(log::status)
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.READ_ONLY));
  }
}
