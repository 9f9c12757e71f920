package io.warpengine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Warp;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that embeds the kernel with a plugin, in a process of its own and without any flags of
 * the JVM: it works, on the class path and on the module path, and nothing is printed that the
 * program did not print.
 */
final class EmbeddingTest {

  private static final String MAIN =
      """
      public final class Main {
        public static void main(String[] arguments) {
          var builder =
              io.warpengine.api.Warp.builder()
                  .directory(java.nio.file.Path.of(arguments[0]))
                  .configFile(java.nio.file.Path.of(arguments[1]));
          try (var database = builder.open()) {
            database.put(io.warpengine.api.Bytes.utf8("a"), io.warpengine.api.Bytes.utf8("b"));
            System.out.println(
                database.get(io.warpengine.api.Bytes.utf8("a")).orElseThrow().toUtf8()
                    + " " + database.durability()
                    + " " + database.call("alpha say", java.util.Map.of(), row -> {})
                    + " " + builder.plan().plugins().getFirst().source());
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void onTheClassPathItWorksAndIsSilent() throws Exception {
    Path plugin = plugin();
    Path main = application();
    List<String> path = new ArrayList<>(libraries());
    path.add(plugin.toString());
    path.add(main.toString());
    assertThat(run("-cp", String.join(File.pathSeparator, path), "test.app.main.Main"))
        .isEqualTo("b NONE hello class path\n");
  }

  @Test
  void onTheModulePathItWorksAndIsSilent() throws Exception {
    Path plugin = plugin();
    Path main = application();
    List<String> path = new ArrayList<>(libraries());
    path.add(plugin.toString());
    path.add(main.toString());
    assertThat(
            run("-p", String.join(File.pathSeparator, path), "-m", "test.app/test.app.main.Main"))
        .isEqualTo("b NONE hello module path\n");
  }

  private Path application() {
    return PluginSource.module("test.app")
        .type("main", "Main", MAIN)
        .jar(folder.resolve("app.jar"));
  }

  private Path plugin() {
    return PluginSource.plugin(
            "alpha",
            """
            binder.operation(
                new io.warpengine.spi.Operation(
                    "alpha say", "Says it.", java.util.List.of(),
                    io.warpengine.spi.Operation.Mode.ONLINE),
                Say.class);
            """)
        .type(
            "Say",
            """
            final class Say implements io.warpengine.spi.OperationHandler {
              @jakarta.inject.Inject Say(io.warpengine.spi.control.ControlPlane control) {}
              @Override public io.warpengine.api.Tree run(io.warpengine.spi.OperationCall call) {
                return io.warpengine.api.Tree.of("hello");
              }
            }
            """)
        .jar(folder.resolve("alpha.jar"));
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    Path config = Files.writeString(folder.resolve("warp.toml"), "[warp]\nshards = 3\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Stream.of(System.getProperty("coverage.agent", "").split(" "))
        .filter(option -> !option.isBlank())
        .forEach(command::add);
    command.addAll(List.of(arguments));
    command.add(folder.resolve("data").toString());
    command.add(config.toString());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("WARP_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    int code = builder.start().waitFor();
    assertThat(Files.readString(err)).isEmpty();
    assertThat(code).isZero();
    return Files.readString(out);
  }

  /** What an embedder's build would put on the path: the kernel and what it needs, nothing else. */
  private static List<String> libraries() {
    List<String> libraries = new ArrayList<>();
    libraries.add(PluginSource.location(Warp.class).toString());
    libraries.add(PluginSource.location(KernelProvider.class).toString());
    Stream.of("jdk.module.path", "java.class.path", "surefire.test.class.path")
        .map(name -> System.getProperty(name, ""))
        .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
        .filter(entry ->
            Path.of(entry)
                .getFileName()
                .toString()
                .matches(
                    "(guice|guava|failureaccess|jakarta.inject-api|aopalliance|tomlj|slf4j-api)-.*"))
        .distinct()
        .forEach(libraries::add);
    return libraries;
  }
}
