package io.warpengine.wal.internal;

import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.WarpPlugin;
import io.warpengine.wal.WalConfig;
import io.warpengine.wal.WriteAheadLog;

/** Declares the write-ahead log. */
public final class WalPlugin implements WarpPlugin {

  /** Made by the service loader. */
  public WalPlugin() {}

  @Override
  public String id() {
    return "wal";
  }

  @Override
  public String summary() {
    return "A write-ahead log: group commit, checkpoints and recovery.";
  }

  @Override
  public void configure(PluginBinder binder) {
    binder.config(WalConfig.class);
    binder.journal("wal", WalJournal.class);
    binder.extension(WriteAheadLog.class, JournalFacade.class);
    binder.operation(StatusOperation.DECLARED, StatusOperation.class);
    binder.operation(CheckpointOperation.DECLARED, CheckpointOperation.class);
    binder.operation(SegmentsOperation.DECLARED, SegmentsOperation.class);
    binder.operation(DumpOperation.DECLARED, DumpOperation.class);
    binder.operation(VerifyOperation.DECLARED, VerifyOperation.class);
  }
}
