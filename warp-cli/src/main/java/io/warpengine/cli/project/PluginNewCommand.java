package io.warpengine.cli.project;

import io.warpengine.api.Tree;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpException;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.line.Option;
import io.warpengine.cli.line.Parameter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes a project for a new plugin: it builds with a JDK alone, and loads. */
public final class PluginNewCommand implements Command {

  /** A command. */
  public PluginNewCommand() {}

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
            "plugin new", "Writes a project for a new plugin, which builds and loads.")
        .parameters(Parameter.required("NAME", "The plugin's id, for example stock-count."))
        .options(
            Option.value(
                "package", "NAME", "", "The Java package; com.example and the id without it."),
            Option.value("into", "DIR", "", "The project's directory; the id without it."));
  }

  @Override
  public ExitCode run(Call call) {
    String id = call.arguments().parameters().getFirst();
    PluginName name =
        new PluginName(
            id, call.arguments().maybe("package").orElseGet(() -> PluginName.packageOf(id)));
    Path home =
        call.home()
            .filter(directory -> Files.isDirectory(template(directory)))
            .orElseThrow(() ->
                new WarpException(
                    CliError.USAGE_INVALID,
                    "The template of a project is in the distribution, which was not found.",
                    "Start the command by bin/warp."));
    Path target = call.path(call.arguments().maybe("into").orElse(id));
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new WarpException(
          CliError.USAGE_INVALID,
          "There is something at [" + target + "] already.",
          "Name another directory with --into, or remove it.");
    }
    List<Path> files = new ProjectTemplate(template(home)).write(name, home, apiVersion(), target);
    call.message("Build it: " + target.resolve("build.sh"));
    call.result(
        Tree.map()
            .with("plugin", name.id())
            .with("directory", target.toString())
            .with("files", Tree.list(files.stream().map(Path::toString).map(Tree::of).toList())));
    return ExitCode.DONE;
  }

  private static Path template(Path home) {
    return home.resolve("sdk").resolve("template");
  }

  /** The API's version; without modules and jars one that no engine takes for its own. */
  private static String apiVersion() {
    return Optional.ofNullable(Warp.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(Warp.class.getPackage().getImplementationVersion()))
        .orElse("0.0.0");
  }
}
