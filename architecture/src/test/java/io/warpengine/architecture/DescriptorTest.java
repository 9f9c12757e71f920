package io.warpengine.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rules that module descriptors state: names, who may require whom, what is exported and to
 * whom it is opened.
 */
final class DescriptorTest {

  private static final Set<String> API_MAY_REQUIRE =
      Set.of("java.base", "jakarta.inject", "org.jspecify");

  @Test
  void eachReleasedModuleHasTheNameOfItsFolder() {
    Map<String, String> wrong = new TreeMap<>();
    descriptors()
        .forEach((folder, descriptor) -> {
          if (!descriptor.name().equals(Modules.expectedName(folder))) {
            wrong.put(folder.getFileName().toString(), descriptor.name());
          }
        });
    assertThat(wrong).as("modules whose name does not follow from their folder").isEmpty();
  }

  @Test
  void theApiRequiresOnlyAnnotations() {
    descriptors().values().stream()
        .filter(descriptor -> descriptor.name().equals("io.warpengine.api"))
        .forEach(descriptor -> assertThat(requires(descriptor)).isSubsetOf(API_MAY_REQUIRE));
  }

  @Test
  void nobodyRequiresTheKernel() {
    assertThat(descriptors().values())
        .allSatisfy(
            descriptor -> assertThat(requires(descriptor)).doesNotContain("io.warpengine.kernel"));
  }

  @Test
  void theKernelExportsNothing() {
    descriptors().values().stream()
        .filter(descriptor -> descriptor.name().equals("io.warpengine.kernel"))
        .forEach(descriptor -> assertThat(descriptor.exports()).isEmpty());
  }

  @Test
  void aPluginRequiresAnotherPluginOnlyStatically() {
    Set<String> plugins = plugins().map(ModuleDescriptor::name).collect(Collectors.toSet());
    assertThat(plugins())
        .allSatisfy(plugin ->
            assertThat(plugin.requires())
                .filteredOn(requires -> plugins.contains(requires.name()))
                .allMatch(requires -> requires.modifiers().contains(Requires.Modifier.STATIC)));
  }

  @Test
  void aPluginExportsNothingInternalAndOpensOnlyToTheKernel() {
    assertThat(plugins())
        .allSatisfy(plugin -> {
          assertThat(plugin.exports()).noneMatch(exports -> exports.source().contains(".internal"));
          assertThat(plugin.isOpen()).isFalse();
          assertThat(plugin.opens())
              .allMatch(opens -> opens.targets().equals(Set.of("io.warpengine.kernel")));
        });
  }

  @Test
  void onTheClassPathTheSameServicesAreFoundAsOnTheModulePath() throws IOException {
    for (Map.Entry<Path, ModuleDescriptor> module : descriptors().entrySet()) {
      Map<String, List<String>> provided = new TreeMap<>();
      module.getValue().provides().forEach(p -> provided.put(p.service(), p.providers()));
      assertThat(services(module.getKey()))
          .as("META-INF/services of [%s] against its module-info", module.getKey().getFileName())
          .isEqualTo(provided);
    }
  }

  private static Map<Path, ModuleDescriptor> descriptors() {
    Map<Path, ModuleDescriptor> found = new TreeMap<>();
    for (Path folder : Modules.released(Modules.root())) {
      Modules.descriptor(folder).ifPresent(descriptor -> found.put(folder, descriptor));
    }
    assertThat(found).as("compiled modules below [%s]", Modules.root()).isNotEmpty();
    return found;
  }

  private static Stream<ModuleDescriptor> plugins() {
    return descriptors().entrySet().stream()
        .filter(entry -> entry.getKey().getFileName().toString().startsWith("plugin-"))
        .map(Map.Entry::getValue);
  }

  private static Set<String> requires(ModuleDescriptor descriptor) {
    return descriptor.requires().stream()
        .map(Requires::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, List<String>> services(Path folder) throws IOException {
    Path directory = Modules.classes(folder).resolve("META-INF").resolve("services");
    Map<String, List<String>> services = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          List<String> lines =
              Files.readAllLines(file).stream()
                  .map(String::strip)
                  .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                  .toList();
          services.put(file.getFileName().toString(), lines);
        }
      }
    }
    return services;
  }
}
