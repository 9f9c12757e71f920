package io.warpengine.composition;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.api.WriteOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that does what its clients ask until it is killed: each client has a connection and a
 * thread here, sends one line for each call, and gets one line back.
 */
final class KilledServer {

  private final WarpDatabase database;
  private final WriteOptions options;
  private final Durability durability;

  private KilledServer(WarpDatabase database, Durability durability) {
    this.database = database;
    this.durability = durability;
    options = WriteOptions.durability(durability);
  }

  /**
   * Serves.
   *
   * @param args port to connect to, directory, durability, number of clients
   * @throws IOException if the port does not answer
   */
  public static void main(String[] args) throws IOException {
    WarpDatabase database = KilledWriter.open(Path.of(args[1]), false);
    KilledServer server = new KilledServer(database, Durability.valueOf(args[2]));
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
      socket.setTcpNoDelay(true);
      Thread.ofPlatform().start(() -> server.serve(socket));
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String answer = answer(line.split(" ", -1)) + "\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String answer(String[] words) {
    try {
      Bytes key = Bytes.utf8(words[1]);
      return switch (KeyHistory.Kind.valueOf(words[0])) {
        case GET -> database.get(key).map(Bytes::toUtf8).orElse(KeyHistory.ABSENT);
        case PUT -> {
          database.put(key, Bytes.utf8(words[2]), options);
          yield KeyHistory.DONE;
        }
        case DELETE -> done(database.delete(key, options));
        case PUT_IF_ABSENT -> done(database.putIfAbsent(key, Bytes.utf8(words[2]), options));
        case COMPARE_AND_SET ->
            done(database.compareAndSet(key, Bytes.utf8(words[2]), Bytes.utf8(words[3]), options));
        case INCREMENT ->
            String.valueOf(database.increment(key, Long.parseLong(words[2]), options).value());
        case TRANSFER -> {
          transfer(
              key,
              Integer.parseInt(words[2]),
              Integer.parseInt(words[3]),
              Long.parseLong(words[4]),
              Bytes.utf8(words[5]));
          yield KeyHistory.DONE;
        }
      };
    } catch (RuntimeException e) {
      return "failed: " + e.toString().replace('\n', ' ');
    }
  }

  private static String done(Optional<?> receipt) {
    return receipt.isPresent() ? KeyHistory.DONE : KeyHistory.REFUSED;
  }

  /**
   * Moves an amount, and notes the number of the transfer, in one transaction over several shards;
   * a snapshot now and then must show the same sum.
   */
  private void transfer(Bytes note, int from, int to, long amount, Bytes number) {
    database.transact(
        TransactionOptions.DEFAULT.withDurability(durability).withAttempts(Integer.MAX_VALUE),
        tx -> {
          long left = balance(tx, from) - amount;
          tx.put(HistoryClient.account(from), Bytes.utf8(String.valueOf(left)));
          long more = balance(tx, to) + amount;
          tx.put(HistoryClient.account(to), Bytes.utf8(String.valueOf(more)));
          tx.put(note, number);
          return left;
        });
    try (WarpSnapshot snapshot = database.snapshot()) {
      long sum = 0;
      for (int account = 0; account < HistoryClient.ACCOUNTS; account++) {
        sum += balance(snapshot, account);
      }
      if (sum != HistoryClient.ACCOUNTS * HistoryClient.BALANCE) {
        throw new IllegalStateException("The accounts add up to [" + sum + "].");
      }
    }
  }

  private static long balance(WarpReader reader, int account) {
    return Long.parseLong(reader.get(HistoryClient.account(account)).orElseThrow().toUtf8());
  }
}
