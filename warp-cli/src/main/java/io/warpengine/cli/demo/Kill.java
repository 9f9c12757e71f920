package io.warpengine.cli.demo;

import io.warpengine.api.WarpException;
import io.warpengine.cli.CliError;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a {@link Victim} in a JVM of its own, kills it with SIGKILL in the middle of writing, and
 * keeps what it had been told of until then.
 *
 * @param acknowledged the numbers of the records whose durability was acknowledged
 * @param millis from the start of the process to its end
 */
record Kill(BitSet acknowledged, long millis) {

  private static final int WAIT_SECONDS = 120;

  /**
   * Does it.
   *
   * @param directory the database
   * @param options options of the command line that the child needs too
   * @param after how many acknowledgements to wait for
   * @return what was acknowledged
   */
  static Kill in(Path directory, List<String> options, int after) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-m", "io.warpengine.cli/io.warpengine.cli.Main", "demo-writer"));
    command.addAll(options);
    command.addAll(List.of("--data", directory.toString()));
    BitSet acknowledged = new BitSet();
    long start = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      // If it hangs, its end closes the pipe, and reading ends too.
      Thread watch = Thread.ofPlatform().daemon().name("warp-demo-watch").start(() -> end(process));
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
        read(in, acknowledged, after);
        boolean alive = process.isAlive();
        // By the handle: Process.destroyForcibly would close the pipe with what is still in it.
        process.toHandle().destroyForcibly();
        read(in, acknowledged, Integer.MAX_VALUE);
        process.waitFor();
        watch.interrupt();
        if (!alive || acknowledged.cardinality() < after) {
          throw new WarpException(
              CliError.CHILD_FAILED,
              "The writing process ended by itself with ["
                  + process.exitValue()
                  + "] after ["
                  + acknowledged.cardinality()
                  + "] acknowledgements.",
              "Its own messages are above.");
        }
      }
    } catch (IOException failed) {
      throw new WarpException(
          CliError.CHILD_FAILED,
          "The writing process could not be run: " + failed.getMessage() + ".",
          "",
          failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    return new Kill(acknowledged, (System.nanoTime() - start) / 1_000_000);
  }

  private static void read(DataInputStream in, BitSet acknowledged, int most) throws IOException {
    try {
      for (int i = 0; i < most; i++) {
        acknowledged.set(Math.toIntExact(in.readLong()));
      }
    } catch (EOFException end) {
      // The process is dead; everything that it had told is read.
    }
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        process.toHandle().destroyForcibly();
      }
    } catch (InterruptedException done) {
      // The process has ended in time.
    }
  }
}
