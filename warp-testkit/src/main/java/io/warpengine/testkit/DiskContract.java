package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.CoreError;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.Disk.DiskLock;
import io.warpengine.spi.disk.DiskFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Disk} keeps. Extend it and give a disk. */
public abstract class DiskContract {

  /** What can be tried with a disk beyond its interface. */
  public enum Capability {
    /** {@link DiskContract#afterPowerCut} is implemented. */
    POWER_CUT,
    /** {@link DiskContract#newDisk(long)} is implemented. */
    LIMITED_ROOM
  }

  private Disk disk = new SimDisk();

  /** For subclasses. */
  protected DiskContract() {}

  /**
   * Makes a disk whose root directory is there and empty.
   *
   * @return a new disk
   */
  protected abstract Disk newDisk();

  /**
   * Another object for the same tree, as another user in this process would make it.
   *
   * @param same a disk from {@link #newDisk()}
   * @return the same disk or another object
   */
  protected Disk secondUser(Disk same) {
    return same;
  }

  /**
   * What can be tried.
   *
   * @return nothing unless overridden
   */
  protected Set<Capability> capabilities() {
    return Set.of();
  }

  /**
   * Makes an empty disk with little room.
   *
   * @param bytes room for all files together
   * @return a new disk
   */
  protected Disk newDisk(long bytes) {
    throw new UnsupportedOperationException("LIMITED_ROOM is not supported.");
  }

  /**
   * Cuts the power and drops all that the contract lets a power cut drop.
   *
   * @param before the disk
   * @return what is left
   */
  protected Disk afterPowerCut(Disk before) {
    throw new UnsupportedOperationException("POWER_CUT is not supported.");
  }

  @BeforeEach
  void makeDisk() {
    disk = newDisk();
  }

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static void write(DiskFile file, long position, byte[] bytes) {
    file.write(position, bytes, 0, bytes.length);
  }

  private static byte[] content(Disk disk, String path) {
    try (DiskFile file = disk.open(path, Access.READ)) {
      byte[] bytes = new byte[Math.toIntExact(file.size())];
      assertThat(file.read(0, bytes, 0, bytes.length)).isEqualTo(bytes.length);
      return bytes;
    }
  }

