package io.warpengine.kernel.store;

import io.warpengine.spi.store.StoredRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of the {@link OrderedIndex}: the windows and hashes of up to 128 keys. The first {@link
 * #sorted} of them are in key order; what came later waits behind them until somebody needs the
 * order, so that an insertion touches two cache lines of the arrays instead of all.
 */
final class Leaf extends Node {

  static final int LARGEST = 128;

  /** A leaf with fewer keys looks for a neighbour to join. */
  static final int SMALL = 32;

  /** Windows that lose more bytes than this tell keys apart too badly. */
  private static final int MOST_LOST = 4;

  int[] hashes;
  int sorted;
  @Nullable Leaf previous;
  @Nullable Leaf next;

  Leaf(int capacity) {
    super(capacity);
    hashes = new int[capacity];
  }

  @Override
  int count() {
    return size;
  }

  /** Whether admitting the key would leave windows that tell the present keys apart badly. */
  boolean estranges(StoredRecord key) {
    return commonSize > MOST_LOST && size >= LARGEST / 8 && commonSize - shared(key) > MOST_LOST;
  }

  /** Shortens the common bytes so far that the key begins with them. */
  void admit(StoredRecord key) {
    if (size == 0) {
      commonFrom(key, key.keySize());
    } else {
      shrinkCommon(shared(key));
    }
  }

  /** Adds a key that is not here. */
  void add(long window, int hash) {
    if (size == windows.length) {
      resize(grown(size, LARGEST));
    }
    windows[size] = window;
    hashes[size] = hash;
    if (sorted == size && (size == 0 || windows[size - 1] < window)) {
      sorted++;
    }
    size++;
  }

  /** Moves the first unsorted key to its place. */
  void moveDown(int place) {
    long window = windows[sorted];
    int hash = hashes[sorted];
    System.arraycopy(windows, place, windows, place + 1, sorted - place);
    System.arraycopy(hashes, place, hashes, place + 1, sorted - place);
    windows[place] = window;
    hashes[place] = hash;
    sorted++;
  }

  /** Removes a key that is here, known by its hash. */
  void remove(int hash) {
    int at = 0;
    while (hashes[at] != hash) {
      if (++at == size) {
        throw new IllegalStateException("A key of the hash index is missing in the ordered index.");
      }
    }
    size--;
    if (at < sorted) {
      sorted--;
    }
    System.arraycopy(windows, at + 1, windows, at, size - at);
    System.arraycopy(hashes, at + 1, hashes, at, size - at);
  }

  /** Moves everything from an index on, sorted, into a new leaf after this one. */
  Leaf split(int at) {
    int moved = size - at;
    Leaf right = new Leaf(Math.max(8, Math.min(LARGEST, moved + 16)));
    System.arraycopy(windows, at, right.windows, 0, moved);
    System.arraycopy(hashes, at, right.hashes, 0, moved);
    right.size = moved;
    right.sorted = moved;
    right.commonFrom(this);
    size = at;
    sorted = at;
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

  /** Whether this leaf and the one after it fit together, with windows that stay good. */
  boolean canJoin(Leaf right) {
    return size + right.size <= LARGEST - SMALL
        && Math.max(commonSize, right.commonSize) - sharedCommon(right) <= MOST_LOST;
  }

  /** Takes everything from the leaf after this one; both are sorted. */
  void join(Leaf right) {
    int bytes = sharedCommon(right);
    shrinkCommon(bytes);
    right.shrinkCommon(bytes);
    resize(Math.max(windows.length, size + right.size));
    System.arraycopy(right.windows, 0, windows, size, right.size);
    System.arraycopy(right.hashes, 0, hashes, size, right.size);
    size += right.size;
    sorted = size;
    right.unlink();
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

  private void resize(int capacity) {
    if (capacity != windows.length) {
      windows = Arrays.copyOf(windows, capacity);
      hashes = Arrays.copyOf(hashes, capacity);
    }
  }
}
