package io.warpengine.samples.hello.internal;

import io.warpengine.api.Warp;
import io.warpengine.api.WarpBuilder;
import io.warpengine.spi.WarpPlugin;
import io.warpengine.testkit.PluginContract;
import java.util.Map;

/** What holds for every plugin holds for this one. */
final class HelloContractTest extends PluginContract {

  @Override
  protected WarpPlugin newPlugin() {
    return new HelloPlugin();
  }

  @Override
  protected WarpBuilder newBuilder() {
    return Warp.builder().environment(Map.of()).plugins("hello");
  }
}
