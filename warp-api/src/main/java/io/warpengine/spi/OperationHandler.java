package io.warpengine.spi;

import io.warpengine.api.Tree;

/** Runs an operation. */
public interface OperationHandler {

  /**
   * Runs it once.
   *
   * @param call the arguments, and where rows go
   * @return the result; what it throws reaches the caller
   */
  Tree run(OperationCall call);
}
