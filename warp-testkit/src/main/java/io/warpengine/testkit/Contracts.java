package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.ErrorCode;
import io.warpengine.api.WarpException;

/** What several contracts assert. */
final class Contracts {

  private Contracts() {}

  /** Asserts that a call fails with a code, and that the message says something to somebody. */
  static void fails(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            WarpException.class,
            failure -> {
              assertThat(failure.code().name()).as(failure.getMessage()).isEqualTo(code.name());
              assertThat(failure.problems())
                  .allSatisfy(problem -> assertThat(problem.what()).isNotBlank());
            });
  }
}
