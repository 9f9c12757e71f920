package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.disk.RealDisk;
import io.warpengine.kernel.manifest.ManifestFile;
import io.warpengine.kernel.manifest.ManifestHeader;
import io.warpengine.kernel.plugins.ApiVersion;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The locked data directory of one database with its manifest, or, in memory, a manifest alone.
 *
 * @param disk the directory; empty in memory
 * @param lock what keeps others out; empty in memory, and for reading a directory without lock file
 * @param manifest the manifest
 */
record DataDirectory(Optional<Disk> disk, Optional<Disk.DiskLock> lock, ManifestFile manifest) {

  /** A database that lives in memory. */
  static DataDirectory inMemory(int shards) {
    return new DataDirectory(
        Optional.empty(), Optional.empty(), ManifestFile.inMemory(newHeader(shards)));
  }

  /** Opens a directory, and makes it a database if it is free for one. */
  static DataDirectory open(Path path, Function<Path, Disk> disks, int shards) {
    Path directory = path.toAbsolutePath().normalize();
    Disk disk = disks.apply(directory);
    return using(
        directory,
        () -> {
          ManifestFile.refuseForeign(disk);
          if (disk instanceof RealDisk && !disk.exists(ManifestFile.NAME)) {
            create(directory);
          }
          return locked(
              disk,
              Optional.of(disk.lock(ManifestFile.LOCK_NAME)),
              () -> ManifestFile.create(disk, newHeader(shards)));
        });
  }

  /** Opens an existing database and changes nothing. */
  static DataDirectory openReadOnly(Path path, Function<Path, Disk> disks) {
    Path directory = path.toAbsolutePath().normalize();
    Disk disk = disks.apply(directory);
    return using(
        directory,
        () ->
            locked(
                disk,
                lockForReading(disk),
                () -> {
                  throw new WarpException(
                      CoreError.DIRECTORY_UNUSABLE,
                      "There is no database in ["
                          + directory
                          + "], and opening read-only makes none.",
                      "Name a directory in which there is one.");
                }));
  }

  /**
   * Keeps writers out of a directory without changing it. A copy without lock file is read without:
   * whoever opened it for writing would have made one.
   */
  static Optional<Disk.DiskLock> lockForReading(Disk disk) {
    if (!disk.exists(ManifestFile.LOCK_NAME)) {
      return Optional.empty();
    }
    return Optional.of(
        disk instanceof RealDisk real
            ? real.lockForReading(ManifestFile.LOCK_NAME)
            : disk.lock(ManifestFile.LOCK_NAME));
  }

  /** Where it is, for messages. */
  String location() {
    return disk.map(Disk::location).orElse("memory");
  }

  /** The directory as plugins may use it. */
  Optional<Disk> disk(boolean readOnly) {
    return readOnly ? disk.map(ReadOnlyDisk::new) : disk;
  }

  /** The manifest as plugins may use it. */
  Manifest manifest(boolean readOnly) {
    return readOnly ? new ReadOnlyManifest(manifest) : manifest;
  }

  /** Lets others in. */
  void unlock() {
    lock.ifPresent(Disk.DiskLock::close);
  }

  private static DataDirectory locked(
      Disk disk, Optional<Disk.DiskLock> lock, Supplier<ManifestFile> otherwise) {
    try {
      return new DataDirectory(
          Optional.of(disk), lock, ManifestFile.read(disk).orElseGet(otherwise));
    } catch (Throwable e) {
      lock.ifPresent(held -> Opening.closeAfter(e, held::close));
      throw e;
    }
  }

  /**
   * Makes the directory and those above it, durably: a synced write must not lose its directory.
   * Those that are there may have been made by a process that was killed before it forced them.
   */
  private static void create(Path directory) {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new WarpException(
          CoreError.DIRECTORY_UNUSABLE,
          "The data directory [" + directory + "] is a file.",
          "Name a directory.");
    }
    RealDisk.at(directory).createDirectories("");
    for (Path parent = directory.getParent();
        parent != null && Files.isWritable(parent);
        parent = parent.getParent()) {
      RealDisk.at(parent).forceDirectory("");
    }
  }

  private static ManifestHeader newHeader(int shards) {
    return new ManifestHeader(
        ManifestHeader.CURRENT_FORMAT,
        ApiVersion.CURRENT,
        UUID.randomUUID(),
        new SecureRandom().nextLong(),
        shards,
        new TreeMap<>());
  }

  /** Begins to use a directory; where the disk fails already then, the directory is unusable. */
  static <T> T using(Path directory, Supplier<T> beginning) {
    try {
      return beginning.get();
    } catch (WarpException e) {
      throw e.code() == CoreError.DISK_FAILED ? unusable(directory, e) : e;
    }
  }

  private static WarpException unusable(Path directory, WarpException cause) {
    return new WarpException(
        CoreError.DIRECTORY_UNUSABLE,
        "The data directory ["
            + directory
            + "] cannot be used: "
            + cause.problems().getFirst().what(),
        "Give this process the right to read and write it, or name another one.",
        cause);
  }
}
