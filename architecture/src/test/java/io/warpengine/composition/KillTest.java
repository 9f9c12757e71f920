package io.warpengine.composition;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpDatabase;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Seeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills real processes in the middle of writing. This process keeps what they acknowledged, read
 * from a pipe, and looks for it afterwards. The system property {@code testkit.iterations}
 * multiplies the number of kills.
 */
@Timeout(3_600)
final class KillTest {

  /** The most that a killed process may lose of what was acknowledged as staged. */
  private static final int STAGED = 4 << 20;

  private static final List<Durability> MODES =
      List.of(Durability.SYNC, Durability.INTERVAL, Durability.OS, Durability.MEMORY);

  @TempDir private Path directory;

  private final int[] last = new int[KilledWriter.THREADS];

  @Test
  void killedProcessLosesNothingThatItAcknowledged() throws Exception {
    Generator choice = new Generator(1);
    for (int cycle = 1; cycle <= Seeds.times(20); cycle++) {
      Durability mode = MODES.get(cycle % MODES.size());
      int lines = choice.chance(0.2) ? choice.below(2) : choice.below(1_000);
      String what = "cycle " + cycle + " " + mode + " killed after " + lines + " lines";
      int[] acknowledged = writeAndKill(mode, lines);
      check(mode, acknowledged, what);
    }
    assertThat(last).as("each thread wrote").doesNotContain(0);
  }

  /**
   * Runs a writer until it has sent so many lines, kills it, and reads what is under way. The pipe
   * is a socket: of the pipes of a {@link Process} two threads read while it ends.
   */
  private int[] writeAndKill(Durability mode, int lines) throws IOException, InterruptedException {
    int[] acknowledged = last.clone();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process = start(mode, server.getLocalPort());
      try (Socket socket = server.accept();
          BufferedReader reader =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        int seen = 0;
        for (String line = read(reader); !line.isEmpty(); line = read(reader)) {
          if (++seen == lines + 1) {
            process.destroyForcibly();
          }
          String[] words = line.split(" ", -1);
          if (words.length == 2) {
            acknowledged[Integer.parseInt(words[0])] = Integer.parseInt(words[1]);
          }
        }
        assertThat(seen).as("lines sent before the process ended").isGreaterThan(lines);
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
    return acknowledged;
  }

  /** The next whole line; empty at the end, which a kill makes an abrupt one. */
  private static String read(BufferedReader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    try {
      for (int c = reader.read(); c != '\n'; c = reader.read()) {
        if (c < 0) {
          return "";
        }
        line.append((char) c);
      }
    } catch (SocketException e) {
      return "";
    }
    return line.toString();
  }

  private Process start(Durability mode, int port) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(port));
    arguments.add(directory.resolve("data").toString());
    arguments.add(mode.name());
    for (int number : last) {
      arguments.add(String.valueOf(number));
    }
    return KilledProcess.start(KilledWriter.class, arguments);
  }

  /** Reads without changing anything, so that the next writer recovers from the kill itself. */
  private void check(Durability mode, int[] acknowledged, String what) {
    if (!directory.resolve("data").toFile().exists()) {
      assertThat(acknowledged).as(what).containsOnly(0);
      return;
    }
    try (WarpDatabase database = KilledWriter.open(directory.resolve("data"), true)) {
      long keys = 0;
      for (int thread = 0; thread < KilledWriter.THREADS; thread++) {
        SortedMap<String, String> found = read(database, "thread" + thread + "/");
        keys += found.size();
        checkThread(mode, thread, acknowledged[thread], found, what + ", thread " + thread);
      }
      assertThat(database.stats().keys()).as("%s, keys", what).isEqualTo(keys);
    }
  }

  private void checkThread(
      Durability mode, int thread, int acknowledged, SortedMap<String, String> found, String what) {
    int newest = found.values().stream().mapToInt(KillTest::numberOf).max().orElse(0);
    int least = mode == Durability.MEMORY ? last[thread] : acknowledged;
    // A delete takes the value of the write before it away.
    for (int number = newest; number <= newest + 2; number++) {
      if (number >= least && number <= acknowledged + 1 && state(thread, number).equals(found)) {
        assertThat((acknowledged - number) * 12_000L).as("%s, bytes lost", what).isLessThan(STAGED);
        last[thread] = number;
        return;
      }
    }
    assertThat(newest)
        .as(
            "%s, acknowledged %s, newest value there, or a state that never was",
            what, acknowledged)
        .isEqualTo(acknowledged);
  }

  private static int numberOf(String value) {
    return Integer.parseInt(value.substring(0, value.indexOf(':')));
  }

  private static SortedMap<String, String> state(int thread, int number) {
    SortedMap<String, String> state = new TreeMap<>();
    for (int i = 1; i <= number; i++) {
      KilledWriter.apply(thread, i, state);
    }
    return state;
  }

  private static SortedMap<String, String> read(WarpDatabase database, String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    try (ScanCursor cursor = database.scan(Scan.prefix(Bytes.utf8(prefix)))) {
      cursor.forEachRemaining(entry -> found.put(entry.key().toUtf8(), entry.value().toUtf8()));
    }
    return found;
  }
}
