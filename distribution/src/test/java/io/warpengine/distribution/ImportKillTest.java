package io.warpengine.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.distribution.Distribution.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import whose process is killed with SIGKILL while it stores. */
final class ImportKillTest {

  private static final int RECORDS = 40_000;
  private static final int FED = 25_000;

  @TempDir Path directory;

  private static String key(int number) {
    return String.format("k%06d", number);
  }

  private static String line(int number) {
    return "{\"key\":\"" + key(number) + "\",\"value\":\"" + "v".repeat(50) + number + "\"}\n";
  }

  @Test
  void resumingNeitherLosesNorRepeatsARecord() throws Exception {
    Distribution warp = new Distribution(directory);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      all.append(line(i));
    }
    Files.writeString(directory.resolve("all.jsonl"), all);

    Process process = warp.start("import", "-", "--batch", "100");
    feed(process);
    assertThat(warp.fails(1, "stats", "--json").err()).contains("\"code\":\"W4003\"");
    process.destroyForcibly();
    assertThat(process.waitFor()).isNotZero();

    long kept = warp.done("scan", "--keys", "-q").out().lines().count();
    assertThat(kept).isBetween(100L, (long) FED);
    assertThat(kept % 100).isZero();
    warp.done("put", key(0), "changed since");

    Outcome resumed = resume(warp);
    assertThat(resumed.out()).contains("\"records\":" + RECORDS + ",", "\"resumed\":" + kept + ",");
    String exported = warp.done("export").out();
    assertThat(exported).isEqualTo(all.toString().replaceFirst("\"v+0\"", "\"changed since\""));
    assertThat(warp.done("stats").out()).containsPattern("keys +" + RECORDS + "\n");
  }

  @Test
  void asksToResumeWhatASignalStopped() throws Exception {
    Distribution warp = new Distribution(directory);
    Process process = warp.start("import", "-", "--batch", "100");
    feed(process);
    process.toHandle().destroy();
    assertThat(process.waitFor()).isNotZero();
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("The import of [-] was stopped.", "--resume");
  }

  /**
   * More than the pipe and the reader's buffer can hold: the first lines are being stored when this
   * returns, and the process waits for more.
   */
  private static void feed(Process process) throws IOException {
    OutputStream pipe = process.getOutputStream();
    for (int i = 0; i < FED; i++) {
      pipe.write(line(i).getBytes(StandardCharsets.UTF_8));
    }
    pipe.flush();
  }

  private Outcome resume(Distribution warp) throws IOException {
    return warp.command(
        List.of(
            Distribution.program().toString(), "import", "-", "--batch=100", "--resume", "--json"),
        Files.readString(directory.resolve("all.jsonl")));
  }
}
