package io.warpengine.samples.hello.internal;

import io.warpengine.samples.hello.Hello;
import io.warpengine.spi.Operation;
import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.WarpPlugin;
import java.util.List;

/**
 * The plugin's table of contents. The class is public, has a public constructor without parameters,
 * and is named in {@code module-info.java} for the module path and in {@code META-INF/services} for
 * the class path.
 */
public final class HelloPlugin implements WarpPlugin {

  /** Made by the service loader. */
  public HelloPlugin() {}

  /** The name of the plugin's folder and, after {@code warp.}, of its configuration section. */
  @Override
  public String id() {
    return "hello";
  }

  @Override
  public String summary() {
    return "Greets, counts accesses by kind of key, remembers the last keys written.";
  }

  /**
   * Says what there is; makes nothing, opens nothing, starts nothing. It also runs when {@code warp
   * plugin list} prints the plan.
   */
  @Override
  public void configure(PluginBinder binder) {
    binder.config(HelloConfig.class);
    binder.observer(AccessCounter.class);
    binder.follower(WriteMemory.class);
    binder.extension(Hello.class, HelloService.class);
    binder.operation(
        new Operation(
            "hello greet",
            "Greets, and tells what the plugin has seen.",
            List.of(
                Operation.Argument.optional(
                    "name", Operation.Type.TEXT, "who is greeted", "world")),
            Operation.Mode.ONLINE),
        GreetOperation.class);
  }
}
