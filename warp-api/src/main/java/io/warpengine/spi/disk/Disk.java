package io.warpengine.spi.disk;

import java.util.List;

/**
 * One directory tree on a disk. Paths are relative, separated by {@code /}, without {@code ..}.
 * Safe for several threads.
 *
 * <p>Failures are {@link io.warpengine.api.WarpException}: DISK_FULL when there is no room,
 * FILE_MISSING when a file is not there, DISK_FAILED for everything else that the operating system
 * reports. What a power cut keeps: bytes written before a successful {@link DiskFile#force()} of
 * their file; names created, renamed or deleted before a successful {@link #forceDirectory}; of all
 * else any part.
 */
public interface Disk {

  /** How to open a file. */
  enum Access {
    /** An existing file, for reading. */
    READ,
    /** An existing file, for reading and writing. */
    WRITE,
    /** A file that is not there yet, for reading and writing. */
    CREATE
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @param access how
   * @return the open file, to be closed
   */
  DiskFile open(String path, Access access);

  /**
   * Whether a file or directory is there.
   *
   * @param path its path
   * @return true if it is
   */
  boolean exists(String path);

  /**
   * Size of a file.
   *
   * @param path the file
   * @return bytes
   */
  long size(String path);

  /**
   * The names in a directory, files and directories.
   *
   * @param directory its path; empty for the root
   * @return sorted names without path; empty if the directory is not there
   */
  List<String> list(String directory);

  /**
   * Makes a directory and those above it; has no effect if it is there.
   *
   * @param directory its path
   */
  void createDirectories(String directory);

  /**
   * Renames a file, atomically replacing what has the new name.
   *
   * @param from the file
   * @param to its new path, in the same or another directory
   */
  void rename(String from, String to);

  /**
   * Removes a file or an empty directory; has no effect if it is not there.
   *
   * @param path its path
   */
  void delete(String path);

  /**
   * Makes the names in a directory durable.
   *
   * @param directory its path; empty for the root
   */
  void forceDirectory(String directory);

  /**
   * Room that is left.
   *
   * @return bytes
   */
  long usableBytes();

  /**
   * Locks the tree against every other process and every other holder in this one.
   *
   * @param path the lock file, made if it is not there
   * @return the lock; closing it frees the tree
   * @throws io.warpengine.api.WarpException DIRECTORY_LOCKED if somebody holds it
   */
  DiskLock lock(String path);

  /**
   * The tree's place for people to read in messages.
   *
   * @return a path or a name
   */
  String location();

  /** A held lock. */
  interface DiskLock extends AutoCloseable {
    @Override
    void close();
  }
}
