package io.warpengine.samples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the samples as their users do, in a JVM without a single option. */
final class EmbeddedTest {

  private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();

  @TempDir Path directory;

  @Test
  void onTheClassPathItPrintsItsOwnOutputAndNothingElse() throws Exception {
    String path = CLASSES + File.pathSeparator + engine();
    visit("-cp", path, "io.warpengine.samples.embedded.Embedded");
  }

  @Test
  void onTheModulePathItPrintsItsOwnOutputAndNothingElse() throws Exception {
    String path = CLASSES + File.pathSeparator + engine();
    visit(
        "-p", path, "-m", "io.warpengine.samples.embedded/io.warpengine.samples.embedded.Embedded");
  }

  @Test
  void recordsNeedNoOptionAndNoJackson() throws Exception {
    String path = CLASSES + File.pathSeparator + engine();
    assertThat(path).contains("warp-records").doesNotContain("jackson");
    String name = "io.warpengine.samples.embedded.Typed";
    for (int i = 0; i < 2; i++) {
      assertThat(run(directory.resolve("a"), "", "-cp", path, name)).isEqualTo("Europa\nIo\n");
      assertThat(
              run(
                  directory.resolve("b"),
                  "",
                  "-p",
                  path,
                  "-m",
                  "io.warpengine.samples.embedded/" + name))
          .isEqualTo("Europa\nIo\n");
    }
  }

  private void visit(String... program) throws Exception {
    Path data = directory.resolve("data");
    assertThat(run(data, "Ada", program)).isEqualTo("visits:Ada = 1\nWrites wait for SYNC.\n");
    assertThat(run(data, "Grace", program))
        .isEqualTo("visits:Ada = 1\nvisits:Grace = 1\nWrites wait for SYNC.\n");
    assertThat(run(data, "Ada", program))
        .isEqualTo("visits:Ada = 2\nvisits:Grace = 1\nWrites wait for SYNC.\n");
  }

  private String run(Path data, String visitor, String... program) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(program));
    command.add(data.toString());
    command.add(visitor);
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    int status =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start()
            .waitFor();
    assertThat(Files.readString(errors)).as("standard error").isEmpty();
    assertThat(status).as("exit status").isZero();
    return Files.readString(output).replace(System.lineSeparator(), "\n");
  }

  /** The jars that a program adds to have the engine, as the build wrote them down. */
  private static String engine() throws IOException {
    return Files.readString(Path.of("target", "runtime-path.txt")).strip();
  }
}
