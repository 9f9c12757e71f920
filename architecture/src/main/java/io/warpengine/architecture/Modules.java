package io.warpengine.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The modules of the project as the build left them: folders, compiled classes and module
 * descriptors.
 */
final class Modules {

  private Modules() {}

  /** The root of the project, from the system property {@code project.root}. */
  static Path root() {
    return Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();
  }

  /**
   * Folders of the modules that are released: {@code warp-*} and {@code plugin-*}, in order of
   * name.
   */
  static List<Path> released(Path root) {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .filter(folder -> folder.getFileName().toString().matches("(warp|plugin)-.*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the compiler put a module's classes. */
  static Path classes(Path folder) {
    return folder.resolve("target").resolve("classes");
  }

  /** The descriptor of a compiled module, or nothing if the module has no sources yet. */
  static Optional<ModuleDescriptor> descriptor(Path folder) {
    Path file = classes(folder).resolve("module-info.class");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(ModuleDescriptor.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JPMS name that a folder's module must have. */
  static String expectedName(Path folder) {
    return "io.warpengine."
        + folder.getFileName().toString().replaceFirst("^(warp|plugin)-", "").replace('-', '.');
  }
}
