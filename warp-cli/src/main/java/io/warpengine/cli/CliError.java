package io.warpengine.cli;

import static io.warpengine.api.ErrorCategory.CORRUPTION;
import static io.warpengine.api.ErrorCategory.INTERNAL;
import static io.warpengine.api.ErrorCategory.UNAVAILABLE;
import static io.warpengine.api.ErrorCategory.USER;

import io.warpengine.api.ErrorCategory;
import io.warpengine.api.ErrorCode;

/** The failures of the command line itself, W6001 to W6999. */
public enum CliError implements ErrorCode {
  /** Arguments that do not fit the command. */
  USAGE_INVALID("W6001", USER),
  /** A command that neither the command line nor a plugin declares. */
  COMMAND_UNKNOWN("W6002", USER),
  /** An option that the command does not have. */
  OPTION_UNKNOWN("W6003", USER),
  /** No record has the key. */
  RECORD_NOT_FOUND("W6004", USER),
  /** A file of records that cannot be read. */
  INPUT_UNREADABLE("W6005", USER),
  /** A line of a file of records that is no record. */
  LINE_INVALID("W6006", USER),
  /** The file differs from the one whose import is to be resumed. */
  INPUT_CHANGED("W6007", USER),
  /** A file or stream that cannot be written. */
  OUTPUT_UNWRITABLE("W6008", UNAVAILABLE),
  /** There is no database in the directory. */
  DATABASE_MISSING("W6009", USER),
  /** An acknowledged write is missing after recovery. */
  PROOF_FAILED("W6010", CORRUPTION),
  /** Stored records disagree with what the database says of itself. */
  RECORDS_DISAGREE("W6011", CORRUPTION),
  /** A child process did not do what it was started for. */
  CHILD_FAILED("W6012", INTERNAL),
  /** A batch of an import that failed without saying why. */
  RECORD_REFUSED("W6013", USER),
  /** A record has the key already, and was not to be replaced. */
  RECORD_EXISTS("W6014", USER);

  private final String id;
  private final ErrorCategory category;

  CliError(String id, ErrorCategory category) {
    this.id = id;
    this.category = category;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
