package io.warpengine.kernel.disk;

import io.warpengine.spi.disk.DiskFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file open for reading: a few handles that know no interrupts, one per read at work. More are
 * opened when readers meet, as long as the path still names the same file; otherwise they wait.
 */
final class ReadFile implements DiskFile {

  private static final int MOST_HANDLES = 8;

  private final Path path;
  private final RandomAccessFile first;
  private final @Nullable Object key;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private final Deque<RandomAccessFile> idle = new ArrayDeque<>();
  private int handles = 1;
  private int most;
  private boolean closed;

  private ReadFile(Path path, RandomAccessFile first, @Nullable Object key) {
    this.path = path;
    this.first = first;
    this.key = key;
    this.most = key == null ? 1 : MOST_HANDLES;
    idle.push(first);
  }

  /**
   * Opens an existing file.
   *
   * @param path the file
   * @return the open file
   * @throws IOException if it is not there or cannot be opened
   */
  static ReadFile open(Path path) throws IOException {
    Object key = key(path);
    return new ReadFile(path, new RandomAccessFile(path.toFile(), "r"), key);
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    try {
      RandomAccessFile handle = take();
      try {
        return Reading.read(handle, position, target, offset, length);
      } finally {
        giveBack(handle);
      }
    } catch (IOException e) {
      throw DiskErrors.of("read", path, e);
    }
  }

  private RandomAccessFile take() throws IOException {
    lock.lock();
    try {
      while (true) {
        if (closed) {
          throw new IOException("The file is closed");
        }
        RandomAccessFile handle = idle.poll();
        if (handle != null) {
          return handle;
        }
        if (handles < most) {
          handle = openAnother();
          if (handle != null) {
            handles++;
            return handle;
          }
          most = handles;
        }
        returned.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable RandomAccessFile openAnother() {
    try {
      RandomAccessFile another = new RandomAccessFile(path.toFile(), "r");
      if (key != null && key.equals(key(path))) {
        return another;
      }
      another.close();
      return null;
    } catch (IOException e) {
      // Too many open files, or the path names none any more: readers share what there is.
      return null;
    }
  }

  private void giveBack(RandomAccessFile handle) throws IOException {
    lock.lock();
    try {
      if (closed) {
        handle.close();
      } else {
        idle.push(handle);
        returned.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) {
    throw DiskErrors.of("write to", path, new IOException("It is open for reading only"));
  }

  @Override
  public void force() {
    throw DiskErrors.of("force", path, new IOException("It is open for reading only"));
  }

  @Override
  public void truncate(long size) {
    throw DiskErrors.of("cut", path, new IOException("It is open for reading only"));
  }

  @Override
  public long size() {
    try {
      return first.length();
    } catch (IOException e) {
      throw DiskErrors.of("read the size of", path, e);
    }
  }

  /** Closes the handles that nobody uses; one at work is closed by its reader. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      returned.signalAll();
      while (!idle.isEmpty()) {
        idle.pop().close();
      }
    } catch (IOException e) {
      throw DiskErrors.of("close", path, e);
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
