package io.warpengine.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/** Chronicle Map in a memory-mapped file. */
final class ChronicleContender implements Contender {

  private final ChronicleMap<byte[], byte[]> map;

  ChronicleContender(Path directory, int keys, int valueBytes) {
    File file = directory.resolve("data.chronicle").toFile();
    ChronicleMapBuilder<byte[], byte[]> builder =
        ChronicleMap.of(byte[].class, byte[].class)
            .name("benchmark")
            .entries(keys)
            .constantKeySizeBySample(new byte[Work.KEY_BYTES])
            .constantValueSizeBySample(new byte[valueBytes]);
    try {
      map =
          file.exists() ? builder.recoverPersistedTo(file, true) : builder.createPersistedTo(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String durability() {
    return "mapped file, no sync";
  }

  @Override
  public String settings() {
    return "constant sizes, entries = keys";
  }

  @Override
  public Client client() {
    return new ChronicleClient();
  }

  @Override
  public void close() {
    map.close();
  }

  private final class ChronicleClient implements Client {

    @Override
    public int get(byte[] key) {
      byte[] value = map.get(key);
      return value == null ? -1 : value[0] & 0xff;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      map.put(key, value);
    }
  }
}
