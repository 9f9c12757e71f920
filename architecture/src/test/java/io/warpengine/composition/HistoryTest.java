package io.warpengine.composition;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteBatch;
import io.warpengine.composition.KeyHistory.Call;
import io.warpengine.composition.KeyHistory.Kind;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Seeds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixteen clients of a real process that is killed again and again. What they were answered is one
 * history for each key, and what a kill leaves is explained by the writes: all that were
 * acknowledged, and of the others those that happened. Transfers between accounts are all or
 * nothing across shards.
 *
 * <p>A read may see a write that is not acknowledged yet and that a kill takes away: so reads are
 * held against the history of one process, and what is left against the writes alone.
 */
@Timeout(3_600)
final class HistoryTest {

  private static final int CLIENTS = 16;
  private static final long SEED = 1;

  /** Those of which a killed process loses nothing that was acknowledged. */
  private static final List<Durability> MODES =
      List.of(Durability.SYNC, Durability.INTERVAL, Durability.OS);

  @TempDir private Path directory;

  private final List<HistoryClient> clients =
      IntStream.range(0, CLIENTS).mapToObj(i -> new HistoryClient(i, SEED)).toList();
  private final SortedMap<String, String> values = new TreeMap<>();

  @Test
  void whatIsLeftByKillsIsExplainedByWhatSixteenClientsWereAnswered() throws Exception {
    Generator choice = new Generator(SEED);
    begin();
    for (int cycle = 1; cycle <= Seeds.times(4); cycle++) {
      Durability mode = MODES.get(cycle % MODES.size());
      int answers = choice.below(3_000);
      serveAndKill(mode, answers);
      check("cycle " + cycle + ", " + mode + ", killed after " + answers + " answers");
    }
    assertThat(clients).as("each client moved something").noneMatch(c -> c.transfers().isEmpty());
  }

  private void begin() {
    try (WarpDatabase database = KilledWriter.open(directory.resolve("data"), false)) {
      WriteBatch batch = new WriteBatch();
      for (int account = 0; account < HistoryClient.ACCOUNTS; account++) {
        batch.put(
            HistoryClient.account(account), Bytes.utf8(String.valueOf(HistoryClient.BALANCE)));
      }
      database.writeBatch(batch);
    }
  }

  private void serveAndKill(Durability mode, int answers) throws Exception {
    CountDownLatch latch = new CountDownLatch(answers);
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    try (ServerSocket port = new ServerSocket(0, CLIENTS, InetAddress.getLoopbackAddress())) {
      Process process = start(mode, port.getLocalPort());
      try {
        for (HistoryClient client : clients) {
          Socket socket = port.accept();
          socket.setTcpNoDelay(true);
          Thread thread = Thread.ofPlatform().unstarted(() -> run(client, socket, latch));
          thread.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
          threads.add(thread);
        }
        threads.forEach(Thread::start);
        assertThat(latch.await(5, TimeUnit.MINUTES)).as("%s answers came", answers).isTrue();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  private static void run(HistoryClient client, Socket socket, CountDownLatch latch) {
    try (socket) {
      client.run(socket, latch);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Process start(Durability mode, int port) throws IOException {
    return KilledProcess.start(
        KilledServer.class,
        List.of(
            String.valueOf(port),
            directory.resolve("data").toString(),
            mode.name(),
            String.valueOf(CLIENTS)));
  }

  /** Reads without changing anything, so that the next server recovers from the kill itself. */
  private void check(String what) {
    try (WarpDatabase database = KilledWriter.open(directory.resolve("data"), true)) {
      for (int key = 0; key < HistoryClient.KEYS; key++) {
        checkKey(database, HistoryClient.key(key), what);
      }
      checkAccounts(database, what);
    }
  }

  private void checkKey(WarpDatabase database, String key, String what) {
    String before = values.getOrDefault(key, KeyHistory.ABSENT);
    String left = read(database, key, KeyHistory.ABSENT);
    List<Call> calls = clients.stream().flatMap(client -> client.calls(key).stream()).toList();
    assertThat(KeyHistory.isLinearizable(before, calls))
        .as("%s: one order explains what [%s] was, from [%s]: %s", what, key, before, calls)
        .isTrue();
    long now = System.nanoTime();
    Call last = new Call(Kind.GET, "", "", left, now, now + 1);
    List<Call> writes =
        Stream.concat(calls.stream().filter(call -> !call.changedNothing()), Stream.of(last))
            .toList();
    assertThat(KeyHistory.isLinearizable(before, writes))
        .as("%s: writes explain that [%s] is [%s], from [%s]: %s", what, key, left, before, writes)
        .isTrue();
    values.put(key, left);
  }

  private void checkAccounts(WarpDatabase database, String what) {
    long[] balances = new long[HistoryClient.ACCOUNTS];
    java.util.Arrays.fill(balances, HistoryClient.BALANCE);
    for (HistoryClient client : clients) {
      int happened = Integer.parseInt(read(database, client.note(), "0"));
      assertThat(happened)
          .as("%s: the last number of %s", what, client.note())
          .isBetween(client.acknowledged(), client.transfers().size());
      for (HistoryClient.Transfer transfer : client.transfers().subList(0, happened)) {
        balances[transfer.from()] -= transfer.amount();
        balances[transfer.to()] += transfer.amount();
      }
      client.goOn(happened);
    }
    for (int account = 0; account < balances.length; account++) {
      assertThat(database.get(HistoryClient.account(account)))
          .as("%s: account %s", what, account)
          .contains(Bytes.utf8(String.valueOf(balances[account])));
    }
  }

  private static String read(WarpDatabase database, String key, String otherwise) {
    return database.get(Bytes.utf8(key)).map(Bytes::toUtf8).orElse(otherwise);
  }
}
