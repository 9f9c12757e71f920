package io.warpengine.kernel.engine;

import io.warpengine.api.ErrorCategory;
import io.warpengine.api.ErrorCode;

/** Failures of the engine that leave it unusable until it is opened again. */
enum EngineError implements ErrorCode {
  /** A write is in the journal and could not be applied in memory. */
  WRITE_NOT_APPLIED("W9002");

  private final String id;

  EngineError(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.UNAVAILABLE;
  }
}
