package io.warpengine.kernel.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiVersionTest {

  @ParameterizedTest
  @CsvSource({
    "0.1.0, 0.1.0, true",
    "0.1.7, 0.1.0, true",
    "0.1, 0.1.0, true",
    "0.1.0-SNAPSHOT, 0.1.0, true",
    "0.2.0, 0.1.0, false",
    "0.0.9, 0.1.0, false",
    "1.1.0, 1.2.0, true",
    "1.2.5, 1.2.0, true",
    "1.3.0, 1.2.0, false",
    "2.0.0, 1.2.0, false",
    "0.9.0, 1.2.0, false",
    "new, 1.2.0, false",
    "1.2.0, new, false",
  })
  void aPluginFitsTheSameMajorUpToTheMinorAndBeforeOneTheSameMinor(
      String plugin, String engine, boolean fits) {
    assertThat(ApiVersion.fits(plugin, engine)).isEqualTo(fits);
  }
}
