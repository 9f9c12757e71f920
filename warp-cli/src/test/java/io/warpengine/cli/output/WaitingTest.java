package io.warpengine.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WaitingTest {

  private final CountDownLatch written = new CountDownLatch(2);
  private final ByteArrayOutputStream err =
      new ByteArrayOutputStream() {
        @Override
        public void flush() {
          written.countDown();
        }
      };

  private Streams streams(String terminals) {
    PrintStream stream = new PrintStream(err, false, StandardCharsets.UTF_8);
    return new Streams(
        InputStream.nullInputStream(),
        stream,
        stream,
        Map.of("WARP_TERMINALS", terminals),
        Path.of(""));
  }

  @Test
  void theSecondsAreShownUntilTheEndAndWiped() throws InterruptedException {
    try (Waiting waiting = new Waiting(streams("12"), false, "opening", Duration.ofNanos(1))) {
      written.await();
      waiting.wipe();
    }
    String shown = err.toString(StandardCharsets.UTF_8);
    assertThat(shown).startsWith("\r\u001b[2Kopening 0 s\r\u001b[2Kopening ");
    assertThat(shown).endsWith("\r\u001b[2K");
  }

  @Test
  void whereNobodyWatchesOrQuietIsAskedForNothingIsShown() {
    try (Waiting unwatched = new Waiting(streams("1"), false, "opening");
        Waiting quiet = new Waiting(streams("12"), true, "opening");
        Waiting watched = new Waiting(streams("12"), false, "opening", Duration.ofDays(1))) {
      assertThat(unwatched.shows()).isFalse();
      assertThat(quiet.shows()).isFalse();
      assertThat(watched.shows()).isTrue();
    }
    assertThat(err.size()).isZero();
  }

  @Test
  void whatIsOverBeforeTheFirstLineShowsNothing() {
    new Waiting(streams("12"), false, "opening", Duration.ofDays(1)).close();
    assertThat(err.size()).isZero();
  }
}
