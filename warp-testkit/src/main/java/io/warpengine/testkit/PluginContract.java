package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.PluginInfo;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpBuilder;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpPlan;
import io.warpengine.spi.Operation;
import io.warpengine.spi.WarpPlugin;
import io.warpengine.spi.config.ByteSize;
import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every plugin keeps: form of its declarations, descriptor and services file, and that a
 * database opens with it. Extend it in the plugin's own tests, with the engine ({@code
 * io.warpengine:warp-kernel}) on the test path at run time.
 */
public abstract class PluginContract {

  /** What can be tried with a plugin. */
  public enum Capability {
    /** A database in memory opens with it. */
    OPENS_IN_MEMORY,
    /** A database in a directory opens with it. */
    OPENS_IN_DIRECTORY
  }

  /** For subclasses. */
  protected PluginContract() {}

  /**
   * Makes the plugin as the service loader does.
   *
   * @return a new one
   */
  protected abstract WarpPlugin newPlugin();

  /**
   * What can be tried.
   *
   * @return everything unless overridden
   */
  protected Set<Capability> capabilities() {
    return Set.of(Capability.values());
  }

  /**
   * Begins a database.
   *
   * @return what {@link Warp#builder()} gives, unless overridden
   */
  protected WarpBuilder newBuilder() {
    return Warp.builder();
  }

  private Declarations declared() {
    Declarations declarations = new Declarations();
    newPlugin().configure(declarations);
    return declarations;
  }

