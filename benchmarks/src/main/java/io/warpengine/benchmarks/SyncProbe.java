package io.warpengine.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the disk gives to anybody: how many times per second 4 KiB are written behind one another
 * into a file of zeros and synced with fdatasync.
 */
final class SyncProbe {

  private static final int BLOCK = 4096;
  private static final int BLOCKS = 4096;

  private SyncProbe() {}

  static double syncsPerSecond(Path directory, double seconds) {
    Path file = directory.resolve("sync-probe");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      for (int i = 0; i < BLOCKS; i++) {
        write(channel, block, i);
      }
      channel.force(true);
      long begin = System.nanoTime();
      long end = begin + (long) (seconds * 1e9);
      int syncs = 0;
      while (System.nanoTime() < end) {
        write(channel, block, syncs % BLOCKS);
        channel.force(false);
        syncs++;
      }
      return syncs / ((System.nanoTime() - begin) / 1e9);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(FileChannel channel, ByteBuffer block, int at) throws IOException {
    block.clear();
    while (block.hasRemaining()) {
      channel.write(block, (long) at * BLOCK + block.position());
    }
  }
}
