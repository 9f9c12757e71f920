package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.wal.WalConfig;
import io.warpengine.wal.WriteAheadLog;
import jakarta.inject.Inject;
import java.time.Duration;

/** The extension: what programs can ask of the journal beyond the port. */
final class JournalFacade implements WriteAheadLog {

  private final WalConfig config;
  private final WalJournal journal;

  @Inject
  JournalFacade(WalConfig config, WalJournal journal) {
    this.config = config;
    this.journal = journal;
  }

  @Override
  public Position checkpoint() {
    return open().checkpoints().checkpoint();
  }

  @Override
  public Status status() {
    OpenLog log = open();
    LogWriter writer = log.stream().writer();
    WalState state = log.checkpoints().state();
    return new Status(
        config.durability(),
        config.interval(),
        config.bufferBytes(),
        state.incarnation(),
        log.stream().staged(),
        writer.written(),
        writer.durable(),
        writer.segments().size(),
        state.checkpoint(),
        state.checkpointLsn(),
        Duration.ofNanos(System.nanoTime() - writer.forcing().ended()),
        log.stream().refusal());
  }

  private OpenLog open() {
    OpenLog log = journal.log();
    if (log == null) {
      throw new WarpException(
          CoreError.READ_ONLY,
          "The log is not open for writing.",
          "Open the database for writing, with this log as its journal.");
    }
    return log;
  }
}
