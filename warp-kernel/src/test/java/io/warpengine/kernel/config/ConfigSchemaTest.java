package io.warpengine.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConfigSchemaTest {

  private final List<Problem> problems = new ArrayList<>();

  record WithoutSection(@ConfigKey(defaultValue = "1", description = "x") int a) {}

  @ConfigSection("warp.test")
  record Defective(
      @ConfigKey(defaultValue = "many", description = "x") int count,
      @ConfigKey(defaultValue = "5", max = "4", description = "x") int limited,
      @ConfigKey(defaultValue = "1s", min = "soon", description = "x") java.time.Duration pause,
      @ConfigKey(defaultValue = "a", min = "b", description = "x") String text,
      @ConfigKey(defaultValue = "x", description = "x") Map<String, String> map,
      List<String> bare) {}

  @ConfigSection("warp.other")
  record Foreign() {}

  @Test
  void aRecordWithoutSectionIsADefectOfItsPlugin() {
    assertThat(ConfigSchema.of(WithoutSection.class, "test", problems::add)).isEmpty();
    assertThat(problems)
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo(CoreError.CONFIG_RECORD_INVALID);
          assertThat(problem.where()).isEqualTo("test");
          assertThat(problem.what())
              .isEqualTo(
                  "The config record ["
                      + WithoutSection.class.getName()
                      + "] has no annotation [@ConfigSection].");
        });
  }

  @Test
  void allDefectsOfARecordAreNamedAtOnce() {
    assertThat(ConfigSchema.of(Defective.class, "test", problems::add)).isEmpty();
    String prefix = "The config record [" + Defective.class.getName() + "] ";
    assertThat(problems)
        .extracting(Problem::what)
        .containsExactly(
            prefix + "has the default [many] on [count], which is no integer.",
            prefix + "has the default [5] on [limited], which must be at most [4].",
            prefix + "has the min [soon] on [pause], which is no duration.",
            prefix + "has a min on [text], whose type has no order.",
            prefix + "has the type [java.util.Map<java.lang.String, java.lang.String>] on [map].",
            prefix + "has no annotation [@ConfigKey] on [bare].");
  }

  @Test
  void aPluginMayOnlyDeclareItsOwnSection() {
    assertThat(ConfigSchema.of(Foreign.class, "test", problems::add)).isEmpty();
    assertThat(problems)
        .extracting(Problem::what)
        .containsExactly(
            "The config record ["
                + Foreign.class.getName()
                + "] names the section [warp.other] and not [warp.test].");
  }
}
