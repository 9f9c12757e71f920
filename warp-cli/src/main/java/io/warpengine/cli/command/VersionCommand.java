package io.warpengine.cli.command;

import io.warpengine.api.Tree;
import io.warpengine.api.Warp;
import io.warpengine.cli.Call;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** Tells the versions. */
final class VersionCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of("version", "Tells the versions of WarpEngine, Java and the system.");
  }

  @Override
  public ExitCode run(Call call) {
    call.result(
        Tree.map()
            .with("warpengine", of(VersionCommand.class))
            .with("api", of(Warp.class))
            .with("java", Runtime.version().toString())
            .with("vm", System.getProperty("java.vm.name", ""))
            .with(
                "system",
                System.getProperty("os.name", "")
                    + " "
                    + System.getProperty("os.version", "")
                    + " "
                    + System.getProperty("os.arch", "")));
    return ExitCode.DONE;
  }

  /** The version of a class's module, or of its jar where there are no modules. */
  static String of(Class<?> type) {
    return Optional.ofNullable(type.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(type.getPackage().getImplementationVersion()))
        .orElse("unknown");
  }
}
