package io.warpengine.wal;

import static io.warpengine.api.ErrorCategory.CORRUPTION;

import io.warpengine.api.ErrorCategory;
import io.warpengine.api.ErrorCode;

/** The failures of the log. */
public enum WalError implements ErrorCode {
  /** Log bytes that were durable are missing or not what was written. */
  LOG_DAMAGED("W5001", CORRUPTION),
  /** A checkpoint's file is missing or not what was written. */
  CHECKPOINT_DAMAGED("W5002", CORRUPTION),
  /** The log's section of the manifest is missing or contradicts itself. */
  STATE_DAMAGED("W5003", CORRUPTION);

  private final String id;
  private final ErrorCategory category;

  WalError(String id, ErrorCategory category) {
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
