package io.warpengine.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore. */
final class MvStoreContender implements Contender {

  private final MVStore store;
  private final MVMap<byte[], byte[]> map;
  private final Optional<TransactionStore> transactions;
  private final boolean sync;

  MvStoreContender(Path directory, String mode) {
    sync = mode.endsWith("sync");
    store =
        new MVStore.Builder()
            .fileName(directory.resolve("data.mv").toString())
            .cacheSize(1024)
            .open();
    transactions =
        mode.startsWith("transactions")
            ? Optional.of(new TransactionStore(store))
            : Optional.empty();
    transactions.ifPresent(TransactionStore::init);
    map =
        store.openMap(
            "data",
            new MVMap.Builder<byte[], byte[]>()
                .keyType(ByteArrayDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
  }

  @Override
  public String durability() {
    return sync ? "commit() and sync() per put" : "memory, written each second";
  }

  @Override
  public String settings() {
    return "cache 1 GiB";
  }

  @Override
  public Client client() {
    return new MvStoreClient();
  }

  /** Commits at the end: what was stored within the last second would not survive a kill. */
  @Override
  public void load(Work work, int count) {
    if (transactions.isPresent()) {
      Transaction transaction = transactions.get().begin();
      TransactionMap<byte[], byte[]> accounts = accounts(transaction);
      for (int index = 0; index < count; index++) {
        accounts.put(work.key(index), work.value(index));
      }
      transaction.commit();
    } else {
      Contender.super.load(work, count);
    }
    store.commit();
  }

  private static TransactionMap<byte[], byte[]> accounts(Transaction transaction) {
    return transaction.openMap("accounts", ByteArrayDataType.INSTANCE, ByteArrayDataType.INSTANCE);
  }

  @Override
  public void close() {
    store.close();
  }

  private final class MvStoreClient implements Client {

    @Override
    public int get(byte[] key) {
      byte[] value = map.get(key);
      return value == null ? -1 : value[0] & 0xff;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      map.put(key, value.clone());
      if (sync) {
        store.commit();
        store.sync();
      }
    }

    /** Rows are locked before they are read, in the order of their keys: nobody has to retry. */
    @Override
    public void transfer(byte[] from, byte[] to, long amount) {
      Transaction transaction = transactions.orElseThrow().begin();
      TransactionMap<byte[], byte[]> accounts = accounts(transaction);
      boolean ascending = Arrays.compareUnsigned(from, to) < 0;
      accounts.lock(ascending ? from : to);
      accounts.lock(ascending ? to : from);
      byte[] payer = accounts.get(from);
      byte[] payee = accounts.get(to);
      accounts.put(from, Work.withBalance(payer, Work.balance(payer) - amount));
      accounts.put(to, Work.withBalance(payee, Work.balance(payee) + amount));
      transaction.commit();
      if (sync) {
        store.commit();
        store.sync();
      }
    }
  }
}
