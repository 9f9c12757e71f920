package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Crash;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The checks of this package can fail: each bug that a log could have is caught by one of them. */
final class PlantedBugTest {

  /** Acknowledged records that a power cut at the end loses, over several cuts. */
  private static int lost(UnaryOperator<Disk> wrap, Durability asked) {
    int lost = 0;
    for (long seed = 1; seed <= 20; seed++) {
      SimDisk disk = new SimDisk();
      WalJournal journal = Logs.open(wrap.apply(disk), new Recorded());
      List<String> acknowledged = new ArrayList<>();
      for (int i = 1; i <= 60; i++) {
        var record = Logs.record(i, 4_000);
        journal.await(journal.stage(0, record), asked);
        acknowledged.add(Recorded.text(0, record));
      }
      SimDisk left = disk.crash(seed % 2 == 0 ? Crash.DROP : Crash.RANDOM, seed);
      try {
        acknowledged.removeAll(Logs.read(left).all());
        lost += acknowledged.size();
      } catch (WarpException e) {
        lost++;
      }
      journal.close();
    }
    return lost;
  }

  @Test
  void theLogItselfLosesNothing() {
    assertThat(lost(disk -> disk, Durability.SYNC)).isZero();
  }

  @Test
  void skippingTheForceIsCaught() {
    assertThat(lost(disk -> new LossyDisk(disk, true, false), Durability.SYNC)).isPositive();
  }

  @Test
  void skippingTheForceOfDirectoriesIsCaught() {
    assertThat(lost(disk -> new LossyDisk(disk, false, true), Durability.SYNC)).isPositive();
  }

  @Test
  void acknowledgingEarlyIsCaught() {
    assertThat(lost(disk -> disk, Durability.MEMORY)).isPositive();
  }

  @Test
  void ignoringTheDurableLsnIsCaught() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    for (int i = 1; i <= 3; i++) {
      journal.await(journal.stage(0, Logs.record(i, 100)), Durability.SYNC);
    }
    SimDisk left = disk.crash(Crash.KEEP, 0);
    journal.close();
    String path = SegmentFiles.segmentPath(1);
    byte[] bytes = left.content(path);
    bytes[4096 + 100] ^= 1;
    left.plant(path, bytes);
    boolean refused = false;
    try {
      Logs.read(left);
    } catch (WarpException e) {
      refused = true;
    }
    assertThat(refused).isTrue();
    assertThat(prefixRule(left, path)).as("what the prefix rule alone would take").isZero();
  }

  /** Frames that a recovery would keep that looks at nothing but the first invalid spot. */
  private static int prefixRule(SimDisk disk, String path) {
    int[] frames = new int[1];
    var header =
        io.warpengine.wal.internal.v1.SegmentHeader.decode(disk.content(path)).orElseThrow();
    try (var file = disk.open(path, Disk.Access.READ)) {
      new LogScanner(file, header).scan(0, header.endLsn(), (lsn, bytes, at) -> frames[0]++);
    }
    return frames[0];
  }
}
