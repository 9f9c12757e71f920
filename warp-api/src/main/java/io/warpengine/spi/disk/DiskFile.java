package io.warpengine.spi.disk;

/**
 * An open file. Reads and writes at different places may run at once; a thread's interrupt neither
 * stops them nor closes the file. Failures are as {@link Disk} says.
 */
public interface DiskFile extends AutoCloseable {

  /**
   * Reads bytes.
   *
   * @param position offset in the file of the first byte
   * @param target where to put them
   * @param offset index of the first byte put
   * @param length number of bytes wanted
   * @return number of bytes read, less than {@code length} only at the end of the file; 0 at or
   *     past it
   */
  int read(long position, byte[] target, int offset, int length);

  /**
   * Writes all of the given bytes, or throws; then any part may have been written.
   *
   * @param position offset in the file of the first byte; past the end the gap reads as zeros
   * @param source the bytes
   * @param offset index of the first one
   * @param length number of bytes
   */
  void write(long position, byte[] source, int offset, int length);

  /**
   * Makes everything written durable, the size included. After a failure nothing is known of what
   * was written, and a second call proves nothing.
   */
  void force();

  /**
   * Size of the file.
   *
   * @return bytes
   */
  long size();

  /**
   * Cuts the file.
   *
   * @param size the new size, at most the present one
   */
  void truncate(long size);

  /** Closes the file without making anything durable. */
  @Override
  void close();
}
