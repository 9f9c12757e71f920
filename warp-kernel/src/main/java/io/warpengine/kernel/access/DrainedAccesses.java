package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.spi.access.AccessBatch;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Accesses taken from the rings, used again for each batch. For one thread at a time. */
public final class DrainedAccesses implements AccessBatch {

  private static final Kind[] KINDS = Kind.values();

  private final @Nullable Object[] recordsOrKeys;
  private final long[] hashes;
  private final long[] packed;
  private final long[] contexts;
  private int size;

  DrainedAccesses(int capacity) {
    recordsOrKeys = new Object[capacity];
    hashes = new long[capacity];
    packed = new long[capacity];
    contexts = new long[capacity];
  }

  void add(Object recordOrKey, long hash, long fields, long context) {
    recordsOrKeys[size] = recordOrKey;
    hashes[size] = hash;
    packed[size] = fields;
    contexts[size] = context;
    size++;
  }

  /** Forgets everything, and with it the records that it kept alive. */
  public void clear() {
    Arrays.fill(recordsOrKeys, 0, size, null);
    size = 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Bytes key(int index) {
    return SpaceKeys.keyOf(stored(index));
  }

  @Override
  public int space(int index) {
    return SpaceKeys.spaceOf(stored(index));
  }

  private Bytes stored(int index) {
    Object recordOrKey = recordsOrKeys[Objects.checkIndex(index, size)];
    if (recordOrKey instanceof StoredRecord record) {
      Bytes key = record.key();
      recordsOrKeys[index] = key;
      return key;
    }
    return (Bytes) Objects.requireNonNull(recordOrKey);
  }

  @Override
  public long hash(int index) {
    return hashes[Objects.checkIndex(index, size)];
  }

  @Override
  public int shard(int index) {
    return (int) (packed[Objects.checkIndex(index, size)] >>> 32) & 0xffff;
  }

  @Override
  public Kind kind(int index) {
    return KINDS[(int) (packed[Objects.checkIndex(index, size)] >>> 48)];
  }

  @Override
  public int bytes(int index) {
    return (int) packed[Objects.checkIndex(index, size)];
  }

  @Override
  public long context(int index) {
    return contexts[Objects.checkIndex(index, size)];
  }
}
