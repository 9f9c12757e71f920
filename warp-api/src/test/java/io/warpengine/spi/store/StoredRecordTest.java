package io.warpengine.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import org.junit.jupiter.api.Test;

final class StoredRecordTest {

  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes VALUE = Bytes.utf8("value");

  @Test
  void recordHoldsKeyValueAndNoExpiry() {
    StoredRecord record = StoredRecord.of(KEY, VALUE, 7, 9, 0);
    assertThat(record.key()).isEqualTo(KEY);
    assertThat(record.value()).isEqualTo(VALUE);
    assertThat(record.keySize()).isEqualTo(3);
    assertThat(record.valueSize()).isEqualTo(5);
    assertThat(record.dataSize()).isEqualTo(8);
    assertThat(record.hash()).isEqualTo(7);
    assertThat(record.sequence()).isEqualTo(9);
    assertThat(record.expires()).isFalse();
    assertThat(record.expiresAtMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(record.isTombstone()).isFalse();
    assertThat(record.hasKey(KEY)).isTrue();
    assertThat(record.hasKey(VALUE)).isFalse();
  }

  @Test
  void recordHoldsItsExpiryBehindTheValue() {
    StoredRecord record = StoredRecord.of(KEY, VALUE, 7, 9, 123_456);
    assertThat(record.expires()).isTrue();
    assertThat(record.expiresAtMillis()).isEqualTo(123_456);
    assertThat(record.valueSize()).isEqualTo(5);
    assertThat(record.value()).isEqualTo(VALUE);
    assertThat(record.dataSize()).isEqualTo(16);
  }

  @Test
  void tombstoneHoldsTheKeyAlone() {
    StoredRecord tombstone = StoredRecord.tombstone(KEY, 7, 9);
    assertThat(tombstone.isTombstone()).isTrue();
    assertThat(tombstone.key()).isEqualTo(KEY);
    assertThat(tombstone.value()).isEqualTo(Bytes.EMPTY);
    assertThat(tombstone.sequence()).isEqualTo(9);
  }

  @Test
  void dataSurvivesTheRoundTrip() {
    StoredRecord record = StoredRecord.of(KEY, VALUE, 7, 9, 5);
    byte[] data = new byte[record.dataSize()];
    record.copyTo(0, data, 0, data.length);
    StoredRecord again = StoredRecord.ofData(data, record.keySize(), true, false, 7, 9);
    assertThat(again.key()).isEqualTo(KEY);
    assertThat(again.value()).isEqualTo(VALUE);
    assertThat(again.expiresAtMillis()).isEqualTo(5);
  }

  @Test
  void impossibleDataIsRefused() {
    assertThatThrownBy(() -> StoredRecord.ofData(new byte[2], 3, false, false, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StoredRecord.ofData(new byte[9], 2, true, false, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            StoredRecord.ofData(
                new byte[StoredRecord.MAX_KEY_BYTES + 1],
                StoredRecord.MAX_KEY_BYTES + 1,
                false,
                false,
                0,
                1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StoredRecord.ofData(new byte[2], -1, false, false, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysCompareUnsignedWithRecordsAndKeys() {
    StoredRecord low = StoredRecord.of(Bytes.copyOf(new byte[] {1}), VALUE, 0, 1, 0);
    StoredRecord high = StoredRecord.of(Bytes.copyOf(new byte[] {(byte) 0x80}), VALUE, 0, 1, 0);
    assertThat(low.compareKey(high)).isNegative();
    assertThat(high.compareKey(low)).isPositive();
    assertThat(low.compareKey(high.key())).isNegative();
    assertThat(high.compareKey(high.key())).isZero();
  }

  @Test
  void keyPrefixOrdersLikeTheKey() {
    StoredRecord record = StoredRecord.of(Bytes.utf8("abcdefghij"), VALUE, 0, 1, 0);
    assertThat(record.keyPrefix(0)).isEqualTo(0x6162636465666768L);
    assertThat(record.keyPrefix(2)).isEqualTo(0x636465666768696aL);
    assertThat(record.keyPrefix(8)).isEqualTo(0x696a000000000000L);
    assertThat(record.keyPrefix(10)).isZero();
  }
}
