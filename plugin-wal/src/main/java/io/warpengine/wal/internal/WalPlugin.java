package io.warpengine.wal.internal;

import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.WarpPlugin;
import io.warpengine.wal.WalConfig;

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
  }
}
