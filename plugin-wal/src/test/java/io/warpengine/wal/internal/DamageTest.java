package io.warpengine.wal.internal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.testkit.Seeds;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Crash;
import io.warpengine.wal.WalConfig.RecoveryMode;
import io.warpengine.wal.WalError;
import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.SegmentHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a log of which bits, bytes or files are not what was written. */
@Timeout(120)
final class DamageTest {

  private static final String FIRST = SegmentFiles.segmentPath(1);

  private final List<String> written = new ArrayList<>();

  /** A log of 40 frames, 20 of them in a frame that says that the first 20 are durable. */
  private SimDisk log(boolean clean) {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    for (int i = 1; i <= 40; i++) {
      long lsn = journal.stage(0, Logs.record(i, 3 * i));
      written.add(Recorded.text(0, Logs.record(i, 3 * i)));
      if (i % 10 == 0) {
        journal.await(lsn, i == 20 ? Durability.SYNC : Durability.OS);
      }
    }
    SimDisk left = disk.crash(Crash.KEEP, 0);
    journal.close();
    return clean ? disk : left;
  }

  private static SimDisk changed(SimDisk disk, String path, UnaryOperator<byte[]> change) {
    return disk.kill().plant(path, change.apply(disk.content(path)));
  }

  private static SimDisk flipped(SimDisk disk, int bit) {
    return changed(
        disk,
        FIRST,
        bytes -> {
          bytes[bit / 8] ^= (byte) (1 << bit % 8);
          return bytes;
        });
  }

  private static List<String> readOrRefused(SimDisk disk) {
    try {
      return Logs.read(disk).all();
    } catch (WarpException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(WalError.LOG_DAMAGED);
      assertThat(e.getMessage()).contains(FIRST);
      return List.of("refused");
    }
  }

