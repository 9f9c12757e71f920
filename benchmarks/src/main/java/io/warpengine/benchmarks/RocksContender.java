package io.warpengine.benchmarks;

import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.OptimisticTransactionDB;
import org.rocksdb.OptimisticTransactionOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Transaction;
import org.rocksdb.WriteOptions;

/** RocksDB through rocksdbjni, with a cache that holds everything and a filter. */
final class RocksContender implements Contender {

  static {
    RocksDB.loadLibrary();
  }

  private static final String OPTIMISTIC = "optimistic-";

  private final LRUCache cache = new LRUCache(1L << 30);
  private final BloomFilter filter = new BloomFilter(10);
  private final Options options;
  private final RocksDB database;
  private final WriteOptions writing;
  private final ReadOptions reading = new ReadOptions();
  private final String durability;

  RocksContender(Path directory, String mode) {
    options =
        new Options()
            .setCreateIfMissing(true)
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    boolean optimistic = mode.startsWith(OPTIMISTIC);
    String logging = optimistic ? mode.substring(OPTIMISTIC.length()) : mode;
    writing =
        switch (logging) {
          case "sync" -> new WriteOptions().setSync(true);
          case "nosync" -> new WriteOptions();
          case "nowal" -> new WriteOptions().setDisableWAL(true);
          default -> throw new IllegalArgumentException("There is no mode [" + mode + "].");
        };
    durability =
        switch (logging) {
          case "sync" -> "WAL, sync=true";
          case "nosync" -> "WAL, no sync";
          default -> "no WAL";
        };
    try {
      database =
          optimistic
              ? OptimisticTransactionDB.open(options, directory.toString())
              : RocksDB.open(options, directory.toString());
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String durability() {
    return durability;
  }

  @Override
  public String settings() {
    return "block cache 1 GiB, Bloom filter 10 bits, no compression";
  }

  @Override
  public Client client() {
    return new RocksClient();
  }

  @Override
  public void settle() {
    try (FlushOptions flush = new FlushOptions()) {
      database.flush(flush);
      database.compactRange();
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    database.close();
    reading.close();
    writing.close();
    options.close();
    filter.close();
    cache.close();
  }

  private final class RocksClient implements Client {

    private final OptimisticTransactionOptions optimistic = new OptimisticTransactionOptions();

    @Override
    public int get(byte[] key) {
      try {
        byte[] value = database.get(reading, key);
        return value == null ? -1 : value[0] & 0xff;
      } catch (RocksDBException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void put(byte[] key, byte[] value) {
      try {
        database.put(writing, key, value);
      } catch (RocksDBException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The reads are for update, so that the commit compares them too: serializable. */
    @Override
    public void transfer(byte[] from, byte[] to, long amount) {
      OptimisticTransactionDB transactional = (OptimisticTransactionDB) database;
      while (true) {
        try (Transaction transaction = transactional.beginTransaction(writing, optimistic)) {
          byte[] payer = transaction.getForUpdate(reading, from, true);
          byte[] payee = transaction.getForUpdate(reading, to, true);
          transaction.put(from, Work.withBalance(payer, Work.balance(payer) - amount));
          transaction.put(to, Work.withBalance(payee, Work.balance(payee) + amount));
          transaction.commit();
          return;
        } catch (RocksDBException e) {
          Status.Code code =
              e.getStatus() == null ? Status.Code.Undefined : e.getStatus().getCode();
          if (code != Status.Code.Busy && code != Status.Code.TryAgain) {
            throw new IllegalStateException(e);
          }
        }
      }
    }

    @Override
    public void close() {
      optimistic.close();
    }
  }
}
