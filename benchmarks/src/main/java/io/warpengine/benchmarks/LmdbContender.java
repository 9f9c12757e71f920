package io.warpengine.benchmarks;

import static org.lmdbjava.DbiFlags.MDB_CREATE;
import static org.lmdbjava.EnvFlags.MDB_NOSYNC;
import static org.lmdbjava.EnvFlags.MDB_NOTLS;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** LMDB through lmdbjava: one transaction per put, one renewed snapshot per get. */
final class LmdbContender implements Contender {

  private final Env<ByteBuffer> environment;
  private final Dbi<ByteBuffer> table;
  private final boolean sync;

  LmdbContender(Path directory, boolean sync) {
    this.sync = sync;
    environment =
        Env.create(ByteBufferProxy.PROXY_OPTIMAL)
            .setMapSize(16L << 30)
            .setMaxReaders(1024)
            .open(
                directory.toFile(),
                sync ? new EnvFlags[] {MDB_NOTLS} : new EnvFlags[] {MDB_NOTLS, MDB_NOSYNC});
    table = environment.openDbi((byte[]) null, MDB_CREATE);
  }

  @Override
  public String durability() {
    return sync ? "sync per commit" : "MDB_NOSYNC";
  }

  @Override
  public Client client() {
    return new LmdbClient();
  }

  @Override
  public void load(Work work, int count) {
    int index = 0;
    while (index < count) {
      int end = Math.min(count, index + 10_000);
      try (LmdbClient client = new LmdbClient();
          Txn<ByteBuffer> transaction = environment.txnWrite()) {
        for (; index < end; index++) {
          client.put(transaction, work.key(index), work.value(index));
        }
        transaction.commit();
      }
    }
  }

  @Override
  public void close() {
    environment.close();
  }

  private final class LmdbClient implements Client {

    private final Txn<ByteBuffer> snapshot = environment.txnRead();
    private final ByteBuffer keyBuffer = ByteBuffer.allocateDirect(Work.KEY_BYTES);
    private final ByteBuffer valueBuffer = ByteBuffer.allocateDirect(1 << 16);

    LmdbClient() {
      snapshot.reset();
    }

    @Override
    public int get(byte[] key) {
      snapshot.renew();
      ByteBuffer value = table.get(snapshot, keyBuffer.clear().put(key).flip());
      int first = value == null ? -1 : value.get(0) & 0xff;
      snapshot.reset();
      return first;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
        put(transaction, key, value);
        transaction.commit();
      }
    }

    void put(Txn<ByteBuffer> transaction, byte[] key, byte[] value) {
      table.put(
          transaction, keyBuffer.clear().put(key).flip(), valueBuffer.clear().put(value).flip());
    }

    @Override
    public void close() {
      snapshot.close();
    }
  }
}
