package io.warpengine.kernel.store;

import io.warpengine.spi.store.StoredRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A leaf of the {@link OrderedIndex}: the windows and hashes of up to 64 keys, in key order. */
final class Leaf extends Node {

  static final int LARGEST = 64;

  /** A leaf with fewer keys looks for a neighbour to join. */
  static final int SMALL = 16;

  /** Windows that lose more bytes than this tell keys apart too badly. */
  private static final int MOST_LOST = 4;

  int[] hashes;
  @Nullable Leaf previous;
  @Nullable Leaf next;

  Leaf(int capacity) {
    super(capacity);
    hashes = new int[capacity];
  }

  /** Whether admitting the key would leave windows that tell the present keys apart badly. */
  boolean estranges(StoredRecord key) {
    return size >= LARGEST / 8 && commonSize - shared(key) > MOST_LOST;
  }

  /** Shortens the common bytes so far that the key begins with them. */
  void admit(StoredRecord key) {
    if (size == 0) {
      commonFrom(key, key.keySize());
    } else {
      shrinkCommon(shared(key));
    }
  }

  void insert(int at, long window, int hash) {
    if (size == windows.length) {
      resize(grown(size, LARGEST));
    }
    System.arraycopy(windows, at, windows, at + 1, size - at);
    System.arraycopy(hashes, at, hashes, at + 1, size - at);
    windows[at] = window;
    hashes[at] = hash;
    size++;
  }

  void remove(int at) {
    size--;
    System.arraycopy(windows, at + 1, windows, at, size - at);
    System.arraycopy(hashes, at + 1, hashes, at, size - at);
  }

  /** The place of a key that is here, known by its hash. */
  int indexOf(StoredRecord key) {
    long window = windowOf(key);
    for (int i = lowerBound(window); i < size && windows[i] == window; i++) {
      if (hashes[i] == key.hash()) {
        return i;
      }
    }
    throw new IllegalStateException("A key of the hash index is missing in the ordered index.");
  }

  /** Moves everything from an index on into a new leaf after this one. */
  Leaf split(int at) {
    int moved = size - at;
    Leaf right = new Leaf(Math.max(8, Math.min(LARGEST, moved + 16)));
    System.arraycopy(windows, at, right.windows, 0, moved);
    System.arraycopy(hashes, at, right.hashes, 0, moved);
    right.size = moved;
    right.common = common;
    right.commonSize = commonSize;
    size = at;
    if (moved > 8) {
      resize(Math.max(8, Math.min(LARGEST, at + 16)));
    }
    right.previous = this;
    right.next = next;
    if (next != null) {
      next.previous = right;
    }
    next = right;
    return right;
  }

  /** Takes everything from the leaf after this one if the windows stay good. */
  boolean join(Leaf right) {
    int bytes = sharedCommon(right);
    if (size + right.size > LARGEST - SMALL
        || Math.max(commonSize, right.commonSize) - bytes > MOST_LOST) {
      return false;
    }
    shrinkCommon(bytes);
    right.shrinkCommon(bytes);
    resize(Math.max(windows.length, size + right.size));
    System.arraycopy(right.windows, 0, windows, size, right.size);
    System.arraycopy(right.hashes, 0, hashes, size, right.size);
    size += right.size;
    right.unlink();
    return true;
  }

  void unlink() {
    if (previous != null) {
      previous.next = next;
    }
    if (next != null) {
      next.previous = previous;
    }
  }

  /** Whether many bytes of the windows are the same in all keys. */
  boolean isBlurred() {
    return size > 1 && Long.numberOfLeadingZeros(windows[0] ^ windows[size - 1]) >= 8 * MOST_LOST;
  }

  private int sharedCommon(Leaf other) {
    int most = Math.min(commonSize, other.commonSize);
    for (int word = 0; word * 8 < most; word++) {
      long difference = common[word] ^ other.common[word];
      if (difference != 0) {
        return Math.min(most, word * 8 + (Long.numberOfLeadingZeros(difference) >>> 3));
      }
    }
    return most;
  }

  private void resize(int capacity) {
    if (capacity != windows.length) {
      windows = Arrays.copyOf(windows, capacity);
      hashes = Arrays.copyOf(hashes, capacity);
    }
  }
}
