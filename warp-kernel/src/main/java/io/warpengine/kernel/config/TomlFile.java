package io.warpengine.kernel.config;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/**
 * Reads the settings of a TOML file with the place of each. The only class that knows the parser.
 */
final class TomlFile {

  /**
   * One key of the file.
   *
   * @param path the parts of its full name
   * @param value String, Long, Double, Boolean, a list of them, or anything else that no key takes
   * @param line from 1
   * @param column from 1
   */
  record Entry(List<String> path, Object value, int line, int column) {}

  private TomlFile() {}

  /** Reads all keys in the order of the file; none if the file cannot be read or parsed. */
  static List<Entry> read(Path file, Consumer<Problem> problems) {
    TomlParseResult parsed;
    try {
      parsed = Toml.parse(Files.readString(file));
    } catch (CharacterCodingException e) {
      problems.accept(unreadable(file.toString(), "The configuration file is not UTF-8 text."));
      return List.of();
    } catch (IOException e) {
      problems.accept(
          unreadable(
              file.toString(),
              Files.exists(file)
                  ? "The configuration file cannot be read (" + e + ")."
                  : "The configuration file does not exist."));
      return List.of();
    }
    if (parsed.hasErrors()) {
      for (TomlParseError error : parsed.errors()) {
        TomlPosition at = error.position();
        problems.accept(
            unreadable(
                file + ":" + at.line() + ":" + at.column(),
                "The configuration is not TOML: " + error.getMessage() + "."));
      }
      return List.of();
    }
    return entries(parsed);
  }

  private static List<Entry> entries(TomlParseResult parsed) {
    List<Entry> entries = new ArrayList<>();
    for (List<String> path : parsed.keyPathSet()) {
      Object value = parsed.get(path);
      TomlPosition at = parsed.inputPositionOf(path);
      if (value != null && at != null) {
        entries.add(new Entry(path, plain(value), at.line(), at.column()));
      }
    }
    entries.sort(Comparator.comparingInt(Entry::line).thenComparingInt(Entry::column));
    return entries;
  }

  private static Object plain(Object value) {
    return value instanceof TomlArray array ? array.toList() : value;
  }

  private static Problem unreadable(String where, String what) {
    return new Problem(
        CoreError.CONFIG_UNREADABLE, where, what, "Mend the file or name another one.");
  }
}
