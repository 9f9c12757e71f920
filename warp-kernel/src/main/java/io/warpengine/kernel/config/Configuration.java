package io.warpengine.kernel.config;

import io.warpengine.api.ConfigSetting;
import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The configuration of one database: every key with its value, every record made, and every problem
 * found on the way. A key with a problem has its default.
 */
public final class Configuration {

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, ConfigSetting> settings = new TreeMap<>();
  private final Map<Class<?>, Record> records = new HashMap<>();

  private Configuration() {}

  /**
   * Reads all sources.
   *
   * @param schemas what can be set
   * @param sources where it is set
   * @param unknowable sections about which nothing is known, since their plugin could not be loaded
   * @return the configuration, with its problems
   */
  public static Configuration resolve(
      List<ConfigSchema> schemas, ConfigSources sources, Set<String> unknowable) {
    Configuration configuration = new Configuration();
    Map<String, ConfigField> fields = configuration.fields(schemas);
    Map<String, List<Given>> given =
        new GivenValues(fields, unknowable, configuration.problems::add).read(sources);
    schemas.forEach(schema -> configuration.make(schema, given));
    return configuration;
  }

  /**
   * A record.
   *
   * @param type its class, one of the schemas
   * @param <T> its class
   * @return the record
   */
  public <T extends Record> T record(Class<T> type) {
    return Optional.ofNullable(records.get(type))
        .map(type::cast)
        .orElseThrow(
            () -> new IllegalStateException("There is no record [" + type.getName() + "]."));
  }

  /**
   * The records that could be made.
   *
   * @return by their class
   */
  public Map<Class<?>, Record> records() {
    return Map.copyOf(records);
  }

  /**
   * Every key with its value.
   *
   * @return sorted by key
   */
  public List<ConfigSetting> settings() {
    return List.copyOf(settings.values());
  }

  /**
   * One key.
   *
   * @param key its full name, known
   * @return the key with its value
   */
  public ConfigSetting setting(String key) {
    return Optional.ofNullable(settings.get(key))
        .orElseThrow(() -> new IllegalStateException("There is no key [" + key + "]."));
  }

  /**
   * Everything that is wrong.
   *
   * @return empty if nothing is
   */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  private Map<String, ConfigField> fields(List<ConfigSchema> schemas) {
    Map<String, ConfigField> byVariable = new HashMap<>();
    Map<String, ConfigField> byKey = new TreeMap<>();
    for (ConfigSchema schema : schemas) {
      for (ConfigField field : schema.fields()) {
        ConfigField other = byVariable.put(field.variable(), field);
        if (other != null) {
          problems.add(
              ConfigSchema.invalid(
                  schema.record(),
                  schema.plugin(),
                  "declares the key [" + field.key() + "] beside [" + other.key() + "]"));
        }
        byKey.put(field.key(), field);
      }
    }
    return byKey;
  }

  private void make(ConfigSchema schema, Map<String, List<Given>> givenByKey) {
    List<Object> values = new ArrayList<>();
    List<Given> used = new ArrayList<>();
    int before = problems.size();
    for (ConfigField field : schema.fields()) {
      Object value = field.defaultValue();
      String source = "default";
      List<Given> allGiven = givenByKey.getOrDefault(field.key(), List.of());
      for (Given given : allGiven.reversed()) {
        Optional<Object> checked = check(field, given);
        if (checked.isPresent()) {
          value = checked.get();
          source = given.source();
        }
      }
      allGiven.stream().findFirst().ifPresent(used::add);
      values.add(value);
      settings.put(field.key(), setting(schema, field, value, source));
    }
    if (problems.size() == before) {
      make(schema, values, used);
    }
  }

  private void make(ConfigSchema schema, List<Object> values, List<Given> given) {
    try {
      records.put(schema.record(), schema.instantiate(values));
    } catch (IllegalArgumentException e) {
      String said = String.valueOf(e.getMessage());
      problems.add(
          given.isEmpty()
              ? ConfigSchema.invalid(
                  schema.record(), schema.plugin(), "refuses its own defaults: " + said)
              : new Problem(
                  CoreError.CONFIG_OUT_OF_RANGE,
                  given.size() == 1 ? given.getFirst().where() : "",
                  "The section [" + schema.section() + "] is refused: " + said,
                  ""));
    } catch (IllegalStateException e) {
      problems.add(
          ConfigSchema.invalid(schema.record(), schema.plugin(), String.valueOf(e.getMessage())));
    }
  }

  private Optional<Object> check(ConfigField field, Given given) {
    if (given.namesVariable()) {
      problems.add(
          new Problem(
              CoreError.CONFIG_WRONG_TYPE,
              given.where(),
              "The key [" + field.key() + "] names a variable by [${...}], which is not replaced.",
              "Set the environment variable [" + field.variable() + "] instead."));
      return Optional.empty();
    }
    Optional<Object> value = given.as(field.type());
    if (value.isEmpty()) {
      problems.add(
          new Problem(
              CoreError.CONFIG_WRONG_TYPE,
              given.where(),
              "The key ["
                  + field.key()
                  + "] takes ["
                  + field.type().name()
                  + "], not ["
                  + given.value()
                  + "].",
              field.type().form()));
      return value;
    }
    Optional<String> complaint = field.complaint(value.get());
    complaint.ifPresent(limit ->
        problems.add(
            new Problem(
                CoreError.CONFIG_OUT_OF_RANGE,
                given.where(),
                "The key ["
                    + field.key()
                    + "] "
                    + limit
                    + ", not ["
                    + field.type().render(value.get())
                    + "].",
                "")));
    return complaint.isPresent() ? Optional.empty() : value;
  }

  private static ConfigSetting setting(
      ConfigSchema schema, ConfigField field, Object value, String source) {
    return new ConfigSetting(
        field.key(),
        field.type().name(),
        field.type().render(value),
        field.type().render(field.defaultValue()),
        source,
        field.description(),
        schema.plugin(),
        field.since(),
        false);
  }
}
