package io.warpengine.wal.internal.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Mutations;
import io.warpengine.testkit.SimDisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inputs that are almost right: the log's decoders give what was written or refuse. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DecoderTest {

  private static final int MUTATIONS = 20_000;
  private static final UUID ID = new UUID(1, 2);
  private static final LZ4Factory LZ4 = LZ4Factory.safeInstance();

  @Test
  void aRecordLiesInsideItsPayloadOrIsMalformed() {
    Mutations.check(
        payloads(1),
        MUTATIONS,
        payload -> {
          Records.Reader reader = new Records.Reader();
          reader.reset(payload, 0, payload.length);
          assertInside(reader, payload.length);
        });
  }

  @Test
  void theRecordsOfABatchLieInsideItsPayloadOrAreMalformed() {
    List<byte[]> batches = new ArrayList<>();
    for (byte[] records : payloads(5)) {
      byte[] batch = new byte[records.length + 1];
      batch[0] = 5;
      System.arraycopy(records, 0, batch, 1, records.length);
      batches.add(batch);
    }
    Mutations.check(
        batches,
        MUTATIONS,
        payload -> {
          Records.Reader reader = new Records.Reader();
          reader.reset(payload, 0, payload.length);
          for (int left = reader.readCount(); left > 0; left--) {
            assertInside(reader, payload.length);
          }
        });
  }

  private static void assertInside(Records.Reader reader, int size) {
    int from = reader.position();
    reader.readRecord();
    assertThat(reader.shard()).isNotNegative();
    assertThat(reader.sequence()).isNotNegative();
    assertThat(reader.keySize()).isBetween(0, reader.dataSize());
    assertThat(reader.dataAt()).isGreaterThan(from);
    assertThat(reader.dataAt() + reader.dataSize()).isEqualTo(reader.position());
    assertThat(reader.position()).isLessThanOrEqualTo(size);
  }

  private static List<byte[]> payloads(int records) {
    Generator data = new Generator(7);
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] payload = new byte[1 << 20];
      int size = 0;
      for (int j = 0; j < records; j++) {
        StoredRecord record = data.record(Math.max(1, data.number() >>> data.below(64)));
        size = Records.write(payload, size, data.below(4_096), record);
      }
      payloads.add(Arrays.copyOf(payload, size));
    }
    return payloads;
  }

  @Test
  void aSegmentHeaderIsTheOneThatWasWrittenOrNone() {
    SegmentHeader header = new SegmentHeader(ID, 0, 3, 4_096, 1 << 16, 4_000, 77, 5, 99);
    Mutations.check(
        List.of(header.encode()),
        MUTATIONS,
        bytes -> SegmentHeader.decode(bytes).ifPresent(read -> assertThat(read).isEqualTo(header)));
  }

  @Test
  void anIntactFrameIsTheOneThatWasWritten() {
    StoredRecord record = StoredRecord.of(Bytes.utf8("key"), Bytes.utf8("value"), 0, 300, 0);
    int payload = Records.size(3, record);
    byte[] frame = new byte[Frame.size(payload)];
    Records.write(frame, Frame.HEADER_BYTES, 3, record);
    Frame.complete(frame, 0, Frame.RECORD, payload, 5, 77, 4_096, 1_024);
    int checked = Frame.HEADER_BYTES + payload;
    Mutations.check(
        List.of(frame),
        MUTATIONS,
        bytes -> {
          if (bytes.length >= Frame.HEADER_BYTES
              && Frame.isPlausible(bytes, 0, 5, 4_096, bytes.length)
              && Frame.isIntact(bytes, 0, 77)) {
            assertThat(Arrays.copyOf(bytes, checked)).isEqualTo(Arrays.copyOf(frame, checked));
          }
        });
  }

  @Test
  void aBlockFileGivesWhatWasWrittenOrIsRefused() {
    byte[] content = content();
    Mutations.check(
        List.of(blockFile(content)),
        MUTATIONS / 2,
        bytes -> assertThat(read(bytes)).isEqualTo(content));
  }

  /** What is unpacked was checked before: this is about bytes that were written wrong. */
  @Test
  void aBlockThatWasWrittenWrongIsUnpackedInsideItsBoundsOrRefused() {
    byte[] file = blockFile(content());
    int at = BlockFormat.HEADER_BYTES;
    int stored = (int) BlockFormat.INT.get(file, at + 4);
    byte[] packed =
        Arrays.copyOfRange(
            file,
            at + BlockFormat.BLOCK_HEADER_BYTES,
            at + BlockFormat.BLOCK_HEADER_BYTES + stored);
    int raw = (int) BlockFormat.INT.get(file, at + 8);
    int after = at + BlockFormat.BLOCK_HEADER_BYTES + stored;
    Mutations.check(
        List.of(packed),
        MUTATIONS / 2,
        bytes -> {
          byte[] block = new byte[BlockFormat.BLOCK_HEADER_BYTES + bytes.length];
          System.arraycopy(bytes, 0, block, BlockFormat.BLOCK_HEADER_BYTES, bytes.length);
          BlockFormat.complete(block, bytes.length, raw, BlockFormat.CODEC_LZ4, 0);
          byte[] wrong = Arrays.copyOf(file, at + block.length + file.length - after);
          System.arraycopy(block, 0, wrong, at, block.length);
          System.arraycopy(file, after, wrong, at + block.length, file.length - after);
          assertThat(read(wrong)).hasSize(raw);
        });
  }

  private static byte[] content() {
    byte[] content = new byte[3_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i % 50 < 30 ? i / 50 : i * i);
    }
    return content;
  }

  private static byte[] blockFile(byte[] content) {
    SimDisk disk = new SimDisk();
    try (DiskFile file = disk.open("file", Access.CREATE)) {
      BlockWriter writer = new BlockWriter(file, LZ4.fastCompressor(), ID, 9);
      writer.write(content, 0, content.length);
      writer.finish();
    }
    return disk.content("file");
  }

  private static byte[] read(byte[] bytes) {
    try (DiskFile file = new SimDisk().plant("file", bytes).open("file", Access.READ)) {
      BlockReader reader = new BlockReader(file, "file", LZ4.safeDecompressor(), ID, 9);
      byte[] target = new byte[10_000];
      int size = reader.read(target, 0, target.length);
      reader.drain();
      return Arrays.copyOf(target, size);
    }
  }
}
