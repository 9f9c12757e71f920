package io.warpengine.wal.internal.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Seeds;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Frames, records and headers, byte by byte. */
final class FormatTest {

  private static byte[] frame(StoredRecord record) {
    int payload = Records.size(3, record);
    byte[] bytes = new byte[Frame.size(payload)];
    Records.write(bytes, Frame.HEADER_BYTES, 3, record);
    Frame.complete(bytes, 0, Frame.RECORD, payload, 5, 77, 4096, 1024);
    return bytes;
  }

  @Test
  void aFrameIsTheseBytes() {
    byte[] bytes = frame(StoredRecord.of(Bytes.utf8("key"), Bytes.utf8("value"), 0, 300, 0));
    assertThat(HexFormat.of().formatHex(bytes, 4, bytes.length))
        .isEqualTo(
            "57460100"
                + "0e000000"
                + "05000000"
                + "0010000000000000"
                + "0004000000000000"
                + "00"
                + "03"
                + "ac02"
                + "03"
                + "08"
                + "6b6579"
                + "76616c7565"
                + "0000");
    assertThat(Frame.isPlausible(bytes, 0, 5, 4096, bytes.length)).isTrue();
    assertThat(Frame.isIntact(bytes, 0, 77)).isTrue();
    assertThat(Frame.durableLsn(bytes, 0)).isEqualTo(1024);
  }

  @Test
  void aPutOf116BytesCosts160BytesOfLog() {
    StoredRecord record =
        StoredRecord.of(Bytes.copyOf(new byte[16]), Bytes.copyOf(new byte[100]), 0, 1_000_000, 0);
    assertThat(frame(record)).hasSizeLessThanOrEqualTo(160);
  }

  @Test
  void aFrameIsNotTakenForAnotherPlaceIncarnationOrSalt() {
    byte[] bytes = frame(StoredRecord.of(Bytes.utf8("key"), Bytes.utf8("value"), 0, 300, 0));
    assertThat(Frame.isPlausible(bytes, 0, 5, 4104, 1000)).isFalse();
    assertThat(Frame.isPlausible(bytes, 0, 6, 4096, 1000)).isFalse();
    assertThat(Frame.isPlausible(bytes, 0, 5, 4096, bytes.length - 8)).isFalse();
    assertThat(Frame.isIntact(bytes, 0, 78)).isFalse();
  }

  @Test
  void everyFlippedBitButThoseOfThePaddingBreaksAFrame() {
    byte[] bytes = frame(StoredRecord.of(Bytes.utf8("key"), Bytes.utf8("value"), 0, 300, 0));
    for (int bit = 0; bit < 8 * (bytes.length - 2); bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      boolean accepted =
          Frame.isPlausible(changed, 0, 5, 4096, bytes.length) && Frame.isIntact(changed, 0, 77);
      assertThat(accepted).as("bit %s", bit).isFalse();
    }
  }

  @Test
  void recordsComeBackAsTheyWere() {
    Seeds.forEach(
        200,
        seed -> {
          Generator data = new Generator(seed);
          StoredRecord record = data.record(1 + Math.abs(data.number() >> data.below(63)));
          int shard = data.below(5_000);
          byte[] bytes = new byte[Records.size(shard, record) + 10];
          int end = Records.write(bytes, 5, shard, record);
          assertThat(end).isEqualTo(bytes.length - 5);
          Records.Reader reader = new Records.Reader();
          reader.reset(bytes, 5, end);
          reader.readRecord();
          assertThat(reader.position()).isEqualTo(end);
          assertThat(reader.shard()).isEqualTo(shard);
          assertThat(reader.sequence()).isEqualTo(record.sequence());
          assertThat(reader.keySize()).isEqualTo(record.keySize());
          assertThat(reader.expires()).isEqualTo(record.expires());
          assertThat(reader.tombstone()).isEqualTo(record.isTombstone());
          byte[] expected = new byte[record.dataSize()];
          record.copyTo(0, expected, 0, expected.length);
          assertThat(
                  java.util.Arrays.copyOfRange(
                      bytes, reader.dataAt(), reader.dataAt() + reader.dataSize()))
              .isEqualTo(expected);
        });
  }

  @Test
  void malformedPayloadsAreRefusedAndNeverReadPastTheirEnd() {
    Seeds.forEach(
        2_000,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          byte[] bytes = new byte[random.nextInt(1, 60)];
          random.nextBytes(bytes);
          bytes[0] &= 3;
          Records.Reader reader = new Records.Reader();
          reader.reset(bytes, 0, bytes.length);
          try {
            reader.readRecord();
            assertThat(reader.position()).isLessThanOrEqualTo(bytes.length);
            assertThat(reader.keySize()).isLessThanOrEqualTo(reader.dataSize());
          } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("malformed");
          }
        });
    Records.Reader empty = new Records.Reader();
    assertThatThrownBy(empty::readRecord).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(empty::readCount).isInstanceOf(IllegalArgumentException.class);
  }

  private static final SegmentHeader HEADER =
      new SegmentHeader(new UUID(1, 2), 3, 4, 5_000, 6_000, 7, 8, 9, 10);

  @Test
  void aHeaderComesBackFromEitherCopy() {
    byte[] bytes = HEADER.encode();
    assertThat(bytes).hasSize(SegmentHeader.BYTES);
    assertThat(SegmentHeader.decode(bytes)).contains(HEADER);
    bytes[20] ^= 1;
    assertThat(SegmentHeader.decode(bytes)).contains(HEADER);
    bytes[2048 + 20] ^= 1;
    assertThat(SegmentHeader.decode(bytes)).isEmpty();
    assertThat(SegmentHeader.version(bytes)).isZero();
    bytes[20] ^= 1;
    assertThat(SegmentHeader.decode(bytes)).contains(HEADER);
    assertThat(SegmentHeader.decode(new byte[100])).isEmpty();
  }

  @Test
  void placesInASegmentFollowFromItsHeader() {
    assertThat(HEADER.endLsn()).isEqualTo(11_000);
    assertThat(HEADER.offset(5_008)).isEqualTo(4_104);
  }
}
