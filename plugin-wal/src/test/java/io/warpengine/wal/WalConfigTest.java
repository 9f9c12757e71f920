package io.warpengine.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Durability;
import io.warpengine.spi.config.ByteSize;
import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;
import io.warpengine.wal.WalConfig.RecoveryMode;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WalConfigTest {

  @Test
  void theKeysAndTheirDefaultsAreThese() {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (RecordComponent component : WalConfig.class.getRecordComponents()) {
      ConfigKey key = component.getAnnotation(ConfigKey.class);
      assertThat(key.description()).endsWith(".");
      defaults.put(component.getName(), key.defaultValue());
    }
    assertThat(defaults)
        .containsExactly(
            Map.entry("durability", "sync"),
            Map.entry("interval", "200ms"),
            Map.entry("segmentBytes", "64MiB"),
            Map.entry("bufferBytes", "4MiB"),
            Map.entry("checkpointLogBytes", "256MiB"),
            Map.entry("recovery", "strict"));
    assertThat(WalConfig.class.getAnnotation(ConfigSection.class).value()).isEqualTo("warp.wal");
  }

  @Test
  void theDefaultsInCodeAreThoseOfTheKeys() {
    WalConfig config = WalConfig.defaults();
    assertThat(config.durability().name().toLowerCase(Locale.ROOT)).isEqualTo("sync");
    assertThat(config.interval()).isEqualTo(Duration.ofMillis(200));
    assertThat(config.segmentBytes()).hasToString("64MiB");
    assertThat(config.bufferBytes()).hasToString("4MiB");
    assertThat(config.checkpointLogBytes()).hasToString("256MiB");
    assertThat(config.recovery()).isEqualTo(RecoveryMode.STRICT);
  }

  @Test
  void whatTheLogCannotGiveIsRefused() {
    assertThatThrownBy(() -> with(Durability.NONE, 4 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("warp.wal.durability");
    assertThatThrownBy(() -> with(Durability.SYNC, 100_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("warp.wal.buffer-bytes");
  }

  private static WalConfig with(Durability durability, long bufferBytes) {
    WalConfig defaults = WalConfig.defaults();
    return new WalConfig(
        durability,
        defaults.interval(),
        defaults.segmentBytes(),
        new ByteSize(bufferBytes),
        defaults.checkpointLogBytes(),
        defaults.recovery());
  }

  @Test
  void errorCodesAreStable() {
    for (WalError error : WalError.values()) {
      assertThat(error.id()).matches("W500[123]");
      assertThat(error.category()).isEqualTo(io.warpengine.api.ErrorCategory.CORRUPTION);
    }
    assertThat(WalError.LOG_DAMAGED.id()).isEqualTo("W5001");
  }

  @Test
  void theLossWindowOfEachModeIsSaid() {
    for (Durability durability : Durability.values()) {
      WriteAheadLog.Status status =
          new WriteAheadLog.Status(
              durability,
              Duration.ofMillis(250),
              new ByteSize(8 << 20),
              1,
              0,
              0,
              0,
              1,
              0,
              0,
              Duration.ZERO,
              "");
      assertThat(status.lossWindow()).endsWith(".");
      assertThat(status.lossWindow().contains("[250] ms"))
          .isEqualTo(durability == Durability.INTERVAL);
      assertThat(status.lossWindow().contains("[8MiB]")).isEqualTo(durability == Durability.MEMORY);
    }
  }
}
