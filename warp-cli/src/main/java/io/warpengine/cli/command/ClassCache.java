package io.warpengine.cli.command;

import io.warpengine.api.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The cache of loaded classes that {@code warp aot} makes, and whether this JVM uses it. */
final class ClassCache {

  /** Where {@code bin/warp} looks for it, below the distribution. */
  static final String PLACE = "cache/warp.aot";

  private static final String OPTION = "-XX:AOTCache=";

  private final Path file;

  /** The cache of a distribution. */
  ClassCache(Path home) {
    file = home.resolve(PLACE);
  }

  Path file() {
    return file;
  }

  /**
   * Where it is, its state and what to do.
   *
   * @param options what this JVM was started with
   * @param vm what this JVM says of itself, the property {@code java.vm.info}: it says "sharing" as
   *     long as it has not passed over the cache
   */
  Tree report(List<String> options, String vm) {
    Tree report = Tree.map().with("cache", file.toString());
    if (!Files.exists(file)) {
      return report
          .with("state", "absent")
          .with("help", "[warp aot] makes it; short commands then take half the processor time.");
    }
    if (options.stream().noneMatch(option -> option.startsWith(OPTION))) {
      return report
          .with("state", "not tried")
          .with("help", "Start by bin/warp, with the right to read it.");
    }
    if (!vm.contains("sharing")) {
      return report
          .with("state", "unusable")
          .with(
              "help", "It was made for another Java, other jars or options: run [warp aot] again.");
    }
    return report.with("state", "in use").with("help", "");
  }
}
