package io.warpengine.kernel.disk;

import io.warpengine.api.WarpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that locks a directory, says what came of it, and holds it until its input ends. */
final class LockHolder {

  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    try {
      RealDisk.at(Path.of(arguments[0])).lock("universe.lock");
      say("locked");
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (WarpException e) {
      say(e.getMessage());
    }
  }

  private static void say(String line) throws IOException {
    System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}
