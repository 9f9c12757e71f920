package io.warpengine.spi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ByteSizeTest {

  @Test
  void showsTheLargestUnitThatDivides() {
    assertThat(new ByteSize(0)).hasToString("0");
    assertThat(new ByteSize(1000)).hasToString("1000");
    assertThat(new ByteSize(64 << 10)).hasToString("64KiB");
    assertThat(new ByteSize(16 << 20)).hasToString("16MiB");
    assertThat(new ByteSize(5L << 40)).hasToString("5120GiB");
  }

  @Test
  void isNeverNegative() {
    assertThatThrownBy(() -> new ByteSize(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[-1]");
  }
}
