package io.warpengine.records;

import static io.warpengine.api.ErrorCategory.CORRUPTION;
import static io.warpengine.api.ErrorCategory.USER;

import io.warpengine.api.ErrorCategory;
import io.warpengine.api.ErrorCode;

/** The failures of typed views, W7001 to W7999. */
public enum RecordsError implements ErrorCode {
  /** A class that cannot be stored as a key or a value; all its problems are listed. */
  TYPE_UNSUITABLE("W7001", USER),
  /** A key or a value that cannot be stored. */
  VALUE_REFUSED("W7002", USER),
  /** Stored bytes that are no key or value of the type. */
  VALUE_UNREADABLE("W7003", CORRUPTION),
  /** A stored record differs from its class by a change that the class does not declare. */
  SHAPE_CHANGED("W7004", USER),
  /** A stored value of a format newer than this module knows. */
  FORMAT_UNKNOWN("W7005", USER),
  /** JSON was asked for and Jackson is not there. */
  JSON_MISSING("W7006", USER),
  /** A stored record that the constructor of its class refuses. */
  CONSTRUCTOR_REFUSED("W7007", USER),
  /** A value that a unique index holds for another record already. */
  UNIQUE_VIOLATED("W7008", USER),
  /** A second index of the same name. */
  INDEX_EXISTS("W7009", USER);

  private final String id;
  private final ErrorCategory category;

  RecordsError(String id, ErrorCategory category) {
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
