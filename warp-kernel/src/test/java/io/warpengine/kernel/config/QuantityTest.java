package io.warpengine.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.spi.config.ByteSize;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {

  @Test
  void durationsHaveAUnit() {
    assertThat(Quantity.duration("30s")).contains(Duration.ofSeconds(30));
    assertThat(Quantity.duration("200ms")).contains(Duration.ofMillis(200));
    assertThat(Quantity.duration("5m")).contains(Duration.ofMinutes(5));
    assertThat(Quantity.duration("7us")).contains(Duration.ofNanos(7_000));
    assertThat(Quantity.duration("2h")).contains(Duration.ofHours(2));
    assertThat(Quantity.duration("1d")).contains(Duration.ofDays(1));
    assertThat(Quantity.duration("0s")).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-1s", "1.5s", "30 s", "30S", "1y", "999999999999999999d"})
  void whatIsNoDurationIsRefused(String text) {
    assertThat(Quantity.duration(text)).isEmpty();
  }

  @Test
  void sizesTakeBinaryUnits() {
    assertThat(Quantity.size("512")).contains(new ByteSize(512));
    assertThat(Quantity.size("64KiB")).contains(new ByteSize(64 << 10));
    assertThat(Quantity.size("16MiB")).contains(new ByteSize(16 << 20));
    assertThat(Quantity.size("2GiB")).contains(new ByteSize(2L << 30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64MB", "64mib", "-1", "1.5MiB", "MiB", "9999999999999GiB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThat(Quantity.size(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ns", "90s", "2m", "36h", "1d", "1500ms", "3us"})
  void durationsAreWrittenWithTheLargestUnitThatDividesThem(String text) {
    assertThat(Quantity.render(Quantity.duration(text).orElseThrow())).isEqualTo(text);
  }

  @Test
  void aLargerUnitReplacesASmallerOne() {
    assertThat(Quantity.render(Duration.ofSeconds(120))).isEqualTo("2m");
    assertThat(Quantity.render(Duration.ofMillis(2_000))).isEqualTo("2s");
  }
}
