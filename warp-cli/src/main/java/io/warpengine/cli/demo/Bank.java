package io.warpengine.cli.demo;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.api.WarpTransaction;
import io.warpengine.api.WriteBatch;
import io.warpengine.cli.CliError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Clients that move money between accounts by transactions, and an auditor who adds up all accounts
 * on snapshots meanwhile: the sum never changes.
 */
final class Bank {

  static final int ACCOUNTS = 1_000;
  static final int CLIENTS = 2;
  static final int TRANSFERS = 10_000;

  private static final Bytes PREFIX = Bytes.utf8("account:");
  private static final long BALANCE = 1_000;

  private final WarpDatabase database;

  Bank(WarpDatabase database) {
    this.database = database;
  }

  /**
   * Opens the accounts, lets the clients work, and audits until they have ended.
   *
   * @return number of audits
   * @throws WarpException PROOF_FAILED if an audit finds another sum
   */
  int run() {
    WriteBatch opening = new WriteBatch();
    for (int account = 0; account < ACCOUNTS; account++) {
      opening.put(key(account), money(BALANCE));
    }
    database.writeBatch(opening);
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      SplittableRandom random = new SplittableRandom(client);
      clients.add(CompletableFuture.runAsync(() -> work(random)));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(clients.toArray(CompletableFuture<?>[]::new));
    int audits = 0;
    do {
      try (WarpSnapshot snapshot = database.snapshot()) {
        audit(snapshot);
      }
      audits++;
    } while (!all.isDone());
    all.join();
    audit(database);
    return audits;
  }

  private void work(SplittableRandom random) {
    TransactionOptions options = TransactionOptions.DEFAULT.withDurability(Durability.SYNC);
    List<CompletionStage<Long>> stages = new ArrayList<>();
    for (int i = 0; i < TRANSFERS / CLIENTS; i++) {
      Bytes from = key(random.nextInt(ACCOUNTS));
      Bytes to = key(random.nextInt(ACCOUNTS));
      long amount = random.nextLong(100);
      stages.add(database.async().transact(options, tx -> transfer(tx, from, to, amount)));
    }
    stages.forEach(stage -> stage.toCompletableFuture().join());
  }

  private static long transfer(WarpTransaction tx, Bytes from, Bytes to, long amount) {
    long moved = Math.min(amount, balance(tx, from));
    tx.put(from, money(balance(tx, from) - moved));
    tx.put(to, money(balance(tx, to) + moved));
    return moved;
  }

  private static void audit(WarpReader reader) {
    long sum = 0;
    try (ScanCursor cursor = reader.scan(Scan.prefix(PREFIX))) {
      while (cursor.hasNext()) {
        Entry account = cursor.next();
        sum += Long.parseLong(account.value().toUtf8());
      }
    }
    if (sum != ACCOUNTS * BALANCE) {
      throw new WarpException(
          CliError.PROOF_FAILED,
          "The accounts add up to [" + sum + "] and not to [" + ACCOUNTS * BALANCE + "].",
          "Keep the directory as it is and report this.");
    }
  }

  private static Bytes key(int account) {
    return Bytes.utf8(String.format(Locale.ROOT, "account:%04d", account));
  }

  private static long balance(WarpReader reader, Bytes account) {
    return Long.parseLong(reader.get(account).orElseThrow().toUtf8());
  }

  private static Bytes money(long amount) {
    return Bytes.utf8(Long.toString(amount));
  }
}
