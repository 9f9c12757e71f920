package io.warpengine.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionTest {

  @Test
  void distanceCountsInsertionsDeletionsSubstitutionsAndSwaps() {
    assertThat(Suggestion.distance("shards", "shards")).isZero();
    assertThat(Suggestion.distance("shrds", "shards")).isEqualTo(1);
    assertThat(Suggestion.distance("shardss", "shards")).isEqualTo(1);
    assertThat(Suggestion.distance("shirds", "shards")).isEqualTo(1);
    assertThat(Suggestion.distance("hsards", "shards")).isEqualTo(1);
    assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    assertThat(Suggestion.distance("ca", "abc")).isEqualTo(3);
  }

  @Test
  void theNearestNameWinsAndEqualOnesBySpelling() {
    assertThat(Suggestion.nearest("prot", List.of("port", "part", "host"))).contains("port");
    assertThat(Suggestion.nearest("aab", List.of("aaz", "aac"))).contains("aac");
  }

  @Test
  void whatIsTooFarIsNotSuggested() {
    assertThat(Suggestion.nearest("elephant", List.of("port", "host"))).isEmpty();
    assertThat(Suggestion.question("elephant", List.of("port"), "Look it up."))
        .isEqualTo("Look it up.");
    assertThat(Suggestion.question("pot", List.of("port"), "")).isEqualTo("Did you mean [port]?");
  }
}
