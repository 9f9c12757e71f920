package io.warpengine.testkit;

import io.warpengine.spi.disk.DiskFile;
import java.util.Objects;

/** An open file of a simulated disk. */
final class SimHandle implements DiskFile {

  private final SimDisk disk;
  private final String path;
  private final SimFile file;
  private final boolean writable;
  private volatile boolean closed;

  SimHandle(SimDisk disk, String path, SimFile file, boolean writable) {
    this.disk = disk;
    this.path = path;
    this.file = file;
    this.writable = writable;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    checkOpen();
    return disk.read(file, path, position, target, offset, length);
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    checkWritable();
    disk.write(file, path, position, source, offset, length);
  }

  @Override
  public void force() {
    checkOpen();
    disk.force(file, path);
  }

  @Override
  public long size() {
    checkOpen();
    return disk.size(file, path);
  }

  @Override
  public void truncate(long size) {
    checkWritable();
    disk.truncate(file, path, size);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw SimTree.failed(path, "was closed");
    }
  }

  private void checkWritable() {
    checkOpen();
    if (!writable) {
      throw SimTree.failed(path, "was opened for reading");
    }
  }
}
