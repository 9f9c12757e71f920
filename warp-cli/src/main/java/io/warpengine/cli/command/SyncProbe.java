package io.warpengine.cli.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Measures how long one sync of a small write takes on a disk: 4 KiB written and forced, over and
 * over, in a file that is written in full beforehand, as a log's is.
 *
 * @param syncs how many were measured
 * @param medianMicros half of them took at most so long
 * @param worstMicros the slowest of them
 */
record SyncProbe(int syncs, double medianMicros, double worstMicros) {

  private static final int BLOCK = 4096;
  private static final int BLOCKS = 256;
  private static final long NANOS = 500_000_000L;

  /**
   * Measures in a directory for half a second.
   *
   * @param directory where a file can be made; it is removed afterwards
   * @return the figures
   * @throws IOException if the file cannot be made or written
   */
  static SyncProbe measure(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, "warp-doctor", ".probe");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      for (int i = 0; i < BLOCKS; i++) {
        channel.write(block.clear(), (long) i * BLOCK);
      }
      channel.force(true);
      long[] nanos = new long[BLOCKS * 16];
      int count = 0;
      long end = System.nanoTime() + NANOS;
      while (count < nanos.length && (count < 3 || System.nanoTime() - end < 0)) {
        long start = System.nanoTime();
        block.clear().putInt(0, count + 1);
        channel.write(block, (long) (count % BLOCKS) * BLOCK);
        channel.force(false);
        nanos[count++] = System.nanoTime() - start;
      }
      long[] sorted = Arrays.copyOf(nanos, count);
      Arrays.sort(sorted);
      return new SyncProbe(count, sorted[count / 2] / 1e3, sorted[count - 1] / 1e3);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
