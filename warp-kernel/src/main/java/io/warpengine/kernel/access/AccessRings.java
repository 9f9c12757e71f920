package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.spi.access.AccessBatch;
import io.warpengine.spi.store.StoredRecord;

/** Takes accesses from readers and writers without slowing them, losing some. */
public final class AccessRings {

  private final boolean recording;

  /**
   * Rings.
   *
   * @param recording whether accesses are recorded at all; false if nobody will ever look
   */
  public AccessRings(boolean recording) {
    this.recording = recording;
  }

  /**
   * Whether accesses are recorded at all.
   *
   * @return what the constructor was given
   */
  public boolean recording() {
    return recording;
  }

  /**
   * Records an access, or drops it if there is no room. Never blocks, never allocates.
   *
   * @param kind the ordinal of an {@link AccessBatch.Kind}
   * @param hash the 64-bit hash of the key
   * @param shard the shard that served it
   * @param recordOrKey a {@link StoredRecord}, or the key as {@link Bytes}
   * @param bytes size of key and value; of the key alone on a miss or a delete
   * @param context the session, 0 for none
   */
  public void record(int kind, long hash, int shard, Object recordOrKey, int bytes, long context) {}
}
