package io.warpengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.cli.output.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  void outputThatNobodyReadsEndsWithOne() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("closed");
          }
        };
    assertThat(run(InputStream.nullInputStream(), closed, "version")).isEqualTo(1);
  }
}
