package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import java.util.List;

/** A disk on which nothing can be changed: what is given out when a database is only looked at. */
final class ReadOnlyDisk implements Disk {

  private final Disk disk;

  ReadOnlyDisk(Disk disk) {
    this.disk = disk;
  }

  @Override
  public DiskFile open(String path, Access access) {
    if (access != Access.READ) {
      throw refused("open [" + path + "] for writing");
    }
    return disk.open(path, access);
  }

  @Override
  public boolean exists(String path) {
    return disk.exists(path);
  }

  @Override
  public long size(String path) {
    return disk.size(path);
  }

  @Override
  public List<String> list(String directory) {
    return disk.list(directory);
  }

  @Override
  public void createDirectories(String directory) {
    throw refused("make [" + directory + "]");
  }

  @Override
  public void rename(String from, String to) {
    throw refused("rename [" + from + "]");
  }

  @Override
  public void delete(String path) {
    throw refused("delete [" + path + "]");
  }

  @Override
  public void forceDirectory(String directory) {
    throw refused("force [" + directory + "]");
  }

  @Override
  public long usableBytes() {
    return disk.usableBytes();
  }

  @Override
  public DiskLock lock(String path) {
    throw refused("lock [" + path + "]");
  }

  @Override
  public String location() {
    return disk.location();
  }

  private WarpException refused(String what) {
    return new WarpException(
        CoreError.READ_ONLY,
        "The directory [" + disk.location() + "] is open read-only: nobody can " + what + ".",
        "Open the database for writing.");
  }
}
