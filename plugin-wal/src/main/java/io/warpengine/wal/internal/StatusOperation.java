package io.warpengine.wal.internal;

import io.warpengine.api.Tree;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.wal.WriteAheadLog.Status;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;

/** {@code wal status}: how the log stands. */
final class StatusOperation implements OperationHandler {

  static final Operation DECLARED =
      new Operation(
          "wal status",
          "Shows how far the log is staged, written and durable, and what a crash can lose.",
          List.of(),
          Operation.Mode.ONLINE);

  private final JournalFacade log;

  @Inject
  StatusOperation(JournalFacade log) {
    this.log = log;
  }

  @Override
  public Tree run(OperationCall call) {
    Status status = log.status();
    return Tree.map()
        .with("durability", status.durability().name().toLowerCase(Locale.ROOT))
        .with("loss-window", status.lossWindow())
        .with("incarnation", status.incarnation())
        .with("staged-lsn", status.staged())
        .with("written-lsn", status.written())
        .with("durable-lsn", status.durable())
        .with("segments", status.segments())
        .with("checkpoint", status.checkpoint())
        .with("checkpoint-lsn", status.checkpointLsn())
        .with("since-sync-ms", status.sinceSync().toMillis())
        .with("refusal", status.refusal());
  }
}
