package com.example.starter;

import io.warpengine.spi.Operation;
import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.WarpPlugin;
import java.util.List;

/** What the plugin declares. */
public final class StarterPlugin implements WarpPlugin {

  /** Made by the service loader. */
  public StarterPlugin() {}

  @Override
  public String id() {
    return "starter";
  }

  @Override
  public String summary() {
    return "Counts records.";
  }

  @Override
  public void configure(PluginBinder binder) {
    binder.config(StarterConfig.class);
    binder.operation(
        new Operation(
            "starter count",
            "Counts the records whose key begins with a prefix.",
            List.of(
                Operation.Argument.optional(
                    "prefix", Operation.Type.TEXT, "the beginning of the keys", "")),
            Operation.Mode.ONLINE),
        StarterCount.class);
  }
}
