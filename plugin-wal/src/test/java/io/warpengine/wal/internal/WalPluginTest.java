package io.warpengine.wal.internal;

import io.warpengine.api.Warp;
import io.warpengine.api.WarpBuilder;
import io.warpengine.spi.WarpPlugin;
import io.warpengine.testkit.PluginContract;
import java.util.Map;
import java.util.Set;

/** What holds for every plugin holds for the log; in memory there is none and no extension. */
final class WalPluginTest extends PluginContract {

  @Override
  protected WarpPlugin newPlugin() {
    return new WalPlugin();
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.OPENS_IN_DIRECTORY);
  }

  @Override
  protected WarpBuilder newBuilder() {
    return Warp.builder().environment(Map.of()).plugins("wal");
  }
}
