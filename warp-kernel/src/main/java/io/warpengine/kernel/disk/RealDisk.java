package io.warpengine.kernel.disk;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the file system. */
public final class RealDisk implements Disk {

  private final Path root;

  private RealDisk(Path root) {
    this.root = root;
  }

  /**
   * A directory as a disk. Touches nothing: {@code createDirectories("")} makes it.
   *
   * @param root the directory, there or not
   * @return the disk
   */
  public static RealDisk at(Path root) {
    return new RealDisk(root.toAbsolutePath().normalize());
  }

  @Override
  public DiskFile open(String path, Access access) {
    Path file = resolve(path);
    try {
      return switch (access) {
        case READ -> ReadFile.open(file);
        case WRITE -> WriteFile.open(file);
        case CREATE -> {
          Files.createFile(file);
          yield WriteFile.open(file);
        }
      };
    } catch (IOException e) {
      throw DiskErrors.of(access == Access.CREATE ? "create" : "open", file, e);
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(resolve(path));
  }

  @Override
  public long size(String path) {
    Path file = resolve(path);
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw DiskErrors.of("read the size of", file, e);
    }
  }

  @Override
  public List<String> list(String directory) {
    Path folder = resolve(directory);
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw DiskErrors.of("list", folder, e);
    }
  }

  @Override
  public void createDirectories(String directory) {
    Path folder = resolve(directory);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DiskErrors.of("make the directory", folder, e);
    }
  }

  @Override
  public void rename(String from, String to) {
    Path source = resolve(from);
    Path target = resolve(to);
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw DiskErrors.of("rename to [" + target + "]", source, e);
    }
  }

  @Override
  public void delete(String path) {
    Path file = resolve(path);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw DiskErrors.of("delete", file, e);
    }
  }

  @Override
  public void forceDirectory(String directory) {
    Path folder = resolve(directory);
    try {
      Uninterruptible.run(() -> {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      });
    } catch (IOException e) {
      throw DiskErrors.of("force the directory", folder, e);
    }
  }

  @Override
  public long usableBytes() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw DiskErrors.of("read the free space of", root, e);
    }
  }

  @Override
  public DiskLock lock(String path) {
    return lock(path, true);
  }

  /**
   * Locks the tree against writers, in other processes, and against every other holder in this one;
   * changes nothing. Readers in other processes may hold it too.
   *
   * @param path the lock file, which is there
   * @return the lock; closing it lets writers in
   * @throws io.warpengine.api.WarpException DIRECTORY_LOCKED if a writer holds it
   */
  public DiskLock lockForReading(String path) {
    return lock(path, false);
  }

  private DiskLock lock(String path, boolean writing) {
    Path file = resolve(path);
    try {
      return DirectoryLock.take(root, file, writing);
    } catch (IOException e) {
      throw DiskErrors.of("lock", file, e);
    }
  }

  @Override
  public String location() {
    return root.toString();
  }

  private Path resolve(String path) {
    if (path.isEmpty()) {
      return root;
    }
    if (path.indexOf('\0') >= 0 || path.indexOf('\\') >= 0) {
      throw refused(path);
    }
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw refused(path);
      }
    }
    return root.resolve(path);
  }

  private static WarpException refused(String path) {
    return new WarpException(
        CoreError.INTERNAL_ERROR,
        "The path [" + path + "] is not a relative one of names separated by slashes.",
        "Report this with the stack trace: a component asked for a file outside its directory.");
  }
}