  @Test
  void everyFlippedBitGivesThePrefixOrARefusal() {
    SimDisk disk = log(false);
    int bits = 8 * (SegmentHeader.BYTES + 10_000);
    int step = Math.max(1, 101 / Seeds.times(1));
    int refused = 0;
    for (int bit = 0; bit < bits; bit += step) {
      List<String> read = readOrRefused(flipped(disk, bit));
      if (read.equals(List.of("refused"))) {
        refused++;
      } else {
        assertThat(read.size()).as("bit %s", bit).isGreaterThanOrEqualTo(20);
        assertThat(written.subList(0, read.size())).as("bit %s", bit).isEqualTo(read);
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void afterACleanCloseEveryFlippedBitGivesEverythingOrARefusal() {
    SimDisk disk = log(true);
    int bits = 8 * disk.content(FIRST).length;
    int step = Math.max(1, 103 / Seeds.times(1));
    for (int bit = 0; bit < bits; bit += step) {
      assertThat(readOrRefused(flipped(disk, bit)))
          .as("bit %s", bit)
          .isIn(written, List.of("refused"));
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (boolean clean : new boolean[] {true, false}) {
      written.clear();
      SimDisk disk = log(clean);
      int size = disk.content(FIRST).length;
      int step = Math.max(1, 61 / Seeds.times(1));
      for (int length = 0; length < size; length += step) {
        int cut = length;
        SimDisk shorter = changed(disk, FIRST, bytes -> Arrays.copyOf(bytes, cut));
        assertThat(readOrRefused(shorter))
            .as("length %s, clean %s", length, clean)
            .isEqualTo(List.of("refused"));
      }
    }
  }

  @Test
  void damageBelowWhatIsDurableIsRefusedWithItsPlace() {
    SimDisk disk = log(false);
    int lsn = 0;
    SimDisk damaged = flipped(disk, 8 * (SegmentHeader.BYTES + lsn) + 100);
    assertThatThrownBy(() -> Logs.open(damaged, new Recorded()))
        .isInstanceOf(WarpException.class)
        .hasMessageContaining("[" + FIRST + "] at offset [4096], LSN [0] to [");
  }

  @Test
  void aTornTailIsCutKeptAsideAndNotAppendedTo() {
    SimDisk disk = log(false);
    byte[] bytes = disk.content(FIRST);
    int last = lastFrame(bytes);
    SimDisk torn = flipped(disk, 8 * (last + 40));
    Recorded recorded = new Recorded();
    WalJournal journal = Logs.open(torn, recorded);
    assertThat(recorded.all()).isEqualTo(written.subList(0, 39));
    assertThat(torn.list("wal")).contains("torn-1-" + (last - SegmentHeader.BYTES));
    assertThat(torn.content(FIRST)).isEqualTo(flipped(disk, 8 * (last + 40)).content(FIRST));
    journal.close();
    assertThat(Logs.read(torn).all()).isEqualTo(written.subList(0, 39));
  }

  private static int lastFrame(byte[] segment) {
    int at = SegmentHeader.BYTES;
    int last = at;
    while (segment[at + 4] != 0) {
      last = at;
      at += Frame.size(Frame.payloadBytes(segment, at));
    }
    return last;
  }

  @Test
  void aMissingFirstOrLastSegmentIsRefused() {
    SimDisk disk = log(true);
    Logs.open(disk, new Recorded()).close();
    assertThat(SegmentFiles.numbers(disk)).containsExactly(1L, 2L);
    for (long number : SegmentFiles.numbers(disk)) {
      SimDisk less = disk.kill();
      less.delete(SegmentFiles.segmentPath(number));
      assertThatThrownBy(() -> Logs.read(less))
          .isInstanceOf(WarpException.class)
          .hasMessageContaining(SegmentFiles.segmentPath(number))
          .hasMessageContaining("missing");
    }
  }

  @Test
  void aSegmentOfAnotherDatabaseIsRefused() {
    SimDisk disk = log(false);
    SegmentHeader own = SegmentHeader.decode(disk.content(FIRST)).orElseThrow();
    SegmentHeader foreign =
        new SegmentHeader(new UUID(7, 7), 0, 1, 0, own.dataBytes(), 0, 0, 1, own.salt());
    SimDisk mixed =
        changed(
            disk,
            FIRST,
            bytes -> {
              System.arraycopy(foreign.encode(), 0, bytes, 0, SegmentHeader.BYTES);
              return bytes;
            });
    assertThatThrownBy(() -> Logs.read(mixed)).hasMessageContaining("belongs somewhere else");
  }

  @Test
  void whatAFailedForceLostIsWrittenAgainBeforeItIsBuiltUpon() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    long lsn = journal.stage(0, Logs.record(1, 100));
    disk.fail(SimDisk.Call.FORCE, 1);
    assertThatThrownBy(() -> journal.await(lsn, Durability.SYNC)).isInstanceOf(WarpException.class);
    SimDisk next = disk.kill();
    assertThatThrownBy(journal::close).isInstanceOf(WarpException.class);
    Recorded found = new Recorded();
    WalJournal second = Logs.open(next, found);
    SimDisk left = next.crash(Crash.DROP, 1);
    second.close();
    assertThat(found.all()).hasSize(1);
    assertThat(Logs.read(left).all()).isEqualTo(found.all());
  }

  @Test
  void anIdleLogSaysHowFarItIsDurable() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    LogWriter writer = requireNonNull(journal.log()).stream().writer();
    journal.await(journal.stage(0, Logs.record(1, 100)), Durability.SYNC);
    long second = journal.stage(0, Logs.record(2, 100));
    journal.await(second, Durability.OS);
    awaitSeal(writer);
    journal.await(second, Durability.SYNC);
    awaitSeal(writer);
    SimDisk left = disk.crash(Crash.KEEP, 0);
    journal.close();
    assertThat(Logs.read(left).all()).hasSize(2);
    int valueOfSecond = 8 * (SegmentHeader.BYTES + (int) second - 20);
    assertThat(readOrRefused(flipped(left, valueOfSecond))).containsExactly("refused");
  }

  @Test
  void anIdleLogWithoutRoomForASealSaysHowFarItIsDurable() {
    int room = 64 << 10;
    int header = Logs.frameBytes(1, room) - room;
    for (int valueBytes : new int[] {300_000, room - header, room - header - 16}) {
      SimDisk disk = new SimDisk();
      WalJournal journal = Logs.open(disk, new Recorded());
      LogWriter writer = requireNonNull(journal.log()).stream().writer();
      long end = journal.stage(0, Logs.record(1, valueBytes));
      journal.await(end, Durability.SYNC);
      String path = SegmentFiles.segmentPath(writer.segments().lastKey());
      awaitSeal(writer);
      SimDisk left = disk.crash(Crash.DROP, 0);
      journal.await(journal.stage(0, Logs.record(2, 10)), Durability.SYNC);
      journal.close();
      assertThat(Logs.read(disk).all()).as("value of %s bytes", valueBytes).hasSize(2);
      assertThat(Logs.read(left).all()).as("value of %s bytes", valueBytes).hasSize(1);
      SimDisk damaged =
          changed(
              left,
              path,
              bytes -> {
                bytes[SegmentHeader.BYTES + 1_000] ^= 1;
                return bytes;
              });
      assertThatThrownBy(() -> Logs.open(damaged, new Recorded()))
          .as("value of %s bytes", valueBytes)
          .isInstanceOfSatisfying(
              WarpException.class, e -> assertThat(e.code()).isEqualTo(WalError.LOG_DAMAGED));
    }
  }

  private static void awaitSeal(LogWriter writer) {
    while (writer.needsSeal()) {
      assertThat(Thread.currentThread().isInterrupted()).as("the time is up").isFalse();
      Thread.onSpinWait();
    }
  }

  @Test
  void pointInTimeKeepsWhatComesBeforeTheDamageAndGoesOn() {
    SimDisk disk = log(false);
    SimDisk damaged = flipped(disk, 8 * (SegmentHeader.BYTES + 500));
    Recorded recorded = new Recorded();
    MemoryOwner owner = new MemoryOwner();
    WalJournal journal =
        Logs.open(damaged, Logs.config(RecoveryMode.POINT_IN_TIME), recorded, owner);
    List<String> kept = recorded.all();
    assertThat(kept).isNotEmpty().isEqualTo(written.subList(0, kept.size()));
    assertThat(kept.size()).isLessThan(20);
    assertThat(owner.writes).isEqualTo(1);
    journal.await(journal.stage(0, Logs.record(100, 1)), Durability.SYNC);
    journal.close();
    Recorded again = new Recorded();
    MemoryOwner other = new MemoryOwner();
    Logs.open(damaged, Logs.SMALL, again, other).close();
    assertThat(other.restores).isEqualTo(1);
    assertThat(again.all()).containsExactly(Recorded.text(0, Logs.record(100, 1)));
  }

  @Test
  void pointInTimeIsRefusedBeforeTheEndOfACheckpoint() {
    SimDisk disk = new SimDisk();
    AtomicReference<WalJournal> log = new AtomicReference<>();
    MemoryOwner staging =
        new MemoryOwner(() -> {
          for (int i = 1; i <= 20; i++) {
            log.get().stage(0, Logs.record(i, 100));
          }
        });
    log.set(Logs.open(disk, Logs.SMALL, new Recorded(), staging));
    new JournalFacade(Logs.SMALL, log.get()).checkpoint();
    SimDisk left = disk.crash(Crash.KEEP, 0);
    log.get().close();
    SimDisk damaged = flipped(left, 8 * (SegmentHeader.BYTES + 500));
    assertThatThrownBy(() ->
            Logs.open(
                damaged,
                Logs.config(RecoveryMode.POINT_IN_TIME),
                new Recorded(),
                new MemoryOwner()))
        .isInstanceOf(WarpException.class)
        .hasMessageContaining("the checkpoint holds changes up to LSN");
    Recorded salvaged = new Recorded();
    Logs.open(damaged, Logs.config(RecoveryMode.SALVAGE), salvaged, new MemoryOwner()).close();
    assertThat(salvaged.all()).hasSize(19);
  }

  @Test
  void salvageKeepsEveryValidFrame() {
    SimDisk disk = log(false);
    SimDisk damaged = flipped(disk, 8 * (SegmentHeader.BYTES + 500));
    Recorded recorded = new Recorded();
    WalJournal journal =
        Logs.open(damaged, Logs.config(RecoveryMode.SALVAGE), recorded, new MemoryOwner());
    List<String> expected = new ArrayList<>(written);
    expected.removeIf(text -> !recorded.all().contains(text));
    assertThat(recorded.all()).hasSize(39).isEqualTo(expected);
    journal.close();
  }
}
