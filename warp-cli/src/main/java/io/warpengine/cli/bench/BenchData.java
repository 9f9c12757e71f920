package io.warpengine.cli.bench;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.cli.output.Progress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The database that is measured, and its keys and values. */
final class BenchData {

  private static final int VALUES = 1024;
  private static final int BATCH = 1000;

  private final WarpDatabase database;
  private final Bytes[] keys;
  private final Bytes[] values = new Bytes[VALUES];

  BenchData(WarpDatabase database, int keys, int keyBytes, int valueBytes, long seed) {
    this.database = database;
    this.keys = new Bytes[keys];
    for (int i = 0; i < keys; i++) {
      byte[] key = new byte[keyBytes];
      Arrays.fill(key, (byte) '0');
      byte[] digits = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(digits, 0, key, keyBytes - digits.length, digits.length);
      this.keys[i] = Bytes.wrap(key, 0, keyBytes);
    }
    java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
    for (int i = 0; i < VALUES; i++) {
      byte[] value = new byte[valueBytes];
      random.nextBytes(value);
      values[i] = Bytes.wrap(value, 0, valueBytes);
    }
  }

  WarpDatabase database() {
    return database;
  }

  int keys() {
    return keys.length;
  }

  Bytes key(int number) {
    return keys[number];
  }

  Bytes value(int number) {
    return values[number & VALUES - 1];
  }

  /** Stores every key once; gives records per second. */
  double load(Durability durability, Progress progress) {
    long start = System.nanoTime();
    WriteOptions options = WriteOptions.durability(durability);
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < keys.length; i++) {
      batch.put(keys[i], value(i));
      if (batch.size() == BATCH || i == keys.length - 1) {
        var _ = database.async().writeBatch(batch, options);
        batch = new WriteBatch();
        progress.at(i, keys.length, i);
      }
    }
    database.flush();
    return keys.length / ((System.nanoTime() - start) / 1e9);
  }
}
