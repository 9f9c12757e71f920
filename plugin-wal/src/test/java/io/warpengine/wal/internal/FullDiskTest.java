package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Crash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FullDiskTest {

  private final List<String> staged = new ArrayList<>();

  private void stageUntilFull(WalJournal journal, int valueBytes) {
    for (int i = staged.size() + 1; i < 10_000; i++) {
      var record = Logs.record(i, valueBytes);
      try {
        journal.stage(0, record);
      } catch (WarpException e) {
        assertThat(e.code()).as(e.getMessage()).isEqualTo(CoreError.DISK_FULL);
        return;
      }
      staged.add(Recorded.text(0, record));
    }
  }

  private static long used(SimDisk disk) {
    return Long.MAX_VALUE - disk.usableBytes();
  }

  @Test
  void aFullDiskRefusesBeforeStagingAndWritingComesBackByItself() {
    for (int valueBytes : new int[] {100, 5_000, 40_000, 400_000}) {
      staged.clear();
      SimDisk disk = new SimDisk();
      WalJournal journal = Logs.open(disk, new Recorded());
      disk.capacity(used(disk) + 100_000);
      stageUntilFull(journal, valueBytes);
      if (valueBytes < 20_000) {
        assertThat(journal.refusal()).contains("no room");
      }
      long end = journal.staged().lsn(0);
      assertThat(journal.await(end, Durability.SYNC)).isEqualTo(Durability.SYNC);
      assertThat(Logs.read(disk.crash(Crash.DROP, 1)).all()).isEqualTo(staged);
      disk.capacity(Long.MAX_VALUE);
      while (!journal.refusal().isEmpty()) {
        Thread.onSpinWait();
      }
      var record = Logs.record(staged.size() + 1L, valueBytes);
      staged.add(Recorded.text(0, record));
      stageWhenThereIsRoom(journal, record);
      assertThat(journal.refusal()).isEmpty();
      journal.close();
      assertThat(Logs.read(disk).all()).isEqualTo(staged);
    }
  }

  private static void stageWhenThereIsRoom(
      WalJournal journal, io.warpengine.spi.store.StoredRecord record) {
    while (true) {
      try {
        journal.stage(0, record);
        return;
      } catch (WarpException e) {
        assertThat(e.code()).isEqualTo(CoreError.DISK_FULL);
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aDiskThatIsFullWhenOpeningIsSaidSo() {
    SimDisk disk = new SimDisk().capacity(20_000);
    assertThatThrownBy(() -> Logs.open(disk, new Recorded()))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.DISK_FULL));
    assertThat(disk.list("wal")).containsExactly("checkpoints");
  }

  @Test
  void aCheckpointThatDoesNotFitChangesNothing() {
    SimDisk disk = new SimDisk();
    MemoryOwner owner = new MemoryOwner();
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), owner);
    owner.content = new byte[300_000];
    new java.util.Random(1).nextBytes(owner.content);
    JournalFacade log = new JournalFacade(Logs.SMALL, journal);
    disk.capacity(used(disk) + 100_000);
    assertThatThrownBy(log::checkpoint)
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.DISK_FULL));
    assertThat(log.status().checkpoint()).isZero();
    disk.capacity(Long.MAX_VALUE);
    log.checkpoint();
    journal.close();
    MemoryOwner again = new MemoryOwner();
    Logs.open(disk, Logs.SMALL, new Recorded(), again).close();
    assertThat(again.restored).isEqualTo(owner.content);
  }
}
