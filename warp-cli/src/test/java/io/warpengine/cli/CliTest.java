package io.warpengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.cli.output.Streams;
import io.warpengine.spi.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(InputStream in, OutputStream out, String... line) {
    Streams streams =
        new Streams(
            in,
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            directory);
    return new Cli(streams).run(List.of(line));
  }

  @Test
  void aDefectIsToldAsOne() {
    InputStream defect =
        new InputStream() {
          @Override
          public int read() {
            throw new IllegalStateException("a defect");
          }

          @Override
          public int read(byte[] target, int from, int length) {
            return read();
          }
        };
    OutputStream out = OutputStream.nullOutputStream();
    assertThat(run(defect, out, "put", "k", "-")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("error[W9001]", "a defect")
        .doesNotContain("at io.warpengine");
    assertThat(run(defect, out, "put", "k", "-", "--verbose")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("at io.warpengine");
  }

  @Test
  void inputThatFailsIsTold() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("torn");
          }

          @Override
          public int read(byte[] target, int from, int length) throws IOException {
            return read();
          }
        };
    OutputStream out = OutputStream.nullOutputStream();
    assertThat(run(broken, out, "put", "k", "-")).isEqualTo(1);
    assertThat(run(broken, out, "import", "-")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Standard input cannot be read", "Reading [-] failed at line 0: torn");
  }

  @Test
  void aPluginCannotReplaceACommand() {
    List<String> messages = new ArrayList<>();
    List<String> names =
        Cli.with(
                Stream.of("stats stats", "scan count", "scan all", "help me", "other scan")
                    .map(name -> new Operation(name, "Does it.", List.of(), Operation.Mode.ONLINE))
                    .toList(),
                messages::add)
            .stream()
            .map(command -> command.syntax().name())
            .toList();
    assertThat(names)
        .contains("stats", "scan", "other scan")
        .doesNotContain("stats stats", "scan count", "scan all", "help me");
    assertThat(messages)
        .hasSize(3)
        .contains(
            "The commands of the plugin [scan] are left out: warp itself has a command [scan].");
  }

  @Test
  void outputThatIsRefusedIsTold() {
    assertThat(run(InputStream.nullInputStream(), new Refusing(), "version")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("error[W6008]", "standard output", "help:");
  }

  @Test
  void anExportEndsWhereItsOutputIsRefused() {
    String value = "v".repeat(200_000);
    for (String key : List.of("a", "b", "c", "d")) {
      run(InputStream.nullInputStream(), OutputStream.nullOutputStream(), "put", key, value);
    }
    err.reset();
    Refusing refusing = new Refusing();
    assertThat(run(InputStream.nullInputStream(), refusing, "export")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("error[W6008]")
        .contains("standard output")
        .doesNotContain("records written");
    assertThat(refusing.attempts).isEqualTo(1);
  }

  /** A full device, or a pipe that nobody reads. */
  private static final class Refusing extends OutputStream {
    private int attempts;

    @Override
    public void write(int b) throws IOException {
      attempts++;
      throw new IOException("refused");
    }
  }
}