  /** The plugin's jar or directory of classes. */
  private ModuleReference module() {
    try {
      Path place =
          Path.of(
              newPlugin().getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
      Set<ModuleReference> modules = ModuleFinder.of(place).findAll();
      assertThat(modules).as("modules in [%s]", place).hasSize(1);
      return modules.iterator().next();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<String> resource(String name) throws IOException {
    try (ModuleReader reader = module().open()) {
      Optional<InputStream> stream = reader.open(name);
      if (stream.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream in = stream.get()) {
        return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void idAndSummaryHaveTheirForm() {
    WarpPlugin plugin = newPlugin();
    assertThat(plugin.id()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*").isEqualTo(newPlugin().id());
    assertThat(plugin.summary()).isNotBlank().endsWith(".").doesNotContain("\n");
  }

  @Test
  void pluginIsAPublicClassWithAPublicConstructor() throws Exception {
    Class<?> type = newPlugin().getClass();
    assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
    assertThat(Modifier.isPublic(type.getDeclaredConstructor().getModifiers())).isTrue();
  }

  @Test
  void configuringAgainDeclaresTheSame() {
    WarpPlugin plugin = newPlugin();
    Declarations first = new Declarations();
    Declarations second = new Declarations();
    plugin.configure(first);
    plugin.configure(second);
    assertThat(second.lines()).isEqualTo(first.lines()).isEqualTo(declared().lines());
    assertThat(first.lines()).as("a plugin declares something").isNotEmpty();
  }

  @Test
  void declaredClassesCanBeMade() {
    for (Class<?> type : declared().implementations()) {
      assertThat(Modifier.isAbstract(type.getModifiers())).as("%s is abstract", type).isFalse();
      long injected = 0;
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        injected += constructor.isAnnotationPresent(Inject.class) ? 1 : 0;
      }
      assertThat(injected).as("constructors of %s with @Inject", type).isEqualTo(1);
    }
  }

  @Test
  void extensionsAreInterfacesInExportedPackages() {
    for (Class<?> api : declared().extensions()) {
      assertThat(api.isInterface()).as("%s is an interface", api).isTrue();
      assertThat(Modifier.isPublic(api.getModifiers())).as("%s is public", api).isTrue();
      assertThat(module().descriptor().exports())
          .as("exported packages")
          .anyMatch(exports -> exports.source().equals(api.getPackageName()));
    }
  }

  @Test
  void moduleAndServicesFileNameThePlugin() throws Exception {
    String name = newPlugin().getClass().getName();
    assertThat(module().descriptor().provides())
        .filteredOn(provides -> provides.service().equals(WarpPlugin.class.getName()))
        .singleElement()
        .satisfies(provides -> assertThat(provides.providers()).containsExactly(name));
    Optional<String> services = resource("META-INF/services/" + WarpPlugin.class.getName());
    assertThat(services).as("META-INF/services").isPresent();
    List<String> lines =
        services.orElse("").lines().map(line -> line.replaceAll("#.*", "").trim()).toList();
    assertThat(lines.stream().filter(line -> !line.isEmpty())).containsExactly(name);
  }

  @Test
  void jarNamesTheApiItWasCompiledAgainst() throws Exception {
    Optional<String> manifest = resource("META-INF/MANIFEST.MF");
    if (manifest.isPresent()) {
      byte[] bytes = manifest.get().getBytes(StandardCharsets.UTF_8);
      String version =
          new Manifest(new ByteArrayInputStream(bytes))
              .getMainAttributes()
              .getValue("Warp-Api-Version");
      assertThat(version).as("attribute Warp-Api-Version").matches("\\d+\\.\\d+\\.\\d+.*");
    }
  }

  @Test
  void everyConfigKeyIsDescribedAndHasADefaultThatParses() {
    String id = newPlugin().id();
    for (Class<? extends Record> type : declared().configs()) {
      ConfigSection section = type.getAnnotation(ConfigSection.class);
      assertThat(section).as("@ConfigSection of %s", type).isNotNull();
      assertThat(section.value()).matches("warp\\." + id + "(\\.[a-z][a-z0-9-]*)*");
      for (RecordComponent component : type.getRecordComponents()) {
        ConfigKey key = component.getAnnotation(ConfigKey.class);
        assertThat(key).as("@ConfigKey of %s", component).isNotNull();
        assertThat(key.description()).as("description of %s", component).endsWith(".");
        assertThat(key.since()).as("since of %s", component).isNotBlank();
        for (String text : List.of(key.defaultValue(), key.min(), key.max())) {
          boolean absent = text.isEmpty() && !text.equals(key.defaultValue());
          assertThat(absent || isValue(text, component.getType()))
              .as("[%s] as a value of %s", text, component)
              .isTrue();
        }
      }
    }
  }

  private static boolean isValue(String text, Class<?> type) {
    if (type == String.class || type == Path.class || type == List.class) {
      return true;
    }
    if (type == boolean.class) {
      return text.matches("true|false");
    }
    if (type == double.class) {
      return text.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
    }
    if (type == int.class || type == long.class) {
      return text.matches("-?[\\d_]{1,24}");
    }
    if (type == Duration.class) {
      return text.matches("\\d{1,18}(ns|us|ms|s|m|h|d)");
    }
    if (type == ByteSize.class) {
      return text.matches("\\d{1,18}(KiB|MiB|GiB)?");
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name())
          .anyMatch(name -> name.replace('_', '-').equalsIgnoreCase(text));
    }
    return false;
  }

  @Test
  void everyOperationIsDocumented() {
    String id = newPlugin().id();
    Set<String> names = new HashSet<>();
    for (Operation operation : declared().operations()) {
      String name = operation.name();
      assertThat(name).matches("[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)*");
      assertThat(name.split(" ", 2)[0]).as("first word of [%s]", name).isEqualTo(id);
      assertThat(names.add(name)).as("[%s] is declared once", name).isTrue();
      assertThat(operation.summary()).as("summary of [%s]", name).endsWith(".");
      boolean optional = false;
      Set<String> arguments = new HashSet<>();
      for (Operation.Argument argument : operation.arguments()) {
        assertThat(argument.name()).as("argument of [%s]", name).matches("[a-z][a-z0-9-]*");
        assertThat(arguments.add(argument.name())).as("[%s] is there once", argument).isTrue();
        assertThat(argument.summary()).as("summary of [%s]", argument).isNotBlank();
        assertThat(optional && argument.defaultValue().isEmpty())
            .as("[%s] must be given but comes after one that need not", argument)
            .isFalse();
        optional |= argument.defaultValue().isPresent();
        argument
            .defaultValue()
            .ifPresent(text ->
                assertThat(isValue(text, typeOf(argument)))
                    .as("[%s] as a value of [%s]", text, argument)
                    .isTrue());
      }
    }
  }

  private static Class<?> typeOf(Operation.Argument argument) {
    return switch (argument.type()) {
      case TEXT -> String.class;
      case INTEGER -> long.class;
      case NUMBER -> double.class;
      case FLAG -> boolean.class;
    };
  }

  @Test
  void databaseInMemoryOpensWithIt() {
    if (capabilities().contains(Capability.OPENS_IN_MEMORY)) {
      opens(newBuilder());
    }
  }

  @Test
  void databaseInADirectoryOpensWithIt(@TempDir Path directory) {
    if (capabilities().contains(Capability.OPENS_IN_DIRECTORY)) {
      opens(newBuilder().directory(directory.resolve("data")));
      opens(newBuilder().directory(directory.resolve("data")));
    }
  }

  private void opens(WarpBuilder builder) {
    String id = newPlugin().id();
    WarpPlan plan = builder.plugins(id).plan();
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.plugins()).extracting(PluginInfo::id).containsExactly(id);
    assertThat(plan.operations()).containsAll(declared().operations());
    try (WarpDatabase database = builder.open()) {
      for (Class<?> api : declared().extensions()) {
        assertThat(database.findExtension(api)).as("extension %s", api).isPresent();
      }
      assertThat(database.operations())
          .containsAll(
              declared().operations().stream()
                  .filter(operation -> operation.mode() == Operation.Mode.ONLINE)
                  .toList());
    }
  }
}
