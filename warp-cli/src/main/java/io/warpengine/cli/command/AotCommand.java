package io.warpengine.cli.command;

import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import io.warpengine.cli.output.Scratch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a cache of loaded and linked classes, from which short commands start in about half the
 * time. It holds for this Java and these jars only, so it is made on the spot and never shipped;
 * the JVM passes over one that does not fit.
 */
final class AotCommand implements Command {

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
        "aot", "Makes short commands start faster, by a cache for this Java and these jars.");
  }

  @Override
  public ExitCode run(Call call) {
    Path home =
        call.home()
            .orElseThrow(() ->
                new WarpException(
                    CliError.USAGE_INVALID,
                    "The cache belongs to a distribution, and none was found.",
                    "Start the command by bin/warp."));
    Path cache = new ClassCache(home).file();
    Path scratch = cache.resolveSibling("training");
    Path fresh = cache.resolveSibling("warp.aot.new");
    try {
      Files.createDirectories(cache.getParent());
      Scratch.make(scratch);
      String data = scratch.resolve("universe").toString();
      child(List.of(), "put", "key", "value", "--quiet", "--data", data);
      child(List.of("-XX:AOTCacheOutput=" + fresh), "scan", "--data", data);
      Scratch.remove(scratch);
      Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);
      call.result(Tree.map().with("cache", cache.toString()).with("bytes", Files.size(cache)));
    } catch (IOException failed) {
      throw new WarpException(
          CliError.OUTPUT_UNWRITABLE,
          "The cache [" + cache + "] cannot be made: " + failed.getMessage() + ".",
          "Check that you may write there.",
          failed);
    }
    return ExitCode.DONE;
  }

  /** Runs a command in a JVM like this one and waits for its end. */
  private static void child(List<String> options, String... line) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-XX:AOTCache"))
        .filter(argument -> !argument.startsWith("-javaagent:")) // no cache with an agent
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-m", "io.warpengine.cli/io.warpengine.cli.Main"));
    command.addAll(List.of(line));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = process.onExit().join().exitValue();
    if (code != 0) {
      throw new WarpException(
          CliError.CHILD_FAILED,
          "The command [" + String.join(" ", line) + "] ended with [" + code + "].",
          "Run it by hand to see why.");
    }
  }
}
