package io.warpengine.cli.project;

import io.warpengine.api.WarpException;
import io.warpengine.cli.CliError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with a project that really builds, of a plugin called {@code starter}; a copy of it
 * under another name is a new project. Words are replaced in the text of the files and in their
 * paths.
 */
final class ProjectTemplate {

  private static final Pattern WORD =
      Pattern.compile(
          "com\\.example\\.starter|com/example/starter|Starter|starter|/path/to/warp"
              + "|WARP_API_VERSION");

  private final Path folder;

  ProjectTemplate(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a project.
   *
   * @param name what it is called
   * @param home the distribution it is for
   * @param api the version of the API it is compiled against
   * @param target a directory that does not exist
   * @return the files written, relative to the target, sorted
   */
  List<Path> write(PluginName name, Path home, String api, Path target) {
    Map<String, String> words =
        Map.of(
            "com.example.starter", name.packageName(),
            "com/example/starter", name.packageName().replace('.', '/'),
            "Starter", name.classPrefix(),
            "starter", name.id(),
            "/path/to/warp", home.toString(),
            "WARP_API_VERSION", api);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> copy(file, words, target))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new WarpException(
          CliError.OUTPUT_UNWRITABLE,
          "The project cannot be written to [" + target + "] (" + e.getMessage() + ").",
          "Look at its rights and at the room on the disk.",
          e);
    }
  }

  private Path copy(Path file, Map<String, String> words, Path target) {
    String path = folder.relativize(file).toString().replace('\\', '/');
    Path relative = Path.of(replaced(path, words));
    Path copy = target.resolve(relative);
    try {
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, replaced(Files.readString(file), words));
      if (path.endsWith(".sh") && !copy.toFile().setExecutable(true)) {
        throw new IOException("the file " + copy + " cannot be made executable");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return relative;
  }

  private static String replaced(String text, Map<String, String> words) {
    return WORD.matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(words.get(match.group())));
  }
}
