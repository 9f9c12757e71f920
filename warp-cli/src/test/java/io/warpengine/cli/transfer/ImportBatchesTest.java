package io.warpengine.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warpengine.api.AsyncWarpDatabase;
import io.warpengine.api.BatchReceipt;
import io.warpengine.api.CoreError;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteOptions;
import io.warpengine.cli.output.Progress;
import io.warpengine.cli.output.Streams;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ImportBatchesTest {

  private static final String LINES =
      """
      {"key":"a","value":1}
      {"key":"b","value":2}
      {"key":"c","value":3}
      {"key":"d","value":4}
      {"key":"e","value":5}
      """;

  @Test
  void aBatchThatFailsLateIsNamedByItsOwnLines() {
    WarpException failed = failing(new WarpException(CoreError.DISK_FULL, "No room.", ""));
    assertThat(failed)
        .hasMessageContaining("in.jsonl:1")
        .hasMessageContaining("of lines 1 to 2, of which nothing was stored.");
  }

  @Test
  void aBatchWhoseOutcomeIsUnknownIsNotCalledLost() {
    WarpException failed = failing(new WarpException(CoreError.OUTCOME_UNKNOWN, "It failed.", ""));
    assertThat(failed)
        .hasMessageContaining("of lines 1 to 2, of which either everything is stored or nothing.");
  }

  @Test
  void aBatchThatFailsWithoutSayingWhyIsNamedByItsFirstLine() {
    assertThat(failing(new IllegalStateException("It broke.")))
        .hasMessageContaining("begins at line 1 of [in.jsonl]")
        .extracting(failed -> failed.code().id())
        .isEqualTo("W6013");
  }

  /** Imports in batches of two lines; the first one fails when the second one is submitted. */
  private static WarpException failing(RuntimeException failure) {
    CompletableFuture<BatchReceipt> first = new CompletableFuture<>();
    CompletableFuture<BatchReceipt> second = new CompletableFuture<>();
    AsyncWarpDatabase async =
        (AsyncWarpDatabase)
            Proxy.newProxyInstance(
                AsyncWarpDatabase.class.getClassLoader(),
                new Class<?>[] {AsyncWarpDatabase.class},
                new InvocationHandler() {
                  private int batches;

                  @Override
                  public Object invoke(Object proxy, Method method, Object[] arguments) {
                    if (batches++ == 0) {
                      return first;
                    }
                    first.completeExceptionally(failure);
                    second.cancel(false);
                    return second;
                  }
                });
    WarpDatabase database =
        (WarpDatabase)
            Proxy.newProxyInstance(
                WarpDatabase.class.getClassLoader(),
                new Class<?>[] {WarpDatabase.class},
                (proxy, method, _) ->
                    switch (method.getName()) {
                      case "async" -> async;
                      case "space" -> proxy;
                      default -> List.of();
                    });
    Importer.Plan plan =
        new Importer.Plan(
            Format.JSONL, "in.jsonl", "in", 2, 1000, false, false, "", WriteOptions.DEFAULT);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Streams streams =
        new Streams(InputStream.nullInputStream(), nowhere, nowhere, Map.of(), Path.of(""));
    try (Progress progress = new Progress(streams, true, "import")) {
      Importer importer = new Importer(database, plan, progress, 0);
      return catchThrowableOfType(
          WarpException.class,
          () -> importer.run(new ByteArrayInputStream(LINES.getBytes(StandardCharsets.UTF_8))));
    }
  }
}
