package io.warpengine.cli.output;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Directories that a command makes for itself and may remove: they carry a mark. */
public final class Scratch {

  private static final String MARK = "made-by-warp.txt";

  private Scratch() {}

  /**
   * Makes a directory, empty but for the mark. A former one with the mark is removed.
   *
   * @param directory the directory
   * @throws IOException if it cannot be made, or if there is another one without the mark
   */
  public static void make(Path directory) throws IOException {
    if (Files.exists(directory)) {
      if (!Files.exists(directory.resolve(MARK))) {
        throw new FileAlreadyExistsException(directory + " was not made by this command");
      }
      remove(directory);
    }
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve(MARK),
        "This directory was made by bin/warp, which removes it before it makes the next one.\n");
  }

  /**
   * Removes a directory with everything in it.
   *
   * @param directory one that {@link #make} made
   * @throws IOException if a file cannot be removed
   */
  public static void remove(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
