package io.warpengine.kernel.store;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.StoredRecord;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An open-addressing hash table of records with linear probing, for one writer and any number of
 * readers that never wait (Knuth, The Art of Computer Programming 3, 6.4, algorithm L; deletion by
 * marks instead of moves, because a moved record could pass a reader unseen).
 *
 * <p>One array holds the records. A slot is empty (null), deleted, or a record. The writer, who
 * holds the shard's lock, changes one slot at a time with a release store; readers load with
 * acquire and so see a record completely. Probing for a key starts at its hash and ends at the
 * first empty slot.
 *
 * <p><b>Why a reader's answer was true at some moment during its call.</b> Three facts hold for one
 * array. (1) A key that is present keeps its slot until it is removed: an overwrite replaces the
 * record in place. (2) No slot between a present key's first probe and its slot is empty: an
 * insertion takes the first free slot of the path, and a deleted slot becomes empty only when the
 * next one is empty, that is, when no path leads across it. (3) An array that was replaced by
 * growth is never written again.
 *
 * <ul>
 *   <li><i>Found.</i> The record was current when its slot was loaded; or, if the array had been
 *       replaced by then, when it was replaced, which is after the reader loaded the array.
 *   <li><i>Not found.</i> Assume the key was present during the whole call. Until the array was
 *       replaced the key kept its slot by (1), and afterwards the slot did not change by (3), so
 *       the reader would have come to it by (2) and found it: a contradiction. So there was a
 *       moment of absence, also when the key was deleted and put again into an earlier slot that
 *       the reader had already passed.
 * </ul>
 *
 * <p>Growth, and the sweep when deleted slots are too many, build a new array and publish it with
 * one release store; the writer goes on only in the new one.
 */
final class HashIndex {

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(StoredRecord[].class);
  private static final VarHandle TABLE;

  /** Marks a deleted slot. Its key is empty and so equals no key. */
  private static final StoredRecord DELETED = StoredRecord.tombstone(Bytes.EMPTY, 0, 0);

  private static final int SMALLEST = 16;
  private static final int LARGEST = 1 << 30;

  static {
    try {
      TABLE = MethodHandles.lookup().findVarHandle(HashIndex.class, "table", StoredRecord[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable StoredRecord[] table = new StoredRecord[SMALLEST];
  private int live;
  private int used;
  private int free;
  private boolean clash;

  /** Finds the record of a key; for any thread. */
  @Nullable StoredRecord find(int hash, Bytes key) {
    @Nullable StoredRecord[] slots = (@Nullable StoredRecord[]) TABLE.getAcquire(this);
    int mask = slots.length - 1;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      StoredRecord record = (StoredRecord) SLOT.getAcquire(slots, i);
      if (record == null) {
        return null;
      }
      if (record.hash() == hash && record.hasKey(key)) {
        return record;
      }
    }
  }

  /**
   * The slot of a key, and what {@link #insert} needs to know if there is none; for the writer, as
   * is everything below. Writes no field if the key is there, since readers share the cache line.
   *
   * @return the slot; -1 if the key is not there
   */
  int slotOf(StoredRecord wanted) {
    @Nullable StoredRecord[] slots = table;
    int mask = slots.length - 1;
    int hash = wanted.hash();
    int firstFree = -1;
    boolean passedHash = false;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      StoredRecord record = slots[i];
      if (record == null) {
        free = firstFree < 0 ? i : firstFree;
        clash = passedHash;
        return -1;
      }
      if (record == DELETED) {
        firstFree = firstFree < 0 ? i : firstFree;
      } else if (record.hash() == hash) {
        if (record.compareKey(wanted) == 0) {
          return i;
        }
        passedHash = true;
      }
    }
  }

  /** The slot of a key; -1 if it is not there. */
  int slotOf(int hash, Bytes key) {
    @Nullable StoredRecord[] slots = table;
    int mask = slots.length - 1;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      StoredRecord record = slots[i];
      if (record == null) {
        return -1;
      }
      if (record.hash() == hash && record.hasKey(key)) {
        return i;
      }
    }
  }

  /** Whether the last {@link #slotOf(StoredRecord)} that found nothing passed the same hash. */
  boolean clashed() {
    return clash;
  }

  /**
   * Walks the records with a hash.
   *
   * @param hash the hash
   * @param after the record that was returned before; null to begin
   * @return the next one; null if there are no more
   */
  @Nullable StoredRecord withHash(int hash, @Nullable StoredRecord after) {
    @Nullable StoredRecord[] slots = table;
    int mask = slots.length - 1;
    boolean passed = after == null;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      StoredRecord record = slots[i];
      if (record == null) {
        return null;
      }
      if (record.hash() == hash && record != DELETED) {
        if (passed) {
          return record;
        }
        passed = record == after;
      }
    }
  }

