package io.warpengine.kernel.plugins;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Lists the folders of a plugin directory; a jar without a folder counts as a folder of one. */
final class FolderScan {

  /**
   * One folder or lone jar.
   *
   * @param name the folder's name, or the jar's without its ending
   * @param path the folder or jar
   * @param lone whether it is a jar
   * @param jars the jars in it, sorted
   */
  record Found(String name, Path path, boolean lone, List<Path> jars) {}

  private static final String JAR = ".jar";

  private FolderScan() {}

  /** All folders and lone jars, sorted by name. */
  static List<Found> scan(Path directory, Consumer<Problem> problems) {
    if (!Files.isDirectory(directory)) {
      problems.accept(
          new Problem(
              CoreError.PLUGIN_UNREADABLE,
              directory.toString(),
              "The plugin directory does not exist.",
              "Name one that does, or none."));
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    try {
      for (Path path : children(directory)) {
        String name = path.getFileName().toString();
        if (name.startsWith(".")) {
          continue;
        }
        if (Files.isDirectory(path)) {
          found.add(
              new Found(
                  name, path, false, children(path).stream().filter(FolderScan::isJar).toList()));
        } else if (isJar(path)) {
          found.add(
              new Found(
                  name.substring(0, name.length() - JAR.length()), path, true, List.of(path)));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      problems.accept(
          new Problem(
              CoreError.PLUGIN_UNREADABLE,
              directory.toString(),
              "The plugin directory cannot be read (" + e.getMessage() + ").",
              "Give this process the right to read it."));
    }
    return found;
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }

  private static boolean isJar(Path path) {
    return path.getFileName().toString().endsWith(JAR) && !Files.isDirectory(path);
  }
}
