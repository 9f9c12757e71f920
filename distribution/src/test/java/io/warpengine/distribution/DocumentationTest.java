package io.warpengine.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.distribution.Distribution.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs what the documents tell readers to type: the blocks marked {@code sh} of each page, one
 * after the other in one shell, in a fresh directory, with {@code bin} on the path.
 */
final class DocumentationTest {

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> theCommandsOfEveryPageRun() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Distribution.home().resolve("README.md")));
    try (Stream<Path> docs = Files.walk(Distribution.home().resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<Path> withCommands = new ArrayList<>();
    for (Path page : pages) {
      if (!script(page).isEmpty()) {
        withCommands.add(page);
      }
    }
    assertThat(withCommands).as("pages with commands").isNotEmpty();
    return withCommands.stream()
        .map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> run(page)));
  }

  private void run(Path page) throws IOException {
    Path fresh =
        Files.createDirectories(directory.resolve(page.getFileName().toString().replace(".", " ")));
    Path script = directory.resolve(page.getFileName() + ".sh");
    Files.writeString(script, "set -eu\n" + script(page));
    Outcome outcome =
        new Distribution(fresh)
            .with("WARP_HOME", Distribution.home().toString())
            .with("HOME", fresh.toString())
            .with("PATH", Distribution.home().resolve("bin") + ":/usr/local/bin:/usr/bin:/bin")
            .command(List.of("sh", "-x", script.toString()));
    assertThat(outcome.code()).as("%s%n%s", outcome.out(), outcome.err()).isZero();
  }

  private static String script(Path page) throws IOException {
    boolean[] inside = new boolean[1];
    return Files.readAllLines(page).stream()
        .filter(line -> {
          if (line.startsWith("```")) {
            inside[0] = line.equals("```sh");
            return false;
          }
          return inside[0];
        })
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
