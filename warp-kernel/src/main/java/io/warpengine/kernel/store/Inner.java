package io.warpengine.kernel.store;

import io.warpengine.spi.store.StoredRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An inner node of the {@link OrderedIndex}: {@code size} separators between {@code size + 1}
 * children. A separator is the shortest key that is above all keys on its left and not above any on
 * its right.
 */
final class Inner extends Node {

  static final int LARGEST = 64;

  private @Nullable StoredRecord[] separators;
  private @Nullable Node[] children;
  private int[] counts;

  Inner(int capacity, Node onlyChild) {
    super(capacity);
    separators = new StoredRecord[capacity];
    children = new Node[capacity + 1];
    counts = new int[capacity + 1];
    children[0] = onlyChild;
    recount(0);
  }

  @Override
  int count() {
    return before(size + 1);
  }

  /** Number of keys below the first so many children. */
  int before(int child) {
    int keys = 0;
    for (int i = 0; i < child; i++) {
      keys += counts[i];
    }
    return keys;
  }

  /** The child below which the key with a number is, counted from this node's first key. */
  int childAt(int number) {
    int child = 0;
    for (int left = number - counts[0]; left >= 0 && child < size; left -= counts[child]) {
      child++;
    }
    return child;
  }

  /** Keys were added below a child, or removed. */
  void add(int child, int keys) {
    counts[child] += keys;
  }

  /** Counts the keys below a child again. */
  void recount(int child) {
    counts[child] = child(child).count();
  }

  Node child(int index) {
    return present(children[index]);
  }

  /** The index of the child in whose range a key is. */
  int childFor(StoredRecord key) {
    int side = side(key);
    if (side != 0) {
      return side < 0 ? 0 : size;
    }
    long window = windowOf(key);
    int i = lowerBound(window, size);
    while (i < size && windows[i] == window && present(separators[i]).compareKey(key) <= 0) {
      i++;
    }
    return i;
  }

  /** Adds a separator, and the child on its right. */
  void insert(int at, StoredRecord separator, Node right) {
    if (size == 0) {
      commonFrom(separator, separator.keySize());
    } else {
      shrinkCommon(shared(separator));
    }
    if (size == windows.length) {
      int capacity = grown(size, LARGEST);
      windows = Arrays.copyOf(windows, capacity);
      separators = Arrays.copyOf(separators, capacity);
      children = Arrays.copyOf(children, capacity + 1);
      counts = Arrays.copyOf(counts, capacity + 1);
    }
    System.arraycopy(windows, at, windows, at + 1, size - at);
    System.arraycopy(separators, at, separators, at + 1, size - at);
    System.arraycopy(children, at + 1, children, at + 2, size - at);
    System.arraycopy(counts, at + 1, counts, at + 2, size - at);
    windows[at] = windowOf(separator);
    separators[at] = separator;
    children[at + 1] = right;
    size++;
    recount(at);
    recount(at + 1);
  }

  /** Removes a child, and a separator beside it. The last child cannot be removed. */
  void remove(int child) {
    int separator = Math.max(0, child - 1);
    size--;
    System.arraycopy(windows, separator + 1, windows, separator, size - separator);
    System.arraycopy(separators, separator + 1, separators, separator, size - separator);
    System.arraycopy(children, child + 1, children, child, size + 1 - child);
    System.arraycopy(counts, child + 1, counts, child, size + 1 - child);
    separators[size] = null;
    children[size + 1] = null;
    counts[size + 1] = 0;
  }

  StoredRecord separator(int index) {
    return present(separators[index]);
  }

  /** Moves everything after a separator into a new node; the separator itself goes up. */
  Inner split(int at) {
    int moved = size - at - 1;
    Inner right = new Inner(Math.min(LARGEST, moved + 16), child(at + 1));
    System.arraycopy(separators, at + 1, right.separators, 0, moved);
    System.arraycopy(children, at + 1, right.children, 0, moved + 1);
    System.arraycopy(counts, at + 1, right.counts, 0, moved + 1);
    right.size = moved;
    Arrays.fill(separators, at, size, null);
    Arrays.fill(children, at + 1, size + 1, null);
    size = at;
    tighten();
    right.tighten();
    return right;
  }

  private void tighten() {
    if (size > 0) {
      StoredRecord first = separator(0);
      commonFrom(first, OrderedIndex.shared(first, separator(size - 1)));
      for (int i = 0; i < size; i++) {
        windows[i] = windowOf(separator(i));
      }
    }
  }

  private static <T> T present(@Nullable T element) {
    if (element == null) {
      throw new IllegalStateException("An inner node of the ordered index has a hole.");
    }
    return element;
  }
}
