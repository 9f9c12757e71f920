package io.warpengine.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VictimTest {

  @TempDir Path directory;

  /** A pipe whose reader goes away after 8,000 bytes. */
  private static final class Broken extends OutputStream {
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      if (read.size() >= 8000) {
        throw new IOException("nobody reads");
      }
      read.write(b);
    }
  }

  private static String run(WarpDatabase database, OutputStream pipe, long first) {
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    new Victim(database, new PrintStream(messages, true, StandardCharsets.UTF_8))
        .run(new PrintStream(pipe, false, StandardCharsets.UTF_8), first);
    return messages.toString(StandardCharsets.UTF_8);
  }

  @Test
  void onlyWritesThatAreThereAreToldAndItEndsWithItsReader() {
    Broken pipe = new Broken();
    Set<Long> told = new HashSet<>();
    try (WarpDatabase database = Warp.open(directory)) {
      run(database, pipe, 100);
      ByteBuffer numbers = ByteBuffer.wrap(pipe.read.toByteArray());
      while (numbers.remaining() >= Long.BYTES) {
        told.add(numbers.getLong());
      }
      assertThat(told).hasSize(1000).allMatch(number -> number >= 100);
      for (long number : told) {
        assertThat(database.get(KillRecords.key(number))).contains(KillRecords.value(number));
      }
    }
  }

  @Test
  void aWriteThatFailsEndsIt() {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    WarpDatabase database = Warp.open(directory);
    database.close();
    assertThat(run(database, pipe, 0)).contains("a write failed", "W1008");
    assertThat(pipe.size()).isZero();
  }

  @Test
  void eachNumberHasItsOwnValue() {
    assertThat(KillRecords.value(1)).isNotEqualTo(KillRecords.value(2));
    assertThat(KillRecords.value(1)).isEqualTo(KillRecords.value(1));
    assertThat(KillRecords.key(255).toUtf8()).isEqualTo("kill:00000000000000ff");
  }
}