  /** The record in a slot that {@link #slotOf} returned. */
  StoredRecord at(int slot) {
    StoredRecord record = table[slot];
    if (record == null) {
      throw new IllegalStateException("The slot [" + slot + "] is empty.");
    }
    return record;
  }

  /** Overwrites the record in a slot. */
  StoredRecord replace(int slot, StoredRecord record) {
    StoredRecord old = at(slot);
    SLOT.setRelease(table, slot, record);
    return old;
  }

  /** Makes room for one more record, so that {@link #insert} cannot fail. */
  void reserve() {
    int length = table.length;
    if (table[free] == DELETED || (used + 1) * 5L <= length * 3L) {
      return;
    }
    if (length == LARGEST) {
      if (used + 1 < length) {
        return;
      }
      throw new IllegalStateException("A shard cannot hold more than [" + live + "] records.");
    }
    rebuild(live * 10L < length * 4L ? length : length * 2);
    free = -1;
  }

  /** Adds a record whose key {@link #slotOf(StoredRecord)} just did not find. */
  void insert(StoredRecord record) {
    int slot = free;
    if (slot < 0) {
      slot = emptySlot(table, record.hash());
    }
    if (table[slot] == null) {
      used++;
    }
    live++;
    SLOT.setRelease(table, slot, record);
  }

  /** Removes the record in a slot. */
  void delete(int slot) {
    @Nullable StoredRecord[] slots = table;
    int mask = slots.length - 1;
    live--;
    if (slots[(slot + 1) & mask] != null) {
      SLOT.setRelease(slots, slot, DELETED);
      return;
    }
    int i = slot;
    do {
      SLOT.setRelease(slots, i, (StoredRecord) null);
      used--;
      i = (i - 1) & mask;
    } while (slots[i] == DELETED);
  }

  /**
   * Ends loading: forgets tombstones and gives back the records.
   *
   * @param clashing receives every record whose hash is also that of another, returned one
   * @return the other records, in no order
   */
  StoredRecord[] dropTombstones(Consumer<StoredRecord> clashing) {
    int kept = 0;
    for (StoredRecord record : table) {
      if (record != null && !record.isTombstone()) {
        kept++;
      }
    }
    int length = table.length;
    while (length > SMALLEST && kept * 5L < length) {
      length /= 2;
    }
    @Nullable StoredRecord[] target = new StoredRecord[length];
    StoredRecord[] records = new StoredRecord[kept];
    int count = 0;
    for (StoredRecord record : table) {
      if (record != null && !record.isTombstone()) {
        int slot = emptySlot(target, record.hash());
        if (holdsHash(target, slot, record.hash())) {
          clashing.accept(record);
        } else {
          records[count++] = record;
        }
        target[slot] = record;
      }
    }
    live = kept;
    used = kept;
    TABLE.setRelease(this, target);
    return count == kept ? records : Arrays.copyOf(records, count);
  }

  private void rebuild(int length) {
    @Nullable StoredRecord[] target = new StoredRecord[length];
    int count = 0;
    for (StoredRecord record : table) {
      if (record != null && record != DELETED) {
        target[emptySlot(target, record.hash())] = record;
        count++;
      }
    }
    live = count;
    used = count;
    TABLE.setRelease(this, target);
  }

  private static int emptySlot(@Nullable StoredRecord[] slots, int hash) {
    int mask = slots.length - 1;
    int i = hash & mask;
    while (slots[i] != null) {
      i = (i + 1) & mask;
    }
    return i;
  }

  private static boolean holdsHash(@Nullable StoredRecord[] slots, int end, int hash) {
    int mask = slots.length - 1;
    for (int i = hash & mask; i != end; i = (i + 1) & mask) {
      StoredRecord record = slots[i];
      if (record != null && record.hash() == hash) {
        return true;
      }
    }
    return false;
  }
}
