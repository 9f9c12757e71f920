package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One write of a batch or a transaction on its way; an empty value deletes. */
final class PlannedWrite {

  final Space space;

  /** The stored key. */
  final Bytes key;

  final Optional<Bytes> value;
  final long expiresAt;
  final long hash;
  final long slotHash;

  /** Set when the shards are locked. */
  int shard;

  /** Set when it is staged; stays null if it deletes what is not there. */
  @Nullable StoredRecord record;

  PlannedWrite(KeyHash hashing, Space space, Bytes userKey, Optional<Bytes> value, long expiresAt) {
    this.space = space;
    key = space.stored(userKey);
    this.value = value;
    this.expiresAt = expiresAt;
    hash = hashing.of(key);
    slotHash = hashing.ofSlot(key, hash);
  }

  /** The user's key. */
  Bytes userKey() {
    return SpaceKeys.keyOf(key);
  }

  /** Bytes of key and value. */
  long bytes() {
    return (long) key.size() + (value.isPresent() ? value.get().size() : 0);
  }
}
