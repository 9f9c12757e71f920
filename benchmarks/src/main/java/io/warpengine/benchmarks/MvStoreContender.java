package io.warpengine.benchmarks;

import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore. */
final class MvStoreContender implements Contender {

  private final MVStore store;
  private final MVMap<byte[], byte[]> map;
  private final boolean sync;

  MvStoreContender(Path directory, boolean sync) {
    this.sync = sync;
    store =
        new MVStore.Builder()
            .fileName(directory.resolve("data.mv").toString())
            .cacheSize(1024)
            .open();
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
    Contender.super.load(work, count);
    store.commit();
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
  }
}
