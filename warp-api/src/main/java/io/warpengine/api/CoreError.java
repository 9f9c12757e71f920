package io.warpengine.api;

import static io.warpengine.api.ErrorCategory.CORRUPTION;
import static io.warpengine.api.ErrorCategory.INTERNAL;
import static io.warpengine.api.ErrorCategory.RESOURCE;
import static io.warpengine.api.ErrorCategory.UNAVAILABLE;
import static io.warpengine.api.ErrorCategory.USER;

/**
 * The failures of the engine itself. Ids: W1 requests, W2 configuration, W3 plugins, W4 directory
 * and disk; W5 belongs to journals, W6 to the command line, W7 to typed views, W9 to defects.
 */
public enum CoreError implements ErrorCode {
  /** A key of length zero. */
  KEY_EMPTY("W1001", USER),
  /** A key longer than the limit. */
  KEY_TOO_LONG("W1002", USER),
  /** A value larger than the limit. */
  VALUE_TOO_LARGE("W1003", USER),
  /** A time to live that is not positive or too long to be represented. */
  TTL_INVALID("W1004", USER),
  /**
   * An increment of a value that is not a decimal number, or past the range of a 64-bit integer.
   */
  NOT_A_NUMBER("W1005", USER),
  /** A durability that the chosen journal cannot give. */
  DURABILITY_UNSUPPORTED("W1006", USER),
  /** A write to a database that was opened read-only or has become so. */
  READ_ONLY("W1007", UNAVAILABLE),
  /** A call on a database after its close. */
  CLOSED("W1008", UNAVAILABLE),
  /** A resume token that this scan did not give. */
  TOKEN_INVALID("W1009", USER),
  /** An extension that no loaded plugin provides. */
  EXTENSION_MISSING("W1010", USER),
  /** An operation that no loaded plugin declares. */
  OPERATION_UNKNOWN("W1011", USER),
  /** An argument of an operation that is missing, unknown or of the wrong type. */
  ARGUMENT_INVALID("W1012", USER),
  /** More bytes than the limit in one batch. */
  BATCH_TOO_LARGE("W1013", USER),
  /** The write is in memory and may or may not be durable: the journal failed while it waited. */
  OUTCOME_UNKNOWN("W1014", UNAVAILABLE),
  /** A write that an interceptor refused. */
  WRITE_REFUSED("W1016", USER),
  /** No engine was found on the module path or class path. */
  ENGINE_MISSING("W1017", USER),
  /** A snapshot that ended because of the bounds on what is kept for it. */
  SNAPSHOT_EXPIRED("W1018", RESOURCE),
  /** A transaction that met a conflicting write at every attempt. */
  TRANSACTION_CONFLICT("W1019", UNAVAILABLE),
  /** A name that no space can have. */
  SPACE_NAME_INVALID("W1020", USER),
  /** A space that is not there, in a database that cannot make it. */
  SPACE_MISSING("W1021", USER),
  /** A space that was dropped. */
  SPACE_DROPPED("W1022", USER),
  /** The listener of a watch threw, which ended the watch. */
  WATCH_FAILED("W1030", USER),

  /** A configuration file that cannot be read or parsed. */
  CONFIG_UNREADABLE("W2101", USER),
  /** A key that no record declares. */
  CONFIG_UNKNOWN_KEY("W2104", USER),
  /** A value of the wrong type. */
  CONFIG_WRONG_TYPE("W2105", USER),
  /** A value outside its range. */
  CONFIG_OUT_OF_RANGE("W2106", USER),
  /** A config record that cannot serve as one. */
  CONFIG_RECORD_INVALID("W2107", INTERNAL),
  /** Several problems together; each is listed. */
  CONFIG_INVALID("W2100", USER),

  /** Several plugin problems together; each is listed. */
  PLUGINS_INVALID("W3000", USER),
  /** A plugin named in the configuration, or needed by another, is not there. */
  PLUGIN_MISSING("W3001", USER),
  /** The same plugin or module is there twice. */
  PLUGIN_DUPLICATE("W3002", USER),
  /** A plugin was compiled against an API that this engine does not offer. */
  PLUGIN_API_MISMATCH("W3003", USER),
  /** Plugins require each other in a circle. */
  PLUGIN_CYCLE("W3004", USER),
  /** A jar that cannot be read or describes no plugin. */
  PLUGIN_UNREADABLE("W3005", USER),
  /** A plugin threw while it declared its components. */
  PLUGIN_CONFIGURE_FAILED("W3006", INTERNAL),
  /** A plugin threw while it started. */
  PLUGIN_START_FAILED("W3007", INTERNAL),
  /** A plugin did not start or close, or its background work did not end, in time. */
  PLUGIN_TIMEOUT("W3008", UNAVAILABLE),
  /** Two plugins offer the same port and no key chooses. */
  PORT_AMBIGUOUS("W3009", USER),
  /** A key chooses a port that no plugin offers. */
  PORT_UNKNOWN("W3010", USER),
  /** Existing data belongs to a plugin that is not there. */
  OWNER_MISSING("W3011", USER),
  /** A component's constructor needs something that nobody provides. */
  WIRING_FAILED("W3012", INTERNAL),

  /** A data directory that cannot be read or written. */
  DIRECTORY_UNUSABLE("W4001", USER),
  /** A directory or file of a format newer than this engine knows. */
  FORMAT_TOO_NEW("W4002", USER),
  /** The directory is in use by another process or another database in this process. */
  DIRECTORY_LOCKED("W4003", UNAVAILABLE),
  /** The manifest is damaged. */
  MANIFEST_DAMAGED("W4004", CORRUPTION),
  /** The disk has no room. */
  DISK_FULL("W4005", RESOURCE),
  /** The operating system reported an input or output error. */
  DISK_FAILED("W4006", UNAVAILABLE),
  /** A file that should be there is not. */
  FILE_MISSING("W4007", CORRUPTION),
  /** The directory holds files but no manifest: it is not a database. */
  DIRECTORY_FOREIGN("W4008", USER),

  /** A defect. */
  INTERNAL_ERROR("W9001", INTERNAL);

  private final String id;
  private final ErrorCategory category;

  CoreError(String id, ErrorCategory category) {
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
