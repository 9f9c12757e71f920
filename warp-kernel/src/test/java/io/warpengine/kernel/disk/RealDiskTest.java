package io.warpengine.kernel.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RealDiskTest {

  @TempDir Path directory = Path.of("");

  private RealDisk disk() {
    return RealDisk.at(directory);
  }

  private static CoreError codeOf(Runnable call) {
    try {
      call.run();
    } catch (WarpException e) {
      return (CoreError) e.code();
    }
    throw new AssertionError("Nothing was thrown.");
  }

  @Test
  void pathsThatLeaveTheDirectoryAreRefused() {
    for (String path : List.of("..", "a/../b", "/etc/passwd", "a//b", "a/", ".", "a\0b", "a\\b")) {
      assertThat(codeOf(() -> disk().exists(path))).as(path).isEqualTo(CoreError.INTERNAL_ERROR);
    }
  }

  @Test
  void diskTouchesNothingUntilItIsUsed() {
    RealDisk disk = RealDisk.at(directory.resolve("later"));
    assertThat(disk.exists("")).isFalse();
    assertThat(disk.list("")).isEmpty();
    disk.createDirectories("");
    assertThat(disk.exists("")).isTrue();
    assertThat(disk.location()).isEqualTo(directory.resolve("later").toString());
  }

  @Test
  void interruptStormNeitherStopsNorClosesFiles() throws InterruptedException {
    int workers = 3;
    int rounds = 300;
    try (DiskFile shared = disk().open("shared", Disk.Access.CREATE)) {
      ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
      AtomicBoolean flagSeen = new AtomicBoolean();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        int worker = i;
        threads.add(
            Thread.ofPlatform()
                .unstarted(() -> {
                  try {
                    writeReadForce(shared, worker, rounds, flagSeen);
                  } catch (Throwable e) {
                    failures.add(e);
                  }
                }));
      }
      threads.forEach(Thread::start);
      while (threads.stream().anyMatch(Thread::isAlive)) {
        threads.forEach(Thread::interrupt);
        Thread.onSpinWait();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
      assertThat(flagSeen).as("an interrupt reached a worker and was kept").isTrue();
      assertThat(shared.size()).isEqualTo((long) workers * rounds * 100);
    }
  }

  private void writeReadForce(DiskFile shared, int worker, int rounds, AtomicBoolean flagSeen) {
    byte[] source = new byte[100];
    byte[] target = new byte[100];
    try (DiskFile own = disk().open("own-" + worker, Disk.Access.CREATE)) {
      for (int round = 0; round < rounds; round++) {
        Arrays.fill(source, (byte) (round * 7 + worker));
        long at = (worker * (long) rounds + round) * 100;
        shared.write(at, source, 0, 100);
        own.write(round * 100L, source, 0, 100);
        if (round % 10 == 0) {
          shared.force();
          own.force();
          disk().forceDirectory("");
        }
        assertThat(shared.read(at, target, 0, 100)).isEqualTo(100);
        assertThat(target).isEqualTo(source);
        if (Thread.currentThread().isInterrupted()) {
          flagSeen.set(true);
        }
      }
    }
  }

  @Test
  void fileIsForcedAndReadAfterAnInterruptAndARename() {
    try (DiskFile file = disk().open("a", Disk.Access.CREATE)) {
      disk().rename("a", "b");
      Thread.currentThread().interrupt();
      file.write(0, new byte[] {1, 2, 3}, 0, 3);
      file.force();
      file.force();
      assertThat(Thread.interrupted()).isTrue();
      file.force();
      assertThat(file.read(0, new byte[3], 0, 3)).isEqualTo(3);
    }
    assertThat(disk().size("b")).isEqualTo(3);
  }

  @Test
  void fileIsForcedWhenAnInterruptHasClosedItsChannel() throws IOException {
    try (DiskFile file = disk().open("a", Disk.Access.CREATE)) {
      WriteFile open = (WriteFile) file;
      file.write(0, new byte[3], 0, 3);
      open.forcing.close();
      file.force();
      assertThat(open.forcing.isOpen()).as("opened anew").isTrue();
      write("b", new byte[1]);
      disk().rename("b", "a");
      open.forcing.close();
      file.force();
      assertThat(open.forcing.isOpen()).as("the path names another file").isFalse();
      disk().delete("a");
      file.force();
      file.write(3, new byte[3], 0, 3);
      file.force();
      assertThat(file.size()).isEqualTo(6);
    }
  }

  @Test
  void readersThatMeetShareAFileThatWasReplaced() throws InterruptedException {
    byte[] old = new byte[1 << 20];
    Arrays.fill(old, (byte) 1);
    write("a", old);
    write("b", new byte[1 << 20]);
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (DiskFile file = disk().open("a", Disk.Access.READ)) {
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        readers.add(
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    byte[] target = new byte[1 << 20];
                    for (int round = 0; round < 30; round++) {
                      assertThat(file.read(0, target, 0, target.length)).isEqualTo(target.length);
                      assertThat(target).isEqualTo(old);
                    }
                  } catch (Throwable e) {
                    failures.add(e);
                  }
                }));
      }
      disk().rename("b", "a");
      for (Thread reader : readers) {
        reader.join();
      }
    }
    assertThat(failures).isEmpty();
  }

  private void write(String path, byte[] bytes) {
    try (DiskFile file = disk().open(path, Disk.Access.CREATE)) {
      file.write(0, bytes, 0, bytes.length);
    }
  }

  @Test
  void fullDeviceIsDiskFull() {
    // Linux offers a file that is always full.
    assertThat(Path.of("/dev/full")).exists();
    try (DiskFile full = RealDisk.at(Path.of("/dev")).open("full", Disk.Access.WRITE)) {
      assertThatThrownBy(() -> full.write(0, new byte[100], 0, 100))
          .isInstanceOfSatisfying(
              WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.DISK_FULL))
          .hasMessageContaining("/dev/full")
          .hasMessageContaining("No space left on device");
    }
  }

  @Test
  void failureNamesThePathAndTheSystemsWords() {
    disk().createDirectories("folder");
    assertThatThrownBy(() -> disk().open("folder", Disk.Access.READ))
        .hasMessageContaining("W4006")
        .hasMessageContaining(directory.resolve("folder").toString())
        .hasMessageContaining("Is a directory");
  }

  @Test
  void missingDirectoryListsNothing() throws IOException {
    Files.writeString(directory.resolve("file"), "x");
    assertThat(disk().list("none")).isEmpty();
    assertThat(disk().list("file")).isEmpty();
    assertThat(codeOf(() -> disk().createDirectories("file"))).isEqualTo(CoreError.DISK_FAILED);
    assertThat(codeOf(() -> RealDisk.at(directory.resolve("none")).usableBytes()))
        .isEqualTo(CoreError.FILE_MISSING);
    assertThat(codeOf(() -> disk().lock("none/lock"))).isEqualTo(CoreError.FILE_MISSING);
  }

  @Test
  void fileIsNeverCutLonger() {
    try (DiskFile file = disk().open("a", Disk.Access.CREATE)) {
      assertThatThrownBy(() -> file.truncate(1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> file.truncate(-1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readFileIsNeitherForcedNorUsedAfterItsClose() {
    write("a", new byte[] {1});
    DiskFile file = disk().open("a", Disk.Access.READ);
    assertThat(file.size()).isEqualTo(1);
    assertThat(codeOf(file::force)).isEqualTo(CoreError.DISK_FAILED);
    file.close();
    assertThat(codeOf(file::size)).isEqualTo(CoreError.DISK_FAILED);
    assertThat(codeOf(() -> file.read(0, new byte[1], 0, 1))).isEqualTo(CoreError.DISK_FAILED);
  }

  @Test
  void lockHeldHereIsSeenByAnotherProcess() throws Exception {
    try (Disk.DiskLock held = disk().lock("universe.lock")) {
      assertThat(held).isNotNull();
      Process other = startHolder();
      assertThat(firstLine(other))
          .startsWith("W4003")
          .contains(directory.toString())
          .contains("the process [" + ProcessHandle.current().pid() + "]");
      assertThat(other.waitFor()).isZero();
    }
  }

  @Test
  void lockHeldByAnotherProcessIsSeenHereAndFreedByItsEnd() throws Exception {
    Process other = startHolder();
    assertThat(firstLine(other)).isEqualTo("locked");
    assertThatThrownBy(() -> disk().lock("universe.lock"))
        .hasMessageContaining("W4003")
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("the process [" + other.pid() + "]");
    other.destroyForcibly().waitFor();
    disk().lock("universe.lock").close();
  }

  @Test
  void lockForReadingKeepsWritersOfOtherProcessesOutAndIsKeptOutByThem() throws Exception {
    disk().lock("universe.lock").close();
    try (Disk.DiskLock held = RealDisk.at(directory).lockForReading("universe.lock")) {
      assertThat(held).isNotNull();
      assertThat(firstLine(startHolder())).contains("in use by another process");
    }
    Process other = startHolder();
    assertThat(firstLine(other)).isEqualTo("locked");
    assertThatThrownBy(() -> RealDisk.at(directory).lockForReading("universe.lock"))
        .hasMessageContaining("the process [" + other.pid() + "]");
    other.destroyForcibly().waitFor();
  }

  @Test
  void lockIsTakenByAnInterruptedThread() {
    Thread.currentThread().interrupt();
    try (Disk.DiskLock held = disk().lock("universe.lock")) {
      assertThat(Thread.interrupted()).isTrue();
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> disk().lock("universe.lock"))
          .hasMessageContaining("another database in this process");
    }
  }

  private Process startHolder() throws IOException, URISyntaxException {
    String classPath =
        location(RealDisk.class)
            + File.pathSeparator
            + location(Disk.class)
            + File.pathSeparator
            + Path.of("target", "test-classes").toAbsolutePath();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            LockHolder.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Path location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return String.valueOf(reader.readLine());
  }
}
