package io.warpengine.wal.internal;

import io.warpengine.api.Tree;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import jakarta.inject.Inject;
import java.util.List;

/** {@code wal checkpoint}: makes a checkpoint now. */
final class CheckpointOperation implements OperationHandler {

  static final Operation DECLARED =
      new Operation(
          "wal checkpoint",
          "Makes a checkpoint now, so that the log before it is not needed any more.",
          List.of(),
          Operation.Mode.ONLINE);

  private final JournalFacade log;

  @Inject
  CheckpointOperation(JournalFacade log) {
    this.log = log;
  }

  @Override
  public Tree run(OperationCall call) {
    long lsn = log.checkpoint().lsn(0);
    return Tree.map()
        .with("checkpoint", log.status().checkpoint())
        .with("lsn", lsn)
        .with("segments", log.status().segments());
  }
}
