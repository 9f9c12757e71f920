package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.CoreError;
import io.warpengine.api.ErrorCode;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.Disk.DiskLock;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.testkit.SimDisk.Call;
import io.warpengine.testkit.SimDisk.Crash;
import io.warpengine.testkit.SimDisk.PowerCut;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SimDiskTest {

  private final SimDisk disk = new SimDisk();

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static void write(DiskFile file, long position, byte[] bytes) {
    file.write(position, bytes, 0, bytes.length);
  }

  private static void fails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat((Object) e.code()).isEqualTo(code));
  }

  private DiskFile durableFile(String path, byte[] content) {
    DiskFile file = disk.open(path, Access.CREATE);
    write(file, 0, content);
    file.force();
    disk.forceDirectory("");
    return file;
  }

  @Test
  void forcedBytesSurviveAPowerCut() {
    durableFile("a", bytes(10_000, 7));
    for (Crash mode : Crash.values()) {
      assertThat(disk.crash(mode, 1).content("a")).isEqualTo(bytes(10_000, 7));
    }
  }

  @Test
  void unforcedBytesAreDroppedOrKept() {
    DiskFile file = durableFile("a", bytes(2_000, 1));
    write(file, 1_000, bytes(5_000, 2));
    assertThat(disk.crash(Crash.DROP, 0).content("a")).isEqualTo(bytes(2_000, 1));
    assertThat(disk.crash(Crash.KEEP, 0).content("a")).isEqualTo(disk.content("a"));
    assertThat(disk.kill().content("a")).isEqualTo(disk.content("a"));
  }

  @Test
  void unforcedSectorsAreLeftLostOrGarbledEachForItself() {
    DiskFile file = durableFile("a", bytes(4_096, 1));
    write(file, 512, bytes(3_072, 2));
    Set<Integer> fates = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      byte[] left = disk.crash(Crash.RANDOM, seed).content("a");
      assertThat(left).hasSize(4_096);
      assertThat(Arrays.copyOf(left, 512)).isEqualTo(bytes(512, 1));
      for (int sector = 1; sector < 7; sector++) {
        byte[] one = Arrays.copyOfRange(left, sector * 512, sector * 512 + 512);
        boolean old = Arrays.equals(one, bytes(512, 1));
        boolean fresh = Arrays.equals(one, bytes(512, 2));
        fates.add(old ? 1 : fresh ? 2 : 3);
      }
    }
    assertThat(fates).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void sameSeedLeavesTheSameBytes() {
    DiskFile file = durableFile("a", bytes(4_096, 1));
    write(file, 0, bytes(40_960, 2));
    assertThat(disk.crash(Crash.RANDOM, 5).content("a"))
        .isEqualTo(disk.crash(Crash.RANDOM, 5).content("a"));
  }

  @Test
  void unforcedSizeIsOldNewOrBetween() {
    DiskFile file = durableFile("a", bytes(512, 1));
    write(file, 512, bytes(5_120, 2));
    Set<Integer> sizes = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      sizes.add(disk.crash(Crash.RANDOM, seed).content("a").length);
    }
    assertThat(sizes).contains(512, 5_632).hasSizeGreaterThan(4);
  }

  @Test
  void nameIsDurableOnlyAfterItsDirectoryIsForced() {
    DiskFile file = disk.open("a", Access.CREATE);
    write(file, 0, bytes(10, 1));
    file.force();
    assertThat(disk.crash(Crash.DROP, 0).exists("a")).isFalse();
    disk.forceDirectory("");
    assertThat(disk.crash(Crash.DROP, 0).content("a")).isEqualTo(bytes(10, 1));
  }

  @Test
  void directoryIsDurableOnlyAfterItsParentIsForced() {
    disk.createDirectories("a/b");
    disk.open("a/b/c", Access.CREATE).force();
    disk.forceDirectory("a/b");
    disk.forceDirectory("a");
    assertThat(disk.crash(Crash.DROP, 0).list("")).isEmpty();
    disk.forceDirectory("");
    assertThat(disk.crash(Crash.DROP, 0).exists("a/b/c")).isTrue();
  }

  @Test
  void renameAndDeleteAreDurableOnlyAfterForce() {
    durableFile("a", bytes(1, 1));
    durableFile("b", bytes(1, 2));
    disk.rename("a", "b");
    assertThat(disk.list("")).containsExactly("b");
    assertThat(disk.crash(Crash.DROP, 0).content("b")).isEqualTo(bytes(1, 2));
    assertThat(disk.crash(Crash.KEEP, 0).list("")).containsExactly("b");
    disk.forceDirectory("");
    disk.delete("b");
    assertThat(disk.crash(Crash.DROP, 0).content("b")).isEqualTo(bytes(1, 1));
    disk.forceDirectory("");
    assertThat(disk.crash(Crash.DROP, 0).list("")).isEmpty();
  }

  @Test
  void pendingNamesAreLostAsAPrefixOrAsAnySubset() {
    for (int i = 0; i < 4; i++) {
      disk.open("f" + i, Access.CREATE);
    }
    boolean hole = false;
    for (int seed = 0; seed < 200; seed++) {
      SimDisk after = disk.crash(Crash.RANDOM, seed);
      hole |= after.exists("f3") && !after.exists("f0");
    }
    assertThat(hole).isTrue();
  }

  @Test
  void fileRenamedIntoAnotherDirectoryIsNeverLost() {
    disk.createDirectories("x");
    disk.createDirectories("y");
    disk.forceDirectory("");
    disk.open("y/a", Access.CREATE).force();
    disk.forceDirectory("y");
    disk.rename("y/a", "x/a");
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      SimDisk after = disk.crash(Crash.RANDOM, seed);
      seen.add(after.exists("x/a") + "," + after.exists("y/a"));
    }
    assertThat(seen).containsExactlyInAnyOrder("true,false", "false,true", "true,true");
    disk.forceDirectory("y");
    assertThat(disk.crash(Crash.DROP, 0).exists("x/a")).isTrue();
    assertThat(disk.crash(Crash.DROP, 0).exists("y/a")).isFalse();
  }

  @Test
  void killKeepsWhatIsUnsyncedUnsynced() {
    DiskFile file = durableFile("a", bytes(10, 1));
    write(file, 0, bytes(10, 2));
    disk.createDirectories("d");
    disk.rename("a", "d/b");
    SimDisk after = disk.kill();
    assertThat(after.content("d/b")).isEqualTo(bytes(10, 2));
    assertThat(after.crash(Crash.DROP, 0).content("a")).isEqualTo(bytes(10, 1));
    DiskFile again = after.open("d/b", Access.WRITE);
    write(again, 0, bytes(10, 3));
    assertThat(disk.content("d/b")).isEqualTo(bytes(10, 2));
    again.force();
    after.forceDirectory("d");
    after.forceDirectory("");
    assertThat(after.crash(Crash.DROP, 0).content("d/b")).isEqualTo(bytes(10, 3));
  }

  @Test
  void afterAFailedForceTheNextSucceedsAndTheBytesAreGone() {
    DiskFile file = durableFile("a", bytes(8_192, 1));
    write(file, 0, bytes(100, 2));
    disk.fail(Call.FORCE, 1);
    fails(CoreError.DISK_FAILED, file::force);
    file.force();
    assertThat(disk.content("a")[0]).isEqualTo((byte) 2);
    assertThat(disk.crash(Crash.KEEP, 0).content("a")).isEqualTo(bytes(8_192, 1));
    write(file, 4_096, bytes(1, 3));
    file.force();
    assertThat(disk.crash(Crash.KEEP, 0).content("a")[0]).isEqualTo((byte) 1);
    write(file, 200, bytes(1, 3));
    file.force();
    assertThat(disk.crash(Crash.DROP, 0).content("a")[0]).isEqualTo((byte) 2);
  }

  @Test
  void plannedFailuresStrikeTheirCallsOnly() {
    DiskFile file = disk.open("a", Access.CREATE);
    disk.fail(Call.WRITE, 2).fail(Call.READ, 1, Long.MAX_VALUE);
    write(file, 0, bytes(1, 1));
    fails(CoreError.DISK_FAILED, () -> write(file, 0, bytes(1, 2)));
    write(file, 0, bytes(1, 3));
    for (int i = 0; i < 3; i++) {
      fails(CoreError.DISK_FAILED, () -> file.read(0, new byte[1], 0, 1));
    }
    disk.heal();
    assertThat(file.read(0, new byte[1], 0, 1)).isEqualTo(1);
    disk.fail(Call.CREATE, 1).fail(Call.RENAME, 1).fail(Call.DELETE, 1);
    disk.fail(Call.FORCE_DIRECTORY, 1).fail(Call.TRUNCATE, 1);
    fails(CoreError.DISK_FAILED, () -> disk.open("b", Access.CREATE));
    fails(CoreError.DISK_FAILED, () -> disk.rename("a", "b"));
    fails(CoreError.DISK_FAILED, () -> disk.delete("a"));
    fails(CoreError.DISK_FAILED, () -> disk.forceDirectory(""));
    fails(CoreError.DISK_FAILED, () -> file.truncate(0));
    assertThat(disk.list("")).containsExactly("a");
    assertThat(disk.calls(Call.WRITE)).isEqualTo(3);
    assertThat(disk.trace()).anyMatch(line -> line.contains("WRITE a @0 +1 FAIL"));
  }

  @Test
  void plannedPowerCutStrikesTheCallAndAllLaterOnes() {
    DiskFile file = durableFile("a", bytes(1, 1));
    disk.cutAt(2);
    write(file, 0, bytes(1, 2));
    assertThatThrownBy(file::force).isInstanceOf(PowerCut.class);
    assertThat(disk.isCut()).isTrue();
    assertThatThrownBy(() -> file.read(0, new byte[1], 0, 1)).isInstanceOf(PowerCut.class);
    assertThatThrownBy(() -> disk.exists("a")).isInstanceOf(PowerCut.class);
    file.close();
    assertThat(disk.crash(Crash.DROP, 0).content("a")).isEqualTo(bytes(1, 1));
    assertThat(disk.crash(Crash.KEEP, 0).content("a")).isEqualTo(bytes(1, 2));
  }

  @Test
  void callThatThePowerCutStrikesIsDoneAndNotSynced() {
    disk.cutAt(1);
    assertThatThrownBy(() -> disk.createDirectories("a")).isInstanceOf(PowerCut.class);
    assertThat(disk.crash(Crash.KEEP, 0).exists("a")).isTrue();
    assertThat(disk.crash(Crash.DROP, 0).exists("a")).isFalse();
    assertThat(disk.mutations()).isEqualTo(1);
  }

  @Test
  void fullDiskWritesWhatFits() {
    DiskFile file = disk.capacity(1_000).open("a", Access.CREATE);
    fails(CoreError.DISK_FULL, () -> write(file, 0, bytes(1_500, 1)));
    assertThat(disk.content("a")).isEqualTo(bytes(1_000, 1));
    assertThat(disk.usableBytes()).isZero();
    write(file, 0, bytes(1_000, 2));
    disk.capacity(500);
    fails(CoreError.DISK_FULL, () -> write(file, 1_000, bytes(1, 1)));
    write(file, 999, bytes(1, 1));
    disk.delete("a");
    assertThat(disk.usableBytes()).isEqualTo(500);
  }

  @Test
  void truncatedBytesReadAsZerosWhenTheFileGrowsAgain() {
    DiskFile file = durableFile("a", bytes(10_000, 1));
    file.truncate(5_000);
    write(file, 9_999, bytes(1, 2));
    byte[] expected = bytes(10_000, 0);
    Arrays.fill(expected, 0, 5_000, (byte) 1);
    expected[9_999] = 2;
    assertThat(disk.content("a")).isEqualTo(expected);
    assertThat(disk.crash(Crash.KEEP, 0).content("a")).isEqualTo(expected);
    assertThat(disk.crash(Crash.DROP, 0).content("a")).isEqualTo(bytes(10_000, 1));
    file.truncate(0);
    file.force();
    assertThat(disk.crash(Crash.DROP, 0).content("a")).isEmpty();
    write(file, 0, bytes(1, 1));
    assertThat(file.size()).isEqualTo(1);
  }

  @Test
  void lockIsExclusiveUntilClosedKilledOrCut() {
    DiskLock lock = disk.lock("lock");
    fails(CoreError.DIRECTORY_LOCKED, () -> disk.lock("lock"));
    disk.kill().lock("lock").close();
    lock.close();
    disk.lock("lock").close();
    assertThat(disk.exists("lock")).isTrue();
  }

  @Test
  void hookRunsBeforeEachCallOfItsKind() {
    AtomicInteger forces = new AtomicInteger();
    disk.before(Call.FORCE, forces::incrementAndGet);
    DiskFile file = disk.open("a", Access.CREATE);
    file.force();
    file.force();
    assertThat(forces).hasValue(2);
  }

  @Test
  void plantedContentIsDurableAtOnce() {
    disk.plant("d/e/a", bytes(3, 3));
    disk.plant("d/e/a", bytes(2, 4));
    assertThat(disk.crash(Crash.DROP, 0).content("d/e/a")).isEqualTo(bytes(2, 4));
  }

  @Test
  void whatIsImpossibleIsRefused() {
    durableFile("a", bytes(1, 1)).close();
    disk.createDirectories("d");
    disk.open("d/b", Access.CREATE);
    fails(CoreError.DISK_FAILED, () -> disk.open("a", Access.CREATE));
    fails(CoreError.DISK_FAILED, () -> disk.open("d", Access.READ));
    fails(CoreError.DISK_FAILED, () -> disk.list("a"));
    fails(CoreError.DISK_FAILED, () -> disk.delete("d"));
    fails(CoreError.DISK_FAILED, () -> disk.rename("a", "d"));
    fails(CoreError.DISK_FAILED, () -> disk.createDirectories("a/x"));
    fails(CoreError.FILE_MISSING, () -> disk.open("x", Access.WRITE));
    fails(CoreError.FILE_MISSING, () -> disk.open("x/y", Access.CREATE));
    fails(CoreError.FILE_MISSING, () -> disk.size("a/x"));
    fails(CoreError.FILE_MISSING, () -> disk.rename("x", "y"));
    fails(CoreError.FILE_MISSING, () -> disk.forceDirectory("x"));
    disk.delete("x");
    disk.rename("a", "a");
    DiskFile reader = disk.open("a", Access.READ);
    fails(CoreError.DISK_FAILED, () -> write(reader, 0, bytes(1, 1)));
    reader.close();
    fails(CoreError.DISK_FAILED, reader::size);
    assertThatThrownBy(() -> disk.open("../a", Access.READ))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(disk.size("a")).isEqualTo(1);
    assertThat(disk.list("x")).isEmpty();
    assertThat(disk.location()).isNotEmpty();
    assertThat(disk.usableBytes()).isPositive();
  }
}
