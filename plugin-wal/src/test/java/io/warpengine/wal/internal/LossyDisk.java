package io.warpengine.wal.internal;

import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import java.util.List;

/** A disk that says that it forced and did not: what a log with a planted bug would do. */
final class LossyDisk implements Disk {

  private final Disk disk;
  private final boolean swallowForce;
  private final boolean swallowForceDirectory;

  LossyDisk(Disk disk, boolean swallowForce, boolean swallowForceDirectory) {
    this.disk = disk;
    this.swallowForce = swallowForce;
    this.swallowForceDirectory = swallowForceDirectory;
  }

  @Override
  public DiskFile open(String path, Access access) {
    DiskFile file = disk.open(path, access);
    return swallowForce && path.startsWith("wal/") ? new Forgetful(file) : file;
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
    disk.createDirectories(directory);
  }

  @Override
  public void rename(String from, String to) {
    disk.rename(from, to);
  }

  @Override
  public void delete(String path) {
    disk.delete(path);
  }

  @Override
  public void forceDirectory(String directory) {
    if (!swallowForceDirectory || !directory.startsWith("wal")) {
      disk.forceDirectory(directory);
    }
  }

  @Override
  public long usableBytes() {
    return disk.usableBytes();
  }

  @Override
  public DiskLock lock(String path) {
    return disk.lock(path);
  }

  @Override
  public String location() {
    return disk.location();
  }

  /** A file whose force does nothing. */
  private record Forgetful(DiskFile file) implements DiskFile {

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      return file.read(position, target, offset, length);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) {
      file.write(position, source, offset, length);
    }

    @Override
    public void force() {}

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public void truncate(long size) {
      file.truncate(size);
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
