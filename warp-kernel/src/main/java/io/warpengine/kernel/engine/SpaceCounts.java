package io.warpengine.kernel.engine;

import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is stored under keys that begin with the mark of spaces, by space: those of named spaces,
 * and those of the default space that begin with 0xff. The rest of the default space is not counted
 * here: it is what the store counts less this. With the shard locked.
 */
final class SpaceCounts {

  private static final int KEYS = 0;
  private static final int KEY_BYTES = 1;
  private static final int VALUE_BYTES = 2;
  private static final int FIGURES = 3;

  private int[] spaces = new int[2];
  private long[] figures = new long[2 * FIGURES];
  private int size;

  /**
   * What a space holds.
   *
   * @param keys number of records
   * @param keyBytes bytes of their keys, as the user gave them
   * @param valueBytes bytes of their values
   */
  record Figures(long keys, long keyBytes, long valueBytes) {}

  /** Counts a record that was stored, in place of another or of none. */
  void stored(StoredRecord record, @Nullable StoredRecord before) {
    int at = placeOf(record);
    add(at, record, 1);
    if (before != null) {
      add(at, before, -1);
    }
  }

  /** Counts a record that was removed. */
  void removed(StoredRecord record) {
    int at = placeOf(record);
    add(at, record, -1);
    if (figures[at + KEYS] == 0) {
      forget(at / FIGURES);
    }
  }

  private void forget(int place) {
    size--;
    System.arraycopy(spaces, place + 1, spaces, place, size - place);
    System.arraycopy(
        figures, (place + 1) * FIGURES, figures, place * FIGURES, (size - place) * FIGURES);
  }

  /** Adds the counts of another shard. */
  void add(SpaceCounts other) {
    for (int i = 0; i < other.size; i++) {
      int at = placeOf(other.spaces[i]);
      for (int figure = 0; figure < FIGURES; figure++) {
        figures[at + figure] += other.figures[i * FIGURES + figure];
      }
    }
  }

  /** The highest number of a space that holds anything; 0 if none does. */
  int highest() {
    return size == 0 ? 0 : Math.max(0, spaces[size - 1]);
  }

  /** What a named space holds. */
  Figures of(int space) {
    int place = Arrays.binarySearch(spaces, 0, size, space);
    if (place < 0) {
      return new Figures(0, 0, 0);
    }
    int at = place * FIGURES;
    return new Figures(figures[at + KEYS], figures[at + KEY_BYTES], figures[at + VALUE_BYTES]);
  }

  /** What the default space holds, when all that is stored is given. */
  Figures main(long storedKeys, long storedKeyBytes, long storedValueBytes) {
    long keys = storedKeys;
    long keyBytes = storedKeyBytes;
    long valueBytes = storedValueBytes;
    for (int i = 0; i < size; i++) {
      int at = i * FIGURES;
      if (spaces[i] == SpaceKeys.DEFAULT) {
        keyBytes -= figures[at + KEYS] * SpaceKeys.addedBytes(SpaceKeys.DEFAULT);
      } else {
        keys -= figures[at + KEYS];
        keyBytes -= figures[at + KEY_BYTES] + figures[at + KEYS] * SpaceKeys.addedBytes(spaces[i]);
        valueBytes -= figures[at + VALUE_BYTES];
      }
    }
    return new Figures(keys, keyBytes, valueBytes);
  }

  private void add(int at, StoredRecord record, int sign) {
    figures[at + KEYS] += sign;
    figures[at + KEY_BYTES] += sign * (record.keySize() - (long) SpaceKeys.keyAt(record.key()));
    figures[at + VALUE_BYTES] += sign * (long) record.valueSize();
  }

  private int placeOf(StoredRecord record) {
    return placeOf(SpaceKeys.spaceOf(record.key()));
  }

  /** Where the figures of a space are; made if there are none yet. */
  private int placeOf(int space) {
    int at = Arrays.binarySearch(spaces, 0, size, space);
    if (at >= 0) {
      return at * FIGURES;
    }
    int place = -at - 1;
    if (size == spaces.length) {
      spaces = Arrays.copyOf(spaces, 2 * size);
      figures = Arrays.copyOf(figures, 2 * size * FIGURES);
    }
    System.arraycopy(spaces, place, spaces, place + 1, size - place);
    System.arraycopy(
        figures, place * FIGURES, figures, (place + 1) * FIGURES, (size - place) * FIGURES);
    spaces[place] = space;
    Arrays.fill(figures, place * FIGURES, (place + 1) * FIGURES, 0);
    size++;
    return place * FIGURES;
  }
}
