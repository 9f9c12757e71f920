package io.warpengine.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The one exception of the database: unchecked, with a stable code, and with every problem of its
 * kind at once.
 *
 * <p>Whatever throws it has changed nothing, unless the code is {@link CoreError#OUTCOME_UNKNOWN}.
 */
public final class WarpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final transient List<Problem> problems;

  /**
   * One problem.
   *
   * @param code what kind of failure
   * @param what a sentence that says what is wrong and where
   * @param help a sentence that says the next step; empty if there is none
   */
  public WarpException(ErrorCode code, String what, String help) {
    this(code, List.of(new Problem(code, "", what, help)));
  }

  /**
   * One problem with a cause.
   *
   * @param code what kind of failure
   * @param what a sentence that says what is wrong and where
   * @param help a sentence that says the next step; empty if there is none
   * @param cause what brought it about
   */
  public WarpException(ErrorCode code, String what, String help, Throwable cause) {
    this(code, what, help);
    initCause(cause);
  }

  /**
   * All problems of a kind together.
   *
   * @param code what they are together
   * @param problems at least one
   */
  public WarpException(ErrorCode code, List<Problem> problems) {
    super(
        problems.stream()
            .map(Problem::toString)
            .collect(Collectors.joining(System.lineSeparator())));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("An exception needs at least one problem.");
    }
    this.code = code;
    this.problems = List.copyOf(problems);
  }

  /**
   * What kind of failure.
   *
   * @return the stable code
   */
  public ErrorCode code() {
    return code;
  }

  /**
   * Everything that is wrong.
   *
   * @return one or more problems
   */
  public List<Problem> problems() {
    return problems;
  }
}
