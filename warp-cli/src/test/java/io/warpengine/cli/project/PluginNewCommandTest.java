package io.warpengine.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.cli.Cli;
import io.warpengine.cli.output.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginNewCommandTest {

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void template() throws IOException {
    write("build.sh", "WARP_HOME=/path/to/warp\necho starter WARP_API_VERSION\n");
    write("src/com/example/starter/StarterPlugin.java", "package com.example.starter;\n// Starter");
  }

  @Test
  void everyWordIsReplacedInFilesAndPaths() throws IOException {
    assertThat(warp("plugin", "new", "stock-count")).as("%s", err).isZero();
    Path project = directory.resolve("stock-count");
    assertThat(project.resolve("build.sh")).isExecutable();
    assertThat(Files.readString(project.resolve("build.sh")))
        .startsWith("WARP_HOME=" + home() + "\necho stock-count 0.");
    assertThat(project.resolve("src/com/example/stockcount/StockCountPlugin.java"))
        .hasContent("package com.example.stockcount;\n// StockCount");
  }

  @Test
  void aPackageAndADirectoryCanBeNamed() {
    assertThat(warp("plugin", "new", "x", "--package", "org.starter.y", "--into", "a/b"))
        .as("%s", err)
        .isZero();
    assertThat(directory.resolve("a/b/src/org/starter/y/XPlugin.java"))
        .hasContent("package org.starter.y;\n// X");
  }

  @Test
  void theNameOfACommandIsRefused() {
    for (String name : List.of("scan", "plugin", "help")) {
      assertThat(warp("plugin", "new", name)).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("a command [" + name + "]");
    }
    assertThat(directory.resolve("scan")).doesNotExist();
  }

  @Test
  void whatIsThereAlreadyIsNotTouched() throws IOException {
    Files.writeString(directory.resolve("taken"), "mine");
    assertThat(warp("plugin", "new", "taken")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("already", "--into");
    assertThat(directory.resolve("taken")).hasContent("mine");
  }

  @Test
  void namesThatCannotBeAreRefused() {
    for (String name : List.of("Upper", "9", "a--b", "a_b", "-a")) {
      assertThat(new Cli(streams()).run(List.of("plugin", "new", "--", name))).isEqualTo(2);
    }
    assertThat(warp("plugin", "new", "int")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("com.example.int", "--package");
    assertThat(warp("plugin", "new", "int", "--package", "org.example.ints")).isZero();
  }

  @Test
  void withoutADistributionItSaysHowToStart() {
    Streams alone =
        new Streams(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            directory);
    assertThat(new Cli(alone).run(List.of("plugin", "new", "x"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("bin/warp");
  }

  private int warp(String... line) {
    return new Cli(streams()).run(List.of(line));
  }

  private Streams streams() {
    return new Streams(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("WARP_HOME", home().toString()),
        directory);
  }

  private Path home() {
    return directory.resolve("home");
  }

  private void write(String file, String text) throws IOException {
    Path path = home().resolve("sdk/template").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
