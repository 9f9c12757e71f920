package io.warpengine.kernel.config;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Gathers what all sources set, by key, strongest first, and names what nobody reads. */
final class GivenValues {

  /** Variables of the launcher, which are no configuration, whatever key they resemble. */
  private static final Set<String> RESERVED =
      Set.of(
          "WARP_CONFIG",
          "WARP_DATA",
          "WARP_HOME",
          "WARP_JAVA_HOME",
          "WARP_JAVA_OPTS",
          "WARP_LOGBACK",
          "WARP_PLUGINS",
          "WARP_TERMINALS");

  private final Map<String, ConfigField> fields;
  private final Set<String> unknowable;
  private final Set<String> sections = new TreeSet<>();
  private final Consumer<Problem> problems;
  private final Map<String, List<Given>> values = new TreeMap<>();

  /** Values of known keys; nothing is said about sections whose plugin could not be loaded. */
  GivenValues(Map<String, ConfigField> fields, Set<String> unknowable, Consumer<Problem> problems) {
    this.fields = fields;
    this.unknowable = unknowable;
    this.problems = problems;
    fields.keySet().forEach(key -> sections.add(parent(key)));
  }

  /** The values by key; a key that nobody set is absent. */
  Map<String, List<Given>> read(ConfigSources sources) {
    new TreeMap<>(sources.builder())
        .forEach((key, value) ->
            add(key, new Given(value, false, "builder", "builder"), new HashSet<>()));
    variables(sources.environment());
    new TreeMap<>(sources.properties())
        .forEach((key, value) -> {
          if (isMeantForUs(key)) {
            add(key, new Given(value, false, "-D" + key, "property " + key), new HashSet<>());
          }
        });
    sources
        .file()
        .ifPresent(file -> {
          Set<String> reported = new HashSet<>();
          for (TomlFile.Entry entry : TomlFile.read(file, problems)) {
            String line = file + ":" + entry.line();
            add(
                name(entry.path()),
                new Given(entry.value(), true, line + ":" + entry.column(), line),
                reported);
          }
        });
    return values;
  }

  /**
   * Whether a system property sets a key, or was to set one. Properties belong to the whole
   * process, so one that merely begins with {@code warp.} may be somebody else's.
   */
  private boolean isMeantForUs(String property) {
    return fields.containsKey(property)
        || (property.startsWith("warp.")
            && Suggestion.nearest(property, fields.keySet()).isPresent());
  }

  /**
   * Takes what environment variables set. As with properties, one that begins with {@code WARP_} is
   * reported only if it resembles a key: other programs may have set it, such as a cluster that
   * names the address of a service.
   */
  private void variables(Map<String, String> environment) {
    Map<String, String> keys =
        fields.keySet().stream()
            .collect(
                Collectors.toMap(ConfigSources::variable, key -> key, (a, b) -> a, TreeMap::new));
    new TreeMap<>(environment)
        .forEach((variable, value) -> {
          String key = keys.get(variable);
          if (key != null) {
            add(key, new Given(value, false, variable, "environment " + variable), Set.of());
          } else if (variable.startsWith("WARP_")
              && !RESERVED.contains(variable)
              && Suggestion.nearest(variable, keys.keySet()).isPresent()
              && !isUnknowable(variable, ConfigSources::variable, "_")) {
            problems.accept(
                new Problem(
                    CoreError.CONFIG_UNKNOWN_KEY,
                    variable,
                    "No loaded plugin reads the environment variable [" + variable + "].",
                    Suggestion.question(
                        variable,
                        keys.keySet(),
                        "Unset it, or add the jar of the plugin that reads it.")));
          }
        });
  }

  /** Takes one value; of the unknown keys of one unknown section only the first is reported. */
  private void add(String key, Given given, Set<String> reported) {
    if (fields.containsKey(key)) {
      values.computeIfAbsent(key, k -> new ArrayList<>()).add(given);
      return;
    }
    String section = parent(key);
    if (isUnknowable(key, name -> name, ".")) {
      return;
    }
    if (section.isEmpty() || sections.contains(section)) {
      problems.accept(unknownKey(key, section, given));
    } else if (reported.add(section)) {
      problems.accept(unknownSection(key, section, given));
    }
  }

  private boolean isUnknowable(String name, UnaryOperator<String> form, String separator) {
    return unknowable.stream()
        .anyMatch(section -> name.startsWith(form.apply(section) + separator));
  }

  private Problem unknownKey(String key, String section, Given given) {
    String known =
        fields.keySet().stream()
            .filter(other -> parent(other).equals(section))
            .map(other -> other.substring(section.length() + 1))
            .collect(Collectors.joining(", "));
    return new Problem(
        CoreError.CONFIG_UNKNOWN_KEY,
        given.where(),
        "There is no key [" + key + "].",
        Suggestion.question(
            key,
            fields.keySet(),
            section.isEmpty()
                ? "Every key stands in a section such as [warp]."
                : "The keys of [" + section + "] are [" + known + "]."));
  }

  private Problem unknownSection(String key, String section, Given given) {
    return new Problem(
        CoreError.CONFIG_UNKNOWN_KEY,
        given.where(),
        "No loaded plugin reads [" + section + "], where the key [" + key + "] stands.",
        Suggestion.question(
            section, sections, "Remove it, or add the jar of the plugin that reads it."));
  }

  private static String parent(String key) {
    return key.contains(".") && !key.contains("\"") ? key.substring(0, key.lastIndexOf('.')) : "";
  }

  private static String name(List<String> path) {
    return path.stream()
        .map(part -> part.matches("[A-Za-z0-9_-]+") ? part : '"' + part + '"')
        .collect(Collectors.joining("."));
  }
}
