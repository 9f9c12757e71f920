package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.version.OpenMoments;
import io.warpengine.kernel.version.ShardVersions;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.Storage;
import java.util.BitSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All shards, and the way from a key to its own. Locks of several shards are taken in ascending
 * order of their numbers.
 */
final class Shards {

  final KeyHash hash;
  final Shard[] all;
  private volatile SlotTable slots;
  private volatile boolean closed;
  private volatile @Nullable Throwable parted;

  Shards(KeyHash hash, SlotTable slots, Storage storage, OpenMoments moments) {
    this.hash = hash;
    this.slots = slots;
    all = new Shard[slots.shards()];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Shard(i, storage.newShard(i), new ShardVersions(moments));
    }
  }

  /** The present table. */
  SlotTable slots() {
    return slots;
  }

  /**
   * Replaces the table. No write is under way at that moment, and whoever routed by the former
   * table looks again.
   */
  void publish(SlotTable table) {
    for (Shard shard : all) {
      shard.lock.lock();
    }
    slots = table;
    for (Shard shard : all) {
      shard.lock.unlock();
    }
  }

  /** Does something brief with all shards of an open database locked. */
  <T> T standstill(Supplier<T> action) {
    int locked = 0;
    try {
      for (Shard shard : all) {
        lock(shard);
        locked++;
      }
      return action.get();
    } finally {
      while (locked > 0) {
        all[--locked].lock.unlock();
      }
    }
  }

  /** Lets nothing in any more; whoever holds a lock goes on to its end. */
  void close() {
    closed = true;
    for (Shard shard : all) {
      shard.lock.lock();
      shard.lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  void checkOpen() {
    if (closed) {
      throw refusal();
    }
  }

  /**
   * Memory lacks what the journal holds: nothing is read or written any more, and no checkpoint is
   * made of it. Called with the lock of the shard concerned held.
   *
   * @return to be thrown
   */
  WarpException part(Throwable cause) {
    parted = cause;
    closed = true;
    return Refusals.notApplied(cause);
  }

  /** Refuses if memory lacks what the journal holds. */
  void checkWhole() {
    Throwable cause = parted;
    if (cause != null) {
      throw Refusals.notApplied(cause);
    }
  }

  private WarpException refusal() {
    Throwable cause = parted;
    return cause == null ? Refusals.closed() : Refusals.notApplied(cause);
  }

  /** The shard of a slot's hash, by the present table. */
  Shard owner(SlotTable table, long slotHash) {
    return all[table.owner(SlotTable.slotOf(slotHash))];
  }

  /** Locks the shard that owns a slot, and looks again whether it still does. */
  Shard lockOwner(long slotHash) {
    while (true) {
      SlotTable table = slots;
      Shard shard = owner(table, slotHash);
      lock(shard);
      if (owner(slots, slotHash) == shard) {
        return shard;
      }
      shard.lock.unlock();
    }
  }

  /** Locks a shard of an open database. */
  void lock(Shard shard) {
    shard.lock.lock();
    if (closed) {
      shard.lock.unlock();
      throw refusal();
    }
  }

  /** Locks some shards of an open database, in ascending order. */
  void lock(BitSet numbers) {
    BitSet locked = new BitSet(all.length);
    try {
      for (int i = numbers.nextSetBit(0); i >= 0; i = numbers.nextSetBit(i + 1)) {
        lock(all[i]);
        locked.set(i);
      }
    } catch (Throwable e) {
      unlock(locked);
      throw e;
    }
  }

  /** Gives up the locks of some shards. */
  void unlock(BitSet numbers) {
    for (int i = numbers.length() - 1; i >= 0; i = numbers.previousSetBit(i - 1)) {
      all[i].lock.unlock();
    }
  }

  /** Locks all shards of an open database. */
  void lockAll() {
    BitSet everything = new BitSet(all.length);
    everything.set(0, all.length);
    lock(everything);
  }

  /** Gives up the locks of all shards. */
  void unlockAll() {
    for (int i = all.length - 1; i >= 0; i--) {
      all[i].lock.unlock();
    }
  }

  /** The hash that decides the index of a record in its store. */
  static int indexHash(long hash) {
    return (int) hash;
  }

  static void checkKey(Bytes key) {
    int size = key.size();
    if (size == 0) {
      throw Refusals.keyEmpty();
    }
    if (size > SpaceKeys.MAX_KEY_BYTES) {
      throw Refusals.keyTooLong(size, SpaceKeys.MAX_KEY_BYTES);
    }
  }
}
