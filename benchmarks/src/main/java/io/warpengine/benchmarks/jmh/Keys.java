package io.warpengine.benchmarks.jmh;

import io.warpengine.api.Bytes;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import java.util.Map;
import java.util.SplittableRandom;

/** Keys of 16 bytes and a value of 100, and a database in memory that holds them. */
final class Keys {

  static final int COUNT = 1 << 17;

  private Keys() {}

  static Bytes[] keys(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bytes[] keys = new Bytes[COUNT];
    for (int i = 0; i < COUNT; i++) {
      byte[] key = new byte[16];
      random.nextBytes(key);
      keys[i] = Bytes.wrap(key, 0, key.length);
    }
    return keys;
  }

  static Bytes value() {
    byte[] value = new byte[100];
    new SplittableRandom(1).nextBytes(value);
    return Bytes.wrap(value, 0, value.length);
  }

  static WarpDatabase database(Bytes... keys) {
    WarpDatabase database = Warp.builder().environment(Map.of()).plugins().open();
    Bytes value = value();
    for (Bytes key : keys) {
      database.put(key, value);
    }
    return database;
  }
}
