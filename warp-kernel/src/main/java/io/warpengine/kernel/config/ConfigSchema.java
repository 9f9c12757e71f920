package io.warpengine.kernel.config;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one record class says about its section.
 *
 * @param record the class
 * @param plugin who declared it: a plugin's id, or {@code kernel}
 * @param section the prefix of its keys
 * @param fields its keys in the order of the components
 */
public record ConfigSchema(
    Class<? extends Record> record, String plugin, String section, List<ConfigField> fields) {

  /** The name under which the kernel declares records. */
  public static final String KERNEL = "kernel";

  /**
   * Reads the annotations of a class.
   *
   * @param type the class
   * @param plugin who declared it
   * @param problems receives what makes the class unusable, as CONFIG_RECORD_INVALID
   * @return the schema; empty if there was a problem
   */
  public static Optional<ConfigSchema> of(
      Class<? extends Record> type, String plugin, Consumer<Problem> problems) {
    List<String> defects = new ArrayList<>();
    ConfigSection annotation = type.getAnnotation(ConfigSection.class);
    List<ConfigField> fields = new ArrayList<>();
    if (annotation == null) {
      defects.add("has no annotation [@ConfigSection]");
    } else {
      checkSection(annotation.value(), plugin).ifPresent(defects::add);
      for (RecordComponent component : type.getRecordComponents()) {
        field(annotation.value(), component, defects).ifPresent(fields::add);
      }
    }
    if (annotation != null && defects.isEmpty()) {
      return Optional.of(new ConfigSchema(type, plugin, annotation.value(), List.copyOf(fields)));
    }
    for (String defect : defects) {
      problems.accept(invalid(type, plugin, defect));
    }
    return Optional.empty();
  }

  /** The problem of a record class that cannot serve as configuration. */
  static Problem invalid(Class<?> type, String plugin, String defect) {
    return new Problem(
        CoreError.CONFIG_RECORD_INVALID,
        plugin,
        "The config record [" + type.getName() + "] " + defect + (defect.endsWith(".") ? "" : "."),
        "This is a defect of [" + plugin + "]: report it to its author.");
  }

  /**
   * Makes the record.
   *
   * @param values one per field
   * @return the record
   * @throws IllegalArgumentException what its constructor says against the values
   */
  Record instantiate(List<Object> values) {
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Object[] arguments = new Object[values.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = fields.get(i).argument(values.get(i));
    }
    try {
      Constructor<? extends Record> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("throws " + e.getCause(), e);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "is not open to the kernel: its module must say [opens "
              + record.getPackageName()
              + " to io.warpengine.kernel]",
          e);
    }
  }

  private static Optional<String> checkSection(String section, String plugin) {
    String own = plugin.equals(KERNEL) ? "warp" : "warp." + plugin;
    return section.equals(own) || section.startsWith(own + ".")
        ? Optional.empty()
        : Optional.of("names the section [" + section + "] and not [" + own + "]");
  }

  private static Optional<ConfigField> field(
      String section, RecordComponent component, List<String> defects) {
    String name = component.getName();
    ConfigKey key = component.getAnnotation(ConfigKey.class);
    if (key == null) {
      defects.add("has no annotation [@ConfigKey] on [" + name + "]");
      return Optional.empty();
    }
    Optional<ConfigType> type = ConfigType.of(component.getGenericType());
    if (type.isEmpty()) {
      defects.add("has the type [" + component.getGenericType() + "] on [" + name + "]");
      return Optional.empty();
    }
    Optional<Object> value = text(type.get(), name, "default", key.defaultValue(), defects);
    Optional<Object> min = limit(type.get(), component, "min", key.min(), defects);
    Optional<Object> max = limit(type.get(), component, "max", key.max(), defects);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    ConfigField field =
        new ConfigField(
            section + "." + dashed(name),
            type.get(),
            component.getType(),
            value.get(),
            min,
            max,
            key.description(),
            key.since());
    field
        .complaint(value.get())
        .ifPresent(complaint ->
            defects.add(
                "has the default ["
                    + key.defaultValue()
                    + "] on ["
                    + name
                    + "], which "
                    + complaint));
    return Optional.of(field);
  }

  private static Optional<Object> limit(
      ConfigType type, RecordComponent component, String what, String text, List<String> defects) {
    boolean lower = what.equals("min");
    if (text.isEmpty()) {
      return component.getType() == int.class
          ? Optional.of((long) (lower ? Integer.MIN_VALUE : Integer.MAX_VALUE))
          : Optional.empty();
    }
    if (!type.isOrdered()) {
      defects.add("has a " + what + " on [" + component.getName() + "], whose type has no order");
      return Optional.empty();
    }
    return text(type, component.getName(), what, text, defects);
  }

  private static Optional<Object> text(
      ConfigType type, String name, String what, String text, List<String> defects) {
    Optional<Object> value = type.fromText(text);
    if (value.isEmpty()) {
      defects.add(
          "has the " + what + " [" + text + "] on [" + name + "], which is no " + type.name());
    }
    return value;
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
