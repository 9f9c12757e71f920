package io.warpengine.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.warpengine.api.Bytes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A map of the heap, with the same {@link Bytes} that WarpEngine takes, copied on put. */
final class MapContender implements Contender {

  private final ConcurrentMap<Bytes, Bytes> map;
  private final String settings;

  private MapContender(ConcurrentMap<Bytes, Bytes> map, String settings) {
    this.map = map;
    this.settings = settings;
  }

  /** The JDK's map, growing from its default size. */
  static MapContender concurrentHashMap() {
    return new MapContender(new ConcurrentHashMap<>(), "");
  }

  /** Caffeine with a bound that is never reached, so that its policy works and evicts nothing. */
  static MapContender caffeine(int keys) {
    return new MapContender(
        Caffeine.newBuilder().maximumSize(2L * keys).<Bytes, Bytes>build().asMap(),
        "maximumSize = 2 x keys");
  }

  @Override
  public String durability() {
    return "none";
  }

  @Override
  public String settings() {
    return settings;
  }

  @Override
  public Client client() {
    return new MapClient(map);
  }

  @Override
  public void close() {
    map.clear();
  }

  private static final class MapClient implements Client {

    private final ConcurrentMap<Bytes, Bytes> map;

    MapClient(ConcurrentMap<Bytes, Bytes> map) {
      this.map = map;
    }

    @Override
    public int get(byte[] key) {
      Bytes value = map.get(Bytes.wrap(key, 0, key.length));
      return value == null ? -1 : value.at(0) & 0xff;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      map.put(Bytes.wrap(key, 0, key.length), Bytes.copyOf(value));
    }
  }
}
