package io.warpengine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ScanTest {

  @Test
  void prefixEndsBeforeTheNextPrefix() {
    Scan scan = Scan.prefix(Bytes.copyOf(new byte[] {1, 2}));
    assertThat(scan.from()).isEqualTo(Bytes.copyOf(new byte[] {1, 2}));
    assertThat(scan.to()).contains(Bytes.copyOf(new byte[] {1, 3}));
    assertThat(Scan.prefix(Bytes.copyOf(new byte[] {1, (byte) 0xff})).to())
        .contains(Bytes.copyOf(new byte[] {2}));
  }

  @Test
  void prefixWithoutSuccessorIsOpen() {
    assertThat(Scan.prefix(Bytes.copyOf(new byte[] {(byte) 0xff, (byte) 0xff})).to()).isEmpty();
    assertThat(Scan.prefix(Bytes.EMPTY)).isEqualTo(Scan.all());
  }

  @Test
  void changesAreNewScans() {
    Scan scan = Scan.range(Bytes.utf8("a"), Bytes.utf8("c"));
    assertThat(scan.reversed().backwards()).isTrue();
    assertThat(scan.reversed().reversed()).isEqualTo(scan);
    assertThat(scan.limit(3).limit()).isEqualTo(3);
    assertThat(scan.resume(Bytes.utf8("t")).resume()).contains(Bytes.utf8("t"));
    assertThat(scan.backwards()).isFalse();
  }

  @Test
  void limitIsAtLeastOne() {
    assertThatThrownBy(() -> Scan.all().limit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0]");
  }
}
