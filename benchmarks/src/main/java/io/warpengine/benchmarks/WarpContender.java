package io.warpengine.benchmarks;

import io.warpengine.api.Bytes;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpBuilder;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpTransaction;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** WarpEngine. */
final class WarpContender implements Contender {

  private final WarpDatabase database;
  private final Supplier<String> settings;

  private WarpContender(WarpDatabase database, Supplier<String> settings) {
    this.database = database;
    this.settings = settings;
  }

  /** In memory, without a plugin, as {@code Warp.inMemory()} gives it. */
  static WarpContender inMemory() {
    return new WarpContender(builder().plugins().open(), () -> "");
  }

  /** In memory, with a new snapshot each period, open until the next. */
  static WarpContender withSnapshots(long periodMillis) {
    WarpDatabase database = builder().plugins().set("warp.snapshot.max-bytes", "2GiB").open();
    return new WarpContender(database, SnapshotKeeper.start(database, periodMillis)::words);
  }

  /** In memory, with access rings and three observers, or with neither. */
  static WarpContender inMemory(boolean observed) {
    WarpBuilder builder = builder().set("warp.access.observe", String.valueOf(observed));
    return new WarpContender(
        (observed ? builder.plugins(ThreeObservers.ID) : builder.plugins()).open(),
        () -> observed ? "access rings, three observers" : "no access rings, no observer");
  }

  /** In a directory, with plugin-wal in one of its modes. */
  static WarpContender journaled(Path directory, String durability) {
    return new WarpContender(
        builder().plugins("wal").directory(directory).set("warp.wal.durability", durability).open(),
        () -> "");
  }

  private static WarpBuilder builder() {
    return Warp.builder().environment(Map.of());
  }

  WarpDatabase database() {
    return database;
  }

  @Override
  public String durability() {
    return database.durability().name();
  }

  @Override
  public String settings() {
    return settings.get();
  }

  @Override
  public Client client() {
    return new WarpClient(database);
  }

  /** Keeps some hundred puts outstanding: waiting for each would measure nothing and take long. */
  @Override
  public void load(Work work, int count) {
    CompletableFuture<?>[] window = new CompletableFuture<?>[512];
    try (Client client = client()) {
      for (int index = 0; index < count; index++) {
        int place = index % window.length;
        if (index >= window.length) {
          window[place].join();
        }
        window[place] = client.putAsync(work.key(index), work.value(index)).toCompletableFuture();
      }
    }
    for (CompletableFuture<?> last : window) {
      if (last != null) {
        last.join();
      }
    }
  }

  @Override
  public void close() {
    database.close();
  }

  private static final class WarpClient implements Client {

    private static final TransactionOptions PATIENT =
        TransactionOptions.DEFAULT.withAttempts(Integer.MAX_VALUE);

    private final WarpDatabase database;

    WarpClient(WarpDatabase database) {
      this.database = database;
    }

    @Override
    public int get(byte[] key) {
      Optional<Bytes> value = database.get(bytes(key));
      return value.isPresent() ? value.get().at(0) & 0xff : -1;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      database.put(bytes(key), bytes(value));
    }

    @Override
    public CompletionStage<?> putAsync(byte[] key, byte[] value) {
      return database.async().put(bytes(key), bytes(value));
    }

    @Override
    public void transfer(byte[] from, byte[] to, long amount) {
      database.transact(PATIENT, tx -> move(tx, bytes(from), bytes(to), amount));
    }

    @Override
    public CompletionStage<?> transferAsync(byte[] from, byte[] to, long amount) {
      return database.async().transact(PATIENT, tx -> move(tx, bytes(from), bytes(to), amount));
    }

    private static long move(WarpTransaction tx, Bytes from, Bytes to, long amount) {
      byte[] payer = tx.get(from).orElseThrow().toArray();
      byte[] payee = tx.get(to).orElseThrow().toArray();
      tx.put(from, bytes(Work.withBalance(payer, Work.balance(payer) - amount)));
      tx.put(to, bytes(Work.withBalance(payee, Work.balance(payee) + amount)));
      return amount;
    }

    private static Bytes bytes(byte[] array) {
      return Bytes.wrap(array, 0, array.length);
    }
  }
}