  private void create(String path, byte[] content) {
    try (DiskFile file = disk.open(path, Access.CREATE)) {
      write(file, 0, content);
      file.force();
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    DiskFile file = disk.open("a", Access.CREATE);
    byte[] source = {0, 1, 2, 3, 4, 5, 6, 7};
    file.write(100, source, 2, 5);
    byte[] target = new byte[10];
    assertThat(file.read(100, target, 3, 5)).isEqualTo(5);
    assertThat(target).containsExactly(0, 0, 0, 2, 3, 4, 5, 6, 0, 0);
    assertThat(file.size()).isEqualTo(105);
    assertThat(disk.size("a")).isEqualTo(105);
    file.close();
  }

  @Test
  void laterWriteReplacesEarlier() {
    create("a", bytes(10_000, 1));
    try (DiskFile file = disk.open("a", Access.WRITE)) {
      write(file, 4_000, bytes(200, 2));
    }
    byte[] expected = bytes(10_000, 1);
    Arrays.fill(expected, 4_000, 4_200, (byte) 2);
    assertThat(content(disk, "a")).isEqualTo(expected);
  }

  @Test
  void gapReadsAsZeros() {
    try (DiskFile file = disk.open("a", Access.CREATE)) {
      write(file, 9_000, bytes(1, 1));
    }
    byte[] expected = bytes(9_001, 0);
    expected[9_000] = 1;
    assertThat(content(disk, "a")).isEqualTo(expected);
  }

  @Test
  void readIsShortOnlyAtTheEnd() {
    try (DiskFile file = disk.open("a", Access.CREATE)) {
      write(file, 0, bytes(5_000, 1));
      assertThat(file.read(4_990, new byte[100], 0, 100)).isEqualTo(10);
      assertThat(file.read(5_000, new byte[100], 0, 100)).isZero();
      assertThat(file.read(1_000_000, new byte[100], 0, 100)).isZero();
      assertThat(file.read(0, new byte[5_000], 0, 5_000)).isEqualTo(5_000);
    }
  }

  @Test
  void truncatedBytesAreGone() {
    create("a", bytes(10_000, 1));
    try (DiskFile file = disk.open("a", Access.WRITE)) {
      file.truncate(5_000);
      assertThat(file.size()).isEqualTo(5_000);
      write(file, 6_000, bytes(1, 2));
    }
    byte[] expected = bytes(6_001, 0);
    Arrays.fill(expected, 0, 5_000, (byte) 1);
    expected[6_000] = 2;
    assertThat(content(disk, "a")).isEqualTo(expected);
  }

  @Test
  void openingAFileThatIsNotThereFails() {
    fails(CoreError.FILE_MISSING, () -> disk.open("a", Access.READ));
    fails(CoreError.FILE_MISSING, () -> disk.open("a", Access.WRITE));
    fails(CoreError.FILE_MISSING, () -> disk.size("a"));
    assertThat(disk.exists("a")).isFalse();
  }

  @Test
  void creatingAFileThatIsThereFailsAndLeavesIt() {
    create("a", bytes(3, 3));
    fails(CoreError.DISK_FAILED, () -> disk.open("a", Access.CREATE));
    assertThat(content(disk, "a")).isEqualTo(bytes(3, 3));
  }

  @Test
  void fileOpenedForReadingCannotBeWritten() {
    create("a", bytes(3, 3));
    try (DiskFile file = disk.open("a", Access.READ)) {
      fails(CoreError.DISK_FAILED, () -> write(file, 0, bytes(1, 1)));
      fails(CoreError.DISK_FAILED, () -> file.truncate(0));
    }
    assertThat(content(disk, "a")).isEqualTo(bytes(3, 3));
  }

  @Test
  void closedFileFails() {
    DiskFile file = disk.open("a", Access.CREATE);
    file.close();
    file.close();
    fails(CoreError.DISK_FAILED, () -> write(file, 0, bytes(1, 1)));
    fails(CoreError.DISK_FAILED, () -> file.read(0, new byte[1], 0, 1));
    fails(CoreError.DISK_FAILED, file::force);
  }

  @Test
  void listIsSortedWithFilesAndDirectories() {
    create("b", bytes(1, 1));
    disk.createDirectories("c/d");
    create("a", bytes(1, 1));
    create("c/e", bytes(1, 1));
    assertThat(disk.list("")).containsExactly("a", "b", "c");
    assertThat(disk.list("c")).containsExactly("d", "e");
    assertThat(disk.list("c/d")).isEmpty();
    assertThat(disk.list("nowhere")).isEmpty();
    assertThat(disk.exists("c")).isTrue();
    assertThat(disk.exists("c/e")).isTrue();
  }

  @Test
  void makingADirectoryTwiceHasNoEffect() {
    disk.createDirectories("a/b");
    create("a/b/c", bytes(1, 1));
    disk.createDirectories("a/b");
    disk.createDirectories("");
    assertThat(disk.list("a/b")).containsExactly("c");
  }

  @Test
  void renameReplacesWhatHasTheName() {
    create("a", bytes(1, 1));
    create("b", bytes(2, 2));
    disk.rename("a", "b");
    assertThat(disk.list("")).containsExactly("b");
    assertThat(content(disk, "b")).isEqualTo(bytes(1, 1));
  }

  @Test
  void renameReachesAnotherDirectory() {
    disk.createDirectories("x");
    create("a", bytes(1, 1));
    disk.rename("a", "x/b");
    assertThat(disk.exists("a")).isFalse();
    assertThat(content(disk, "x/b")).isEqualTo(bytes(1, 1));
    fails(CoreError.FILE_MISSING, () -> disk.rename("a", "c"));
  }

  @Test
  void openFileFollowsItsNewName() {
    try (DiskFile file = disk.open("a", Access.CREATE)) {
      disk.rename("a", "b");
      write(file, 0, bytes(4, 4));
      file.force();
    }
    assertThat(content(disk, "b")).isEqualTo(bytes(4, 4));
  }

  @Test
  void deleteRemovesFilesAndEmptyDirectoriesOnly() {
    disk.createDirectories("d");
    create("d/a", bytes(1, 1));
    fails(CoreError.DISK_FAILED, () -> disk.delete("d"));
    disk.delete("d/a");
    disk.delete("d/a");
    disk.delete("d");
    assertThat(disk.list("")).isEmpty();
  }

  @Test
  void directoriesCanBeForced() {
    disk.createDirectories("a");
    disk.forceDirectory("");
    disk.forceDirectory("a");
    fails(CoreError.FILE_MISSING, () -> disk.forceDirectory("b"));
  }

  @Test
  void lockHasOneHolder() {
    DiskLock lock = disk.lock("lock");
    assertThat(disk.exists("lock")).isTrue();
    fails(CoreError.DIRECTORY_LOCKED, () -> disk.lock("lock"));
    fails(CoreError.DIRECTORY_LOCKED, () -> secondUser(disk).lock("lock"));
    fails(CoreError.DIRECTORY_LOCKED, () -> disk.lock("lock"));
    lock.close();
    secondUser(disk).lock("lock").close();
    lock.close();
    disk.lock("lock").close();
  }

  @Test
  void interruptNeitherStopsNorClosesAFile() {
    try (DiskFile file = disk.open("a", Access.CREATE)) {
      Thread.currentThread().interrupt();
      write(file, 0, bytes(10, 1));
      file.force();
      assertThat(file.read(0, new byte[10], 0, 10)).isEqualTo(10);
      assertThat(Thread.interrupted()).as("the interrupt flag stays set").isTrue();
      write(file, 10, bytes(10, 1));
      assertThat(file.size()).isEqualTo(20);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void threadsWriteAndReadAtDifferentPlacesAtOnce() throws Exception {
    int threads = 4;
    int block = 3_000;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads);
        DiskFile file = disk.open("a", Access.CREATE)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        tasks.add(() -> writesAndReadsItsBlocks(file, thread, threads, block));
      }
      for (Future<Boolean> done : pool.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
      assertThat(file.size()).isEqualTo(50L * threads * block);
    }
  }

  private static boolean writesAndReadsItsBlocks(
      DiskFile file, int thread, int threads, int block) {
    byte[] target = new byte[block];
    for (int i = 0; i < 50; i++) {
      long position = (long) (i * threads + thread) * block;
      byte[] source = bytes(block, i * 5 + thread);
      write(file, position, source);
      if (file.read(position, target, 0, block) != block || !Arrays.equals(source, target)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void diskSaysWhereItIsAndWhatRoomIsLeft() {
    assertThat(disk.location()).isNotBlank();
    assertThat(disk.usableBytes()).isNotNegative();
  }

  @Test
  void forcedBytesUnderAForcedNameSurviveAPowerCut() {
    if (!capabilities().contains(Capability.POWER_CUT)) {
      return;
    }
    disk.createDirectories("d");
    disk.forceDirectory("");
    create("d/a", bytes(10_000, 1));
    create("d/b", bytes(10, 2));
    disk.forceDirectory("d");
    disk.rename("d/b", "d/c");
    disk.delete("d/b");
    disk.forceDirectory("d");
    Disk after = afterPowerCut(disk);
    assertThat(after.list("d")).containsExactly("a", "c");
    assertThat(content(after, "d/a")).isEqualTo(bytes(10_000, 1));
    assertThat(content(after, "d/c")).isEqualTo(bytes(10, 2));
    after.lock("lock").close();
  }

  @Test
  void fullDiskSaysSoAndKeepsWhatWasThere() {
    if (!capabilities().contains(Capability.LIMITED_ROOM)) {
      return;
    }
    disk = newDisk(64 * 1024);
    create("a", bytes(10_000, 1));
    try (DiskFile file = disk.open("b", Access.CREATE)) {
      fails(CoreError.DISK_FULL, () -> write(file, 0, bytes(1024 * 1024, 2)));
    }
    assertThat(content(disk, "a")).isEqualTo(bytes(10_000, 1));
    disk.delete("b");
    create("c", bytes(10_000, 3));
    assertThat(content(disk, "c")).isEqualTo(bytes(10_000, 3));
  }

  private static void fails(CoreError code, Runnable call) {
    Contracts.fails(code, call);
  }
}
