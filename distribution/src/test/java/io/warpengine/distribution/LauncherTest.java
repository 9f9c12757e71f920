package io.warpengine.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.distribution.Distribution.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How {@code bin/warp} finds a Java, with programs in place of Java that tell how they are called.
 */
final class LauncherTest {

  @TempDir Path directory;

  private Distribution warp;

  @BeforeEach
  void begin() {
    warp =
        new Distribution(directory)
            .without("WARP_JAVA_HOME")
            .with("HOME", directory.toString())
            .with("WARP_JAVA_OPTS", "");
  }

  /** JUnit would warn of links that lead out of its directory. */
  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  /** A Java that names itself, its version and its arguments, and does nothing else. */
  private Path java(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    Path program = home.resolve("bin").resolve("java");
    Files.createDirectories(program.getParent());
    Files.writeString(
        program,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "%s" 2026-01-01' >&2
        else
          echo "this is %s"
          for argument in "$@"; do echo "[$argument]"; done
        fi
        """
            .formatted(version, name));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  @Test
  void theVariableForItGoesBeforeAllElse() throws IOException {
    Outcome outcome =
        warp.with("WARP_JAVA_HOME", java("first java", "25.0.1").toString())
            .with("JAVA_HOME", java("second", "26").toString())
            .done("version");
    assertThat(outcome.out()).startsWith("this is first java\n");
  }

  @Test
  void aVariableThatNamesAnOldOrNoJavaIsAnError() throws IOException {
    warp.with("JAVA_HOME", java("second", "26").toString());
    assertThat(
            warp.with("WARP_JAVA_HOME", java("old", "17.0.2").toString()).fails(1, "version").err())
        .contains("WARP_JAVA_HOME names", "Java 17", "help:");
    assertThat(warp.with("WARP_JAVA_HOME", "/no such place").fails(1, "version").err())
        .contains("WARP_JAVA_HOME names [/no such place]", "help:");
  }

  @Test
  void theUsualVariableComesNextAndAnOldOneIsPassedOver() throws IOException {
    assertThat(warp.with("JAVA_HOME", java("usual", "25").toString()).done("version").out())
        .startsWith("this is usual\n");
    warp.with("JAVA_HOME", java("old", "1.8.0_402").toString())
        .with("PATH", java("path", "27-ea").resolve("bin") + ":/usr/bin:/bin");
    assertThat(warp.done("version").out()).startsWith("this is path\n");
  }

  @Test
  void theVersionIsTakenFromTheFileBesideAJavaIfThereIsOne() throws IOException {
    Path home = java("lying", "17");
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"25.0.3\"\n");
    assertThat(warp.with("JAVA_HOME", home.toString()).done("version").out())
        .startsWith("this is lying\n");
  }

  @Test
  void aLinkOnThePathLeadsToItsJava() throws IOException {
    Path home = java("linked", "25");
    Path bin = Files.createDirectories(directory.resolve("links"));
    Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin").resolve("java"));
    assertThat(warp.with("PATH", bin + ":/usr/bin:/bin").done("version").out())
        .startsWith("this is linked\n");
  }

  @Test
  void theUserInstalledOnesAreSearchedToo() throws IOException {
    java(".sdkman/candidates/java/25.0.1-tem", "25.0.1");
    Outcome outcome =
        warp.with("JAVA_HOME", java("old", "21").toString())
            .with("PATH", tools().toString())
            .command(List.of("/bin/sh", withoutThisMachine().toString(), "version"));
    assertThat(outcome.out()).startsWith("this is .sdkman/candidates/java/25.0.1-tem\n");
  }

  /** A copy that looks into none of the directories in which this machine has its Java. */
  private Path withoutThisMachine() throws IOException {
    Path copy = Files.createDirectories(directory.resolve("copy/bin")).resolve("warp");
    return Files.writeString(
        copy,
        Files.readString(Distribution.program())
            .replace("/usr/lib/jvm/* /opt/java/*", directory + "/none/*")
            .replace("/Library/", directory + "/none/"));
  }

  /** A directory for the PATH with what the program calls, and no Java. */
  private Path tools() throws IOException {
    Path tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : List.of("dirname", "readlink", "sed", "head")) {
      Path there = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          tools.resolve(tool), Files.exists(there) ? there : Path.of("/bin", tool));
    }
    return tools;
  }

  @Test
  void whenNoneIsThereASentenceSaysWhatToDo() throws IOException {
    Outcome outcome =
        warp.with("JAVA_HOME", java("old", "17.0.2").toString())
            .with("PATH", tools().toString())
            .command(List.of("/bin/sh", withoutThisMachine().toString(), "version"));
    assertThat(outcome.code()).as(outcome.out()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("needs Java 25 or later, and none was found")
        .contains("Java 17 in " + directory.resolve("old"))
        .contains("WARP_JAVA_HOME");
  }

  @Test
  void optionsReachTheJvmAndArgumentsStayAsTheyAre() throws IOException {
    Outcome outcome =
        warp.with("WARP_JAVA_HOME", java("j", "25").toString())
            .with("WARP_JAVA_OPTS", "-Xmx1g -Dstar=*")
            .done("put", "a key", "", "*", "$HOME");
    assertThat(outcome.out())
        .contains("[-Xmx1g]\n[-Dstar=*]\n")
        .contains("[--module-path]\n[" + Distribution.home().resolve("lib") + "]\n")
        .endsWith("[put]\n[a key]\n[]\n[*]\n[$HOME]\n");
  }

  @Test
  void shortCommandsStartFastAndLongOnesRunFast() throws IOException {
    warp.with("WARP_JAVA_HOME", java("j", "25").toString());
    assertThat(warp.done("--data", "bench", "get", "k").out()).contains("TieredStopAtLevel=1");
    assertThat(warp.done("-d", "get", "bench").out())
        .doesNotContain("TieredStopAtLevel")
        .contains("UseCompactObjectHeaders", "G1RSetUpdatingPauseTimePercent");
  }

  @Test
  void aCollectorAmongTheOptionsIsTheOnlyOne() throws IOException {
    warp.with("WARP_JAVA_HOME", java("j", "25").toString());
    assertThat(warp.done("get", "k").out()).contains("[-XX:+UseSerialGC]");
    warp.with("WARP_JAVA_OPTS", "-Xmx1g -XX:+UseZGC");
    assertThat(warp.done("get", "k").out()).contains("[-XX:+UseZGC]").doesNotContain("SerialGC");
    assertThat(warp.done("bench").out()).contains("[-XX:+UseZGC]").doesNotContain("-XX:G1");
    warp.with("WARP_JAVA_OPTS", "-XX:+UseNUMA -XX:MaxGCPauseMillis=50");
    assertThat(warp.done("get", "k").out()).contains("[-XX:+UseSerialGC]");
  }

  @Test
  void longWorkTellsG1HowToRefine() throws IOException {
    String refining = "[-XX:G1RSetUpdatingPauseTimePercent=25]";
    warp.with("WARP_JAVA_HOME", java("j", "25").toString());
    assertThat(warp.done("bench").out()).contains(refining);
    warp.with("WARP_JAVA_OPTS", "-XX:+UseG1GC");
    assertThat(warp.done("bench").out()).contains(refining);
    warp.with("WARP_JAVA_HOME", java("later", "26").toString());
    assertThat(warp.done("bench").out()).doesNotContain(refining);
  }

  @Test
  void aCollectorAmongTheOptionsIsTakenByTheJvm() {
    warp.with("WARP_JAVA_HOME", System.getProperty("java.home"));
    for (String collector : List.of("Serial", "Parallel", "G1", "Z")) {
      warp.with("WARP_JAVA_OPTS", "-XX:+Use" + collector + "GC");
      assertThat(warp.done("version").out()).contains("warpengine");
    }
  }

  @Test
  void aLinkToTheProgramWorksFromAnywhere() throws IOException {
    Path link = directory.resolve("link to warp");
    Files.createSymbolicLink(link, Distribution.program());
    Path second = directory.resolve("second");
    Files.createSymbolicLink(second, Path.of("link to warp"));
    Outcome outcome =
        warp.with("WARP_JAVA_HOME", java("j", "25").toString())
            .command(List.of(second.toString(), "version"));
    assertThat(outcome.out()).contains("[" + Distribution.home().resolve("lib") + "]");
  }
}
