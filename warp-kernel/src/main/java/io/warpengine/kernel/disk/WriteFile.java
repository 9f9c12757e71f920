package io.warpengine.kernel.disk;

import io.warpengine.spi.disk.DiskFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file open for reading and writing.
 *
 * <p>How it stays open whatever is interrupted: bytes go through a {@link RandomAccessFile}, which
 * knows no interrupts. It has one place to stand, so a lock guards it, and a write that begins
 * where the last one ended costs the system call alone; the call is repeated below Java until all
 * bytes are written or an error is known.
 *
 * <p>Forcing needs a channel, because only a channel offers the cheaper call that leaves times
 * alone (fdatasync). That channel is a second descriptor: if an interrupt closes it, nothing else
 * is lost, and the answer comes from the first descriptor instead (fsync). The system keeps for
 * each descriptor which write errors it has reported, so an error that was swallowed with the
 * channel is reported there. Then the channel is opened anew if the path still names the same file.
 */
final class WriteFile implements DiskFile {

  private final Path path;
  private final RandomAccessFile file;
  private final @Nullable Object key;
  private final ReentrantLock standing = new ReentrantLock();
  private final ReentrantLock reopening = new ReentrantLock();
  private long stands;

  /** Only for forcing; an interrupt may close it. */
  volatile FileChannel forcing;

  private volatile boolean closed;

  private WriteFile(Path path, RandomAccessFile file, @Nullable Object key, FileChannel forcing) {
    this.path = path;
    this.file = file;
    this.key = key;
    this.forcing = forcing;
  }

  /**
   * Opens an existing file.
   *
   * @param path the file
   * @return the open file
   * @throws IOException if it is not there or cannot be opened
   */
  static WriteFile open(Path path) throws IOException {
    FileChannel forcing = FileChannel.open(path, StandardOpenOption.WRITE);
    try {
      return new WriteFile(path, new RandomAccessFile(path.toFile(), "rw"), key(path), forcing);
    } catch (IOException e) {
      forcing.close();
      throw e;
    }
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    standing.lock();
    try {
      stands = -1;
      int count = Reading.read(file, position, target, offset, length);
      stands = position + count;
      return count;
    } catch (IOException e) {
      throw DiskErrors.of("read", path, e);
    } finally {
      standing.unlock();
    }
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    standing.lock();
    try {
      if (stands != position) {
        stands = -1;
        file.seek(position);
      }
      stands = -1;
      file.write(source, offset, length);
      stands = position + length;
    } catch (IOException e) {
      throw DiskErrors.ofWrite(path, length, e);
    } finally {
      standing.unlock();
    }
  }

  @Override
  public void force() {
    boolean interrupted = Thread.interrupted();
    try {
      forcing.force(false);
    } catch (ClosedChannelException e) {
      interrupted |= Thread.interrupted();
      forceWithoutChannel();
    } catch (IOException e) {
      throw DiskErrors.ofWrite(path, 0, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void forceWithoutChannel() {
    try {
      file.getFD().sync();
    } catch (IOException e) {
      throw DiskErrors.ofWrite(path, 0, e);
    }
    reopening.lock();
    try {
      if (!closed && !forcing.isOpen() && key != null) {
        FileChannel again = FileChannel.open(path, StandardOpenOption.WRITE);
        if (key.equals(key(path))) {
          forcing = again;
        } else {
          again.close();
        }
      }
    } catch (IOException e) {
      // The path names no file that can be opened any more: the first descriptor serves alone.
      return;
    } finally {
      reopening.unlock();
    }
  }

  @Override
  public long size() {
    try {
      return file.length();
    } catch (IOException e) {
      throw DiskErrors.of("read the size of", path, e);
    }
  }

  @Override
  public void truncate(long size) {
    standing.lock();
    try {
      long present = file.length();
      if (size < 0 || size > present) {
        throw new IllegalArgumentException(
            "A file of [" + present + "] bytes cannot be cut to [" + size + "].");
      }
      stands = -1;
      file.setLength(size);
    } catch (IOException e) {
      throw DiskErrors.of("cut", path, e);
    } finally {
      standing.unlock();
    }
  }

  @Override
  public void close() {
    reopening.lock();
    try {
      closed = true;
      try {
        forcing.close();
      } finally {
        closeFile();
      }
    } catch (IOException e) {
      throw DiskErrors.of("close", path, e);
    } finally {
      reopening.unlock();
    }
  }

  /** Waits for a write: its descriptor's number may belong to another file right after this. */
  private void closeFile() throws IOException {
    standing.lock();
    try {
      file.close();
    } finally {
      standing.unlock();
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
