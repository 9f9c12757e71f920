package io.warpengine.wal.internal.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.testkit.SimDisk;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

final class BlockFileTest {

  private static final UUID ID = new UUID(3, 4);
  private static final LZ4Factory LZ4 = LZ4Factory.safeInstance();
  private static final int BLOCK = BlockFormat.BLOCK_BYTES;

  private final SimDisk disk = new SimDisk();

  @Test
  void whatCompressesIsStoredCompressed() {
    byte[] zeros = new byte[20 * BLOCK];
    assertThat(written(zeros)).isLessThan(BLOCK);
    assertThat(readBack(zeros.length)).isEqualTo(zeros);
  }

  @Test
  void whatSavesLessThanAnEighthIsStoredAsItIs() {
    byte[] content = random(20 * BLOCK);
    for (int block = 0; block < 20; block++) {
      Arrays.fill(content, block * BLOCK, block * BLOCK + BLOCK / 10, (byte) 0);
    }
    assertThat(written(content)).isGreaterThan(content.length);
    assertThat(readBack(content.length)).isEqualTo(content);
  }

  @Test
  void compressionBeginsAgainSoonAfterBytesThatDoNotCompress() {
    byte[] content = Arrays.copyOf(random(100 * BLOCK), 200 * BLOCK);
    assertThat(written(content)).isBetween(100L * BLOCK, 117L * BLOCK);
    assertThat(readBack(content.length)).isEqualTo(content);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private long written(byte[] content) {
    try (DiskFile file = disk.open("file", Access.CREATE)) {
      BlockWriter writer = new BlockWriter(file, LZ4.fastCompressor(), ID, 1);
      writer.write(content, 0, content.length);
      writer.finish();
      return file.size();
    }
  }

  private byte[] readBack(int size) {
    try (DiskFile file = disk.open("file", Access.READ)) {
      BlockReader reader = new BlockReader(file, "file", LZ4.safeDecompressor(), ID, 1);
      byte[] target = new byte[size];
      assertThat(reader.read(target, 0, size)).isEqualTo(size);
      assertThat(reader.drain()).isEqualTo(size);
      return target;
    }
  }
}
