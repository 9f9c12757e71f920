package io.warpengine.composition;

import io.warpengine.api.Bytes;
import io.warpengine.composition.KeyHistory.Call;
import io.warpengine.composition.KeyHistory.Kind;
import io.warpengine.testkit.Generator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** One client of a server that will be killed, with everything that it asked and was answered. */
final class HistoryClient {

  static final int ACCOUNTS = 12;

  /** What each account has at the beginning. */
  static final long BALANCE = 1_000;

  static final int KEYS = 8;

  private static final List<Kind> KINDS =
      List.of(
          Kind.GET,
          Kind.GET,
          Kind.PUT,
          Kind.DELETE,
          Kind.PUT_IF_ABSENT,
          Kind.COMPARE_AND_SET,
          Kind.COMPARE_AND_SET,
          Kind.INCREMENT);

  /** A transfer between two accounts. */
  record Transfer(int from, int to, long amount) {}

  private final int number;
  private final Generator choice;
  private final List<Transfer> transfers = new ArrayList<>();
  private final SortedMap<String, List<Call>> calls = new TreeMap<>();
  private final SortedMap<String, String> lastSeen = new TreeMap<>();
  private int acknowledged;
  private long values;

  HistoryClient(int number, long seed) {
    this.number = number;
    this.choice = new Generator(seed * 1_000 + number);
  }

  static Bytes account(int account) {
    return Bytes.utf8("account/" + account);
  }

  static String key(int key) {
    return "key/" + key;
  }

  /** The key under which the number of this client's last transfer is noted. */
  String note() {
    return "transfer/" + number;
  }

  /** All transfers asked for so far, whether they happened or not. */
  List<Transfer> transfers() {
    return transfers;
  }

  /** How many of them were acknowledged. */
  int acknowledged() {
    return acknowledged;
  }

  /** The calls of a key since the last server began. */
  List<Call> calls(String key) {
    return calls.getOrDefault(key, List.of());
  }

  /** Forgets the calls of the last server, and the transfers that did not happen. */
  void goOn(int happened) {
    calls.clear();
    transfers.subList(happened, transfers.size()).clear();
    acknowledged = happened;
  }

  /** Calls one after the other until no answer comes. */
  void run(Socket socket, CountDownLatch answers) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    while (choice.chance(0.4) ? transfer(socket, reader) : call(socket, reader)) {
      answers.countDown();
    }
  }

  private boolean transfer(Socket socket, BufferedReader reader) {
    int from = choice.below(ACCOUNTS);
    int to = (from + 1 + choice.below(ACCOUNTS - 1)) % ACCOUNTS;
    Transfer transfer = new Transfer(from, to, 1 + choice.below(100));
    transfers.add(transfer);
    Optional<String> answer =
        ask(
            socket,
            reader,
            List.of(
                Kind.TRANSFER.name(),
                note(),
                String.valueOf(from),
                String.valueOf(to),
                String.valueOf(transfer.amount()),
                String.valueOf(transfers.size())));
    answer.ifPresent(text -> {
      if (!text.equals(KeyHistory.DONE)) {
        throw new IllegalStateException(text);
      }
      acknowledged = transfers.size();
    });
    return answer.isPresent();
  }

  private boolean call(Socket socket, BufferedReader reader) {
    String key = key(choice.below(KEYS));
    Kind kind = choice.choose(KINDS);
    String value = String.valueOf(1_000_000L * (number + 1) + 100 * values++);
    String expected = lastSeen.getOrDefault(key, "0");
    List<String> words =
        switch (kind) {
          case GET, DELETE -> List.of(kind.name(), key);
          case COMPARE_AND_SET -> List.of(kind.name(), key, expected, value);
          default -> List.of(kind.name(), key, value);
        };
    long began = System.nanoTime();
    Optional<String> answer = ask(socket, reader, words);
    long ended = answer.isPresent() ? System.nanoTime() : Long.MAX_VALUE;
    String text = answer.orElse(KeyHistory.UNKNOWN);
    calls
        .computeIfAbsent(key, name -> new ArrayList<>())
        .add(new Call(kind, value, expected, text, began, ended));
    if (!text.equals(KeyHistory.ABSENT) && (kind == Kind.GET || kind == Kind.INCREMENT)) {
      lastSeen.put(key, text);
    }
    return answer.isPresent();
  }

  /** The answer; empty if the server was killed before the whole line had come. */
  private static Optional<String> ask(Socket socket, BufferedReader reader, List<String> words) {
    try {
      String line = String.join(" ", words) + "\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      StringBuilder answer = new StringBuilder();
      for (int c = reader.read(); c != '\n'; c = reader.read()) {
        if (c < 0) {
          return Optional.empty();
        }
        answer.append((char) c);
      }
      return Optional.of(answer.toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
