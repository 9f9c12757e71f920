package io.warpengine.cli;

import io.warpengine.api.CoreError;
import io.warpengine.api.ErrorCategory;
import io.warpengine.api.ErrorCode;
import io.warpengine.api.WarpException;

/**
 * What the process ends with, the one place that maps failures to it. The number 3 is reserved for
 * a server that cannot be reached.
 */
public enum ExitCode {
  /** Everything asked for was done. */
  DONE(0),
  /** It failed. */
  FAILED(1),
  /** The command line cannot be understood. */
  USAGE(2),
  /** There is no such record or space. */
  NOT_FOUND(4),
  /** The configuration is wrong. */
  CONFIGURATION(5),
  /** A plugin is wrong or missing. */
  PLUGIN(6),
  /** Stored data is damaged. */
  DAMAGE(7);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /**
   * The number that the shell sees.
   *
   * @return 0 to 7
   */
  public int number() {
    return number;
  }

  /**
   * The exit code of a failure.
   *
   * @param failure what went wrong
   * @return never {@link #DONE}
   */
  public static ExitCode of(WarpException failure) {
    return of(failure.code());
  }

  /**
   * The exit code of an error code.
   *
   * @param code what kind of failure
   * @return never {@link #DONE}
   */
  public static ExitCode of(ErrorCode code) {
    if (code.category() == ErrorCategory.CORRUPTION) {
      return DAMAGE;
    }
    if (code.id().startsWith("W2")) {
      return CONFIGURATION;
    }
    if (code.id().startsWith("W3")) {
      return PLUGIN;
    }
    return switch (code) {
      case CliError.USAGE_INVALID, CliError.COMMAND_UNKNOWN, CliError.OPTION_UNKNOWN -> USAGE;
      case CoreError.OPERATION_UNKNOWN, CoreError.ARGUMENT_INVALID, CoreError.TOKEN_INVALID ->
          USAGE;
      case CliError.RECORD_NOT_FOUND, CoreError.SPACE_MISSING -> NOT_FOUND;
      default -> FAILED;
    };
  }
}
