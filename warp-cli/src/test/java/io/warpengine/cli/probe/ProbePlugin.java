package io.warpengine.cli.probe;

import io.warpengine.spi.Operation;
import io.warpengine.spi.Operation.Argument;
import io.warpengine.spi.Operation.Mode;
import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.WarpPlugin;
import java.util.List;

/** Declares one operation of each mode. */
public final class ProbePlugin implements WarpPlugin {

  /** Made by the service loader. */
  public ProbePlugin() {}

  @Override
  public String id() {
    return "probe";
  }

  @Override
  public String summary() {
    return "Operations for tests.";
  }

  @Override
  public void configure(PluginBinder binder) {
    binder.operation(
        new Operation(
            "probe echo",
            "Repeats a text.",
            List.of(
                Argument.required("text", Operation.Type.TEXT, "What to repeat."),
                Argument.optional("times", Operation.Type.INTEGER, "How often.", "1"),
                Argument.optional("factor", Operation.Type.NUMBER, "A number.", "1.5"),
                Argument.optional("loud", Operation.Type.FLAG, "In capitals.", "false"),
                Argument.optional("polite", Operation.Type.FLAG, "With a greeting.", "true"),
                Argument.optional(
                    "json", Operation.Type.TEXT, "Collides with a global option.", "-")),
            Mode.ONLINE),
        Echo.class);
    binder.operation(
        new Operation("probe verify", "Looks for a mark of damage.", List.of(), Mode.OFFLINE),
        ProbeVerify.class);
  }
}
