package io.warpengine.kernel.disk;

import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import java.nio.file.Path;
import java.util.List;

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
    throw new UnsupportedOperationException(path);
  }

  @Override
  public boolean exists(String path) {
    throw new UnsupportedOperationException(path);
  }

  @Override
  public long size(String path) {
    throw new UnsupportedOperationException(path);
  }

  @Override
  public List<String> list(String directory) {
    throw new UnsupportedOperationException(directory);
  }

  @Override
  public void createDirectories(String directory) {
    throw new UnsupportedOperationException(directory);
  }

  @Override
  public void rename(String from, String to) {
    throw new UnsupportedOperationException(from);
  }

  @Override
  public void delete(String path) {
    throw new UnsupportedOperationException(path);
  }

  @Override
  public void forceDirectory(String directory) {
    throw new UnsupportedOperationException(directory);
  }

  @Override
  public long usableBytes() {
    throw new UnsupportedOperationException(location());
  }

  @Override
  public DiskLock lock(String path) {
    throw new UnsupportedOperationException(path);
  }

  @Override
  public String location() {
    return root.toString();
  }
}
