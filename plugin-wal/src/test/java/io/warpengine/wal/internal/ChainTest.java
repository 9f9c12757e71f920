package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Call;
import io.warpengine.testkit.SimDisk.Crash;
import io.warpengine.wal.WalConfig.RecoveryMode;
import io.warpengine.wal.WalError;
import io.warpengine.wal.internal.v1.SegmentHeader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs of several segments, and what becomes of them when something in the middle is wrong. */
@Timeout(60)
final class ChainTest {

  private final List<String> written = new ArrayList<>();

  private SimDisk log() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    for (int i = 1; i <= 200; i++) {
      journal.stage(0, Logs.record(i, 4_000));
      written.add(Recorded.text(0, Logs.record(i, 4_000)));
    }
    journal.close();
    assertThat(SegmentFiles.numbers(disk)).hasSizeGreaterThan(3);
    return disk;
  }

  private static void damage(SimDisk disk, long segment, int at) {
    byte[] bytes = disk.content(SegmentFiles.segmentPath(segment));
    bytes[at] ^= 1;
    disk.plant(SegmentFiles.segmentPath(segment), bytes);
  }

  private static List<String> recovered(SimDisk disk, RecoveryMode mode) {
    Recorded recorded = new Recorded();
    MemoryOwner owner = new MemoryOwner();
    Logs.open(disk, Logs.config(mode), recorded, owner).close();
    assertThat(owner.writes).as("checkpoints after a lossy recovery").isEqualTo(1);
    assertThat(disk.list("wal")).anyMatch(name -> name.startsWith("left-out-"));
    Logs.open(disk, Logs.SMALL, new Recorded(), new MemoryOwner()).close();
    return recorded.all();
  }

  private static void isRefused(SimDisk disk, String... parts) {
    assertThatThrownBy(() -> Logs.read(disk))
        .isInstanceOfSatisfying(
            WarpException.class,
            e -> {
              assertThat(e.code()).isEqualTo(WalError.LOG_DAMAGED);
              assertThat(e.getMessage()).contains(parts);
            });
  }

  @Test
  void damageInAnEarlierSegmentIsRefusedAndCanBeCutOrSalvaged() {
    SimDisk disk = log();
    damage(disk, 2, 4096 + 20_000);
    isRefused(disk, SegmentFiles.segmentPath(2), "offset [");
    List<String> prefix = recovered(disk.kill(), RecoveryMode.POINT_IN_TIME);
    assertThat(prefix).isNotEmpty().isEqualTo(written.subList(0, prefix.size()));
    List<String> salvaged = recovered(disk.kill(), RecoveryMode.SALVAGE);
    assertThat(salvaged).hasSize(199).isSubsetOf(written).contains(written.getLast());
  }

  @Test
  void aSegmentThatIsMissingInTheMiddleIsRefusedAndCanBeSalvaged() {
    SimDisk disk = log();
    disk.delete(SegmentFiles.segmentPath(2));
    isRefused(disk, "a segment after it is missing");
    List<String> salvaged = recovered(disk, RecoveryMode.SALVAGE);
    assertThat(salvaged.size()).isBetween(50, 199);
    assertThat(salvaged).contains(written.getFirst(), written.getLast());
  }

  @Test
  void aSegmentWithoutAHeaderIsRefusedAndCanBeSalvaged() {
    SimDisk disk = log();
    damage(disk, 2, 20);
    assertThat(Logs.read(disk).all()).as("one copy will do").isEqualTo(written);
    damage(disk, 2, 2048 + 20);
    isRefused(disk, SegmentFiles.segmentPath(2), "its header is damaged");
    assertThat(recovered(disk, RecoveryMode.SALVAGE)).contains(written.getLast());
  }

  @Test
  void aSegmentThatDoesNotFollowIsRefused() {
    for (int i = 0; i < 2; i++) {
      SimDisk disk = log();
      String path = SegmentFiles.segmentPath(2);
      byte[] bytes = disk.content(path);
      SegmentHeader header = SegmentHeader.decode(bytes).orElseThrow();
      SegmentHeader other =
          new SegmentHeader(
              header.databaseId(),
              header.stream(),
              header.number(),
              header.firstLsn(),
              header.dataBytes(),
              header.previousLsn() + 8 * i,
              header.previousChecksum() + 1 - i,
              header.incarnation(),
              header.salt());
      System.arraycopy(other.encode(), 0, bytes, 0, SegmentHeader.BYTES);
      disk.plant(path, bytes);
      isRefused(disk, "it does not follow the segment before it");
    }
  }

  @Test
  void aLogWhoseBeginningIsGoneIsRefused() {
    SimDisk disk = log();
    disk.delete(SegmentFiles.segmentPath(1));
    isRefused(disk, SegmentFiles.segmentPath(1), "missing");
    assertThat(recovered(disk, RecoveryMode.SALVAGE)).contains(written.getLast());
  }

  @Test
  void whatReplayThrowsReachesTheCaller() {
    SimDisk disk = log();
    WalJournal few = Logs.make(disk, Logs.SMALL);
    assertThatThrownBy(() ->
            few.recover(
                true,
                (shard, sequence, data, keySize, expires, tombstone) -> {
                  throw new IllegalStateException("No room.");
                },
                List.of()))
        .hasMessage("No room.");
    SimDisk large = new SimDisk();
    WalJournal journal = Logs.open(large, new Recorded());
    for (int i = 1; i <= 50_000; i++) {
      journal.stage(i % 5, Logs.record(i, 1));
    }
    journal.close();
    assertThat(Logs.read(large).all()).hasSize(50_000);
    WalJournal many = Logs.make(large, Logs.SMALL);
    assertThatThrownBy(() ->
            many.recover(
                true,
                (shard, sequence, data, keySize, expires, tombstone) -> {
                  throw new IllegalStateException("No room.");
                },
                List.of()))
        .hasMessage("No room.");
    damage(large, 1, 4096 + 4);
    isRefused(large, SegmentFiles.segmentPath(1));
  }

  @Test
  void aFrameThatFailsToBeWrittenIsUnknownWhateverItsSize() {
    for (int valueBytes : new int[] {10, 30_000, 300_000}) {
      SimDisk disk = new SimDisk();
      WalJournal journal = Logs.open(disk, new Recorded());
      disk.fail(valueBytes == 300_000 ? Call.RENAME : Call.WRITE, 1, Long.MAX_VALUE);
      long lsn = journal.stage(0, Logs.record(1, valueBytes));
      for (Durability durability : List.of(Durability.OS, Durability.INTERVAL, Durability.SYNC)) {
        assertThatThrownBy(() -> journal.await(lsn, durability)).hasMessageContaining("W1014");
      }
      for (int size : new int[] {10, 30_000}) {
        assertThatThrownBy(() -> journal.stage(0, Logs.record(2, size)))
            .hasMessageContaining("W1007");
      }
      assertThatThrownBy(journal::close).hasMessageContaining("W1014");
      disk.heal();
      assertThat(Logs.read(disk.crash(Crash.DROP, 1)).all()).isEmpty();
    }
  }

  @Test
  void aRingThatCannotBeWrittenRefusesFurtherFrames() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    disk.fail(Call.WRITE, 1, Long.MAX_VALUE);
    assertThatThrownBy(
            () -> {
              for (int i = 1; i <= 1_000; i++) {
                journal.stage(0, Logs.record(i, 1_000));
              }
            })
        .hasMessageContaining("W1007");
    assertThatThrownBy(journal::close).hasMessageContaining("W1014");
  }

  @Test
  void aDamagedLastSegmentIsKeptAside() {
    SimDisk disk = log();
    long last = SegmentFiles.numbers(disk).getLast();
    damage(disk, last, 10);
    damage(disk, last, 2_048 + 10);
    byte[] damaged = disk.content(SegmentFiles.segmentPath(last));
    recovered(disk, RecoveryMode.SALVAGE);
    assertThat(disk.content("wal/left-out-" + last)).isEqualTo(damaged);
  }

  @Test
  void whatIsLeftOutIsKeptThroughAPowerCutAtAnyCall() {
    SimDisk damaged = log();
    damage(damaged, 1, 4_096 + 100);
    byte[] first = damaged.content(SegmentFiles.segmentPath(1));
    int files = SegmentFiles.numbers(damaged).size();
    boolean isCut = true;
    for (int call = 1; isCut; call++) {
      SimDisk disk = damaged.kill().cutAt(call);
      try {
        Logs.open(disk, Logs.config(RecoveryMode.SALVAGE), new Recorded(), new MemoryOwner())
            .close();
      } catch (RuntimeException e) {
        assertThat(disk.isCut()).as("call %s: %s", call, e).isTrue();
      }
      isCut = disk.isCut();
      SimDisk left = disk.crash(Crash.values()[call % 3], call);
      Logs.open(left, Logs.config(RecoveryMode.SALVAGE), new Recorded(), new MemoryOwner()).close();
      assertThat(left.list("wal")).as("call %s", call).contains("left-out-1");
      assertThat(left.content("wal/left-out-1")).as("call %s", call).isEqualTo(first);
      assertThat(left.list("wal").stream().filter(name -> name.startsWith("left-out-")).count())
          .as("call %s", call)
          .isGreaterThanOrEqualTo(files);
    }
  }

  @Test
  void onlyTheNewestTornTailsAreKept() {
    SimDisk disk = new SimDisk();
    for (int i = 1; i <= 7; i++) {
      WalJournal journal = Logs.open(disk, new Recorded());
      long lsn = journal.stage(0, Logs.record(i, 100));
      journal.await(lsn, Durability.OS);
      SimDisk left = disk.crash(Crash.KEEP, i);
      journal.close();
      disk = left;
      damage(disk, SegmentFiles.numbers(disk).getLast(), 4096 + 50);
    }
    WalJournal journal = Logs.open(disk, new Recorded());
    journal.close();
    assertThat(disk.list("wal").stream().filter(name -> name.startsWith("torn-")))
        .containsExactly("torn-4-0", "torn-5-0", "torn-6-0", "torn-7-0");
  }
}
