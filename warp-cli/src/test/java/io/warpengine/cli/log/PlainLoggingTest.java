package io.warpengine.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class PlainLoggingTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream former = System.err;

  @BeforeEach
  void begin() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void end() {
    System.setErr(former);
    System.clearProperty("io.warpengine.cli.verbose");
  }

  private static Logger logger() {
    PlainLogging logging = new PlainLogging();
    logging.initialize();
    assertThat(logging.getMarkerFactory()).isNotNull();
    assertThat(logging.getMDCAdapter()).isNotNull();
    assertThat(logging.getRequestedApiVersion()).startsWith("2.");
    return logging.getLoggerFactory().getLogger("test");
  }

  @Test
  void warningsAndErrorsAreLines() {
    Logger logger = logger();
    logger.trace("no");
    logger.debug("no");
    logger.info("no");
    logger.warn("The disk [{}] is almost full", "a");
    logger.error("It failed", new IOException("broken"));
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "warning: The disk [a] is almost full",
            "error: It failed",
            "  because of: java.io.IOException: broken");
  }

  @Test
  void moreIsToldOnRequest() {
    System.setProperty("io.warpengine.cli.verbose", "true");
    Logger logger = logger();
    logger.debug("no");
    logger.info("Opened");
    logger.error("It failed", new IOException("broken"));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("info: Opened")
        .contains("at io.warpengine.cli.log.PlainLoggingTest")
        .doesNotContain("no\n");
  }
}
