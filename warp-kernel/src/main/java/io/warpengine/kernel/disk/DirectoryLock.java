package io.warpengine.kernel.disk;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock of a directory. The operating system's locks belong to a process: a second handle on the
 * same file, once closed, would silently give up the lock of the first. So what this process holds
 * is looked up first, by the real path, before any handle is opened.
 */
final class DirectoryLock implements Disk.DiskLock {

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path real;
  private final RandomAccessFile file;
  private final boolean writing;
  private boolean closed;

  private DirectoryLock(Path real, RandomAccessFile file, boolean writing) {
    this.real = real;
    this.file = file;
    this.writing = writing;
  }

  /**
   * Takes the lock. To write, it keeps everybody out, and the number of this process is left in the
   * file; to read, it keeps writers out, and the file must be there and stays as it is.
   *
   * @param root the directory, for messages
   * @param path the lock file
   * @param writing whether the directory may be written
   * @return the held lock
   * @throws IOException if the file cannot be made or locked
   */
  static DirectoryLock take(Path root, Path path, boolean writing) throws IOException {
    Path real = real(path);
    if (!HELD.add(real)) {
      throw locked(root, "by another database in this process");
    }
    boolean taken = false;
    try {
      RandomAccessFile file = new RandomAccessFile(real.toFile(), writing ? "rw" : "r");
      try {
        if (tryLock(file, writing)) {
          if (writing) {
            file.setLength(0);
            file.write((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
          }
          taken = true;
          return new DirectoryLock(real, file, writing);
        }
        throw locked(root, "by " + holder(file));
      } finally {
        if (!taken) {
          file.close();
        }
      }
    } finally {
      if (!taken) {
        HELD.remove(real);
      }
    }
  }

  private static Path real(Path path) throws IOException {
    Path directory = path.getParent();
    if (directory == null) {
      throw new IOException("A lock file needs a directory");
    }
    Path inside = directory.toRealPath().resolve(String.valueOf(path.getFileName()));
    return inside.toFile().exists() ? inside.toRealPath() : inside;
  }

  private static boolean tryLock(RandomAccessFile file, boolean writing) throws IOException {
    try {
      FileLock lock = file.getChannel().tryLock(0, Long.MAX_VALUE, !writing);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String holder(RandomAccessFile file) {
    try {
      String line = file.readLine();
      long pid = Long.parseLong(line == null ? "" : line.strip());
      return "the process [" + pid + "]";
    } catch (IOException | NumberFormatException e) {
      return "another process";
    }
  }

  private static WarpException locked(Path root, String holder) {
    return new WarpException(
        CoreError.DIRECTORY_LOCKED,
        "The data directory [" + root + "] is in use " + holder + ".",
        "Close that database first, or give this one a directory of its own.");
  }

  /** Gives the lock up; the file stays, since deleting it could take it from the next holder. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (file) {
      if (writing) {
        file.setLength(0);
      }
    } catch (IOException e) {
      throw DiskErrors.of("unlock", real, e);
    } finally {
      HELD.remove(real);
    }
  }
}
