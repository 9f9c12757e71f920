package io.warpengine.kernel.disk;

import java.io.IOException;
import java.io.RandomAccessFile;

/** Reading at a place through a handle that the caller has for itself. */
final class Reading {

  private Reading() {}

  /**
   * Reads until the target is full or the file ends.
   *
   * @param file the handle
   * @param position offset in the file of the first byte
   * @param target where to put them
   * @param offset index of the first byte put
   * @param length number of bytes wanted
   * @return number of bytes read
   * @throws IOException if the system reports an error
   */
  static int read(RandomAccessFile file, long position, byte[] target, int offset, int length)
      throws IOException {
    file.seek(position);
    int done = 0;
    while (done < length) {
      int count = file.read(target, offset + done, length - done);
      if (count < 0) {
        break;
      }
      done += count;
    }
    return done;
  }
}
