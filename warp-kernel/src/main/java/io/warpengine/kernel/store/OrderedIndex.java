package io.warpengine.kernel.store;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.StoredRecord;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The key order of one shard: a B+-tree (Bayer and McCreight 1972; separators as short as possible
 * as in Bayer and Unterauer, Prefix B-Trees, 1977) whose leaves hold no references. For the writer
 * only.
 *
 * <p>A leaf knows each key by eight bytes of it, the window, and by the 32 bits of its hash. The
 * record itself is found by that hash in the {@link HashIndex}, which makes an overwrite free (the
 * entry stays true), keeps no replaced record alive, and leaves the garbage collector nothing to
 * trace. Windows begin after the bytes that all keys of a node share, so that keys with long common
 * beginnings are told apart without a look at the records; where windows are equal nevertheless,
 * records are compared.
 *
 * <p>For this the hashes of a shard must differ. The few keys whose hash another key in the tree
 * already has live aside, in a small map that scans merge in.
 *
 * <p>A leaf is sorted when its order is needed, by a scan or a split; an insertion only adds to its
 * end. A full leaf is split in the middle; but at the place of insertion if that is its end or
 * beginning, so that ascending and descending loads leave full leaves behind. A key that lies
 * outside of what a leaf's keys share gets a leaf of its own when sharing less would blur the
 * windows. An empty leaf is freed at once, a small one joins its neighbour.
 */
final class OrderedIndex {

  private static final int BUILT_LEAF = 112;
  private static final int BUILT_INNER = 48;
  private static final int MAX_HEIGHT = 16;

  private final HashIndex index;
  private final TreeMap<Bytes, Integer> aside = new TreeMap<>();
  private final @Nullable Inner[] path = new Inner[MAX_HEIGHT];
  private final int[] pathChild = new int[MAX_HEIGHT];
  private int depth;
  private Node root = new Leaf(8);

  OrderedIndex(HashIndex index) {
    this.index = index;
  }

  /** Adds a key that is not there. Its record may not be in the hash index yet. */
  void insert(StoredRecord key, boolean hashIsTaken) {
    if (hashIsTaken) {
      aside.put(Bytes.copyOf(key.key().toArray()), key.hash());
      return;
    }
    Leaf leaf = descend(key);
    if (leaf.size == Leaf.LARGEST || leaf.estranges(key)) {
      split(leaf, key);
      leaf = descend(key);
    }
    countOnPath(1);
    leaf.admit(key);
    leaf.add(leaf.windowOf(key), key.hash());
  }

  /** Removes a key that is there. Its record is still in the hash index. */
  void remove(StoredRecord key) {
    if (!aside.isEmpty() && aside.remove(key.key()) != null) {
      return;
    }
    Leaf leaf = descend(key);
    leaf.remove(key.hash());
    countOnPath(-1);
    if (leaf.size == 0) {
      if (depth > 0) {
        leaf.unlink();
        removeChild();
      }
    } else if (leaf.size < Leaf.SMALL && depth > 0) {
      joinNeighbour(leaf);
    }
  }

  /**
   * Builds the order of all keys at once.
   *
   * @param records the records, sorted afterwards; their hashes differ
   */
  void build(StoredRecord[] records) {
    RecordSort.sort(records);
    int count = records.length;
    if (count == 0) {
      return;
    }
    Leaf last = new Leaf(0);
    Inner[] right = new Inner[MAX_HEIGHT];
    depth = 0;
    for (int from = 0; from < count; from += BUILT_LEAF) {
      Leaf leaf = leafOf(records, from, Math.min(count, from + BUILT_LEAF));
      if (from == 0) {
        root = leaf;
      } else {
        leaf.previous = last;
        last.next = leaf;
        append(right, separator(records[from - 1], records[from]), leaf);
      }
      last = leaf;
    }
    for (int level = 0; level < depth; level++) {
      right[level].recount(right[level].size);
    }
  }

  /** Remembers a loaded key whose hash another key, given to {@link #build}, has too. */
  void putAside(StoredRecord key) {
    aside.put(Bytes.copyOf(key.key().toArray()), key.hash());
  }

  /** As {@link io.warpengine.spi.store.ShardStore#scan}, upwards. */
  int scanUp(Bytes from, boolean inclusive, Optional<Bytes> to, StoredRecord[] target) {
    StoredRecord start = StoredRecord.tombstone(from, 0, 0);
    Leaf leaf = descend(start);
    int i = place(leaf, start);
    int count = 0;
    while (count < target.length) {
      if (i == leaf.size) {
        if (leaf.next == null) {
          break;
        }
        leaf = leaf.next;
        sort(leaf);
        i = 0;
        continue;
      }
      StoredRecord record = resolve(leaf.hashes[i++]);
      if (to.isPresent() && record.compareKey(to.get()) >= 0) {
        break;
      }
      if (inclusive || count > 0 || !record.hasKey(from)) {
        target[count++] = record;
      }
    }
    return aside.isEmpty()
        ? count
        : ScanMerge.merge(target, count, index, aside.tailMap(from, inclusive), to, false);
  }

  /** As {@link io.warpengine.spi.store.ShardStore#scan}, downwards. */
  int scanDown(Bytes from, boolean inclusive, Optional<Bytes> to, StoredRecord[] target) {
    Leaf leaf;
    int i;
    if (from.isEmpty()) {
      leaf = lastLeaf();
      sort(leaf);
      i = leaf.size;
    } else {
      StoredRecord start = StoredRecord.tombstone(from, 0, 0);
      leaf = descend(start);
      i = place(leaf, start);
      if (inclusive && i < leaf.size && resolve(leaf.hashes[i]).hasKey(from)) {
        i++;
      }
    }
    int count = 0;
    while (count < target.length) {
      if (i == 0) {
        if (leaf.previous == null) {
          break;
        }
        leaf = leaf.previous;
        sort(leaf);
        i = leaf.size;
        continue;
      }
      StoredRecord record = resolve(leaf.hashes[--i]);
      if (to.isPresent() && record.compareKey(to.get()) < 0) {
        break;
      }
      target[count++] = record;
    }
    return aside.isEmpty()
        ? count
        : ScanMerge.merge(
            target,
            count,
            index,
            from.isEmpty() ? aside.descendingMap() : aside.descendingMap().tailMap(from, inclusive),
            to,
            true);
  }

  /** As {@link io.warpengine.spi.store.ShardStore#count}. */
  long count(Bytes from, Optional<Bytes> to) {
    if (to.isPresent() && from.compareTo(to.get()) >= 0) {
      return 0;
    }
    return (long) rankOf(to) - rank(from) + asideWithin(from, to).size();
  }

  /** As {@link io.warpengine.spi.store.ShardStore#pick}: in order, then the keys aside. */
  @Nullable StoredRecord pick(Bytes from, Optional<Bytes> to, long number) {
    if (to.isPresent() && from.compareTo(to.get()) >= 0) {
      return null;
    }
    int first = rank(from);
    int count = rankOf(to) - first;
    if (number < count) {
      return at(first + (int) number);
    }
    for (Map.Entry<Bytes, Integer> entry : asideWithin(from, to).entrySet()) {
      if (number-- == count) {
        return index.at(index.slotOf(entry.getValue(), entry.getKey()));
      }
    }
    return null;
  }

  private SortedMap<Bytes, Integer> asideWithin(Bytes from, Optional<Bytes> to) {
    return to.isPresent() ? aside.subMap(from, to.get()) : aside.tailMap(from);
  }

  /** The number of keys in the tree that are below a key; of all if there is none. */
  private int rankOf(Optional<Bytes> key) {
    return key.isPresent() ? rank(key.get()) : root.count();
  }

  private int rank(Bytes bytes) {
    StoredRecord key = StoredRecord.tombstone(bytes, 0, 0);
    int below = place(descend(key), key);
    for (int level = 0; level < depth; level++) {
      below += onPath(level).before(pathChild[level]);
    }
    return below;
  }

  /** The record of a key in the tree by its number. */
  private StoredRecord at(int number) {
    Node node = root;
    int left = number;
    while (node instanceof Inner inner) {
      int child = inner.childAt(left);
      left -= inner.before(child);
      node = inner.child(child);
    }
    Leaf leaf = (Leaf) node;
    sort(leaf);
    return resolve(leaf.hashes[left]);
  }

  /** Number of bytes with which two keys begin alike. */
  static int shared(StoredRecord key, StoredRecord other) {
    int most = Math.min(key.keySize(), other.keySize());
    for (int from = 0; from < most; from += 8) {
      long difference = key.keyPrefix(from) ^ other.keyPrefix(from);
      if (difference != 0) {
        return Math.min(most, from + (Long.numberOfLeadingZeros(difference) >>> 3));
      }
    }
    return most;
  }

  private Leaf descend(StoredRecord key) {
    Node node = root;
    int level = 0;
    while (node instanceof Inner inner) {
      int child = inner.childFor(key);
      path[level] = inner;
      pathChild[level++] = child;
      node = inner.child(child);
    }
    depth = level;
    return (Leaf) node;
  }

  /** A key is added to the leaf that the path leads to, or was removed from it. */
  private void countOnPath(int keys) {
    for (int level = 0; level < depth; level++) {
      onPath(level).add(pathChild[level], keys);
    }
  }

  private Leaf lastLeaf() {
    Node node = root;
    while (node instanceof Inner inner) {
      node = inner.child(inner.size);
    }
    return (Leaf) node;
  }

  /** The number of keys in a leaf, sorted before, that are below a key. */
  private int place(Leaf leaf, StoredRecord key) {
    sort(leaf);
    int side = leaf.side(key);
    if (side != 0) {
      return side < 0 ? 0 : leaf.size;
    }
    return place(leaf, leaf.windowOf(key), key, leaf.size);
  }

  /** The number of a leaf's first keys, which are in order, that are below a key. */
  private int place(Leaf leaf, long window, StoredRecord key, int count) {
    int low = leaf.lowerBound(window, count);
    int high = low;
    while (high < count && leaf.windows[high] == window) {
      high++;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (resolve(leaf.hashes[middle]).compareKey(key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Brings the keys of a leaf into order. */
  private void sort(Leaf leaf) {
    while (leaf.sorted < leaf.size) {
      int next = leaf.sorted;
      long window = leaf.windows[next];
      int low = leaf.lowerBound(window, next);
      boolean tied = low < next && leaf.windows[low] == window;
      leaf.moveDown(tied ? place(leaf, window, resolve(leaf.hashes[next]), next) : low);
    }
  }

  /** The record of a key in the tree. */
  private StoredRecord resolve(int hash) {
    StoredRecord record = index.withHash(hash, null);
    if (!aside.isEmpty()) {
      while (record != null && aside.containsKey(record.key())) {
        record = index.withHash(hash, record);
      }
    }
    if (record == null) {
      throw new IllegalStateException("A key of the ordered index is missing in the hash index.");
    }
    return record;
  }

  /** Splits the leaf at the end of the path, to make room for a key. */
  private void split(Leaf leaf, StoredRecord key) {
    int at = place(leaf, key);
    int cut = at == 0 || at == leaf.size ? at : leaf.size / 2;
    StoredRecord low = at == leaf.size ? resolve(leaf.hashes[cut - 1]) : key;
    StoredRecord high = at == 0 ? resolve(leaf.hashes[0]) : key;
    if (cut == leaf.size / 2) {
      low = resolve(leaf.hashes[cut - 1]);
      high = resolve(leaf.hashes[cut]);
    }
    StoredRecord separator = separator(low, high);
    Leaf right = leaf.split(cut);
    sharpen(leaf);
    sharpen(right);
    insertChild(separator, right);
  }

  /** Begins the windows later if their first bytes have become the same in all keys. */
  private void sharpen(Leaf leaf) {
    if (!leaf.isBlurred()) {
      return;
    }
    StoredRecord first = resolve(leaf.hashes[0]);
    leaf.commonFrom(first, shared(first, resolve(leaf.hashes[leaf.size - 1])));
    for (int i = 0; i < leaf.size; i++) {
      leaf.windows[i] = leaf.windowOf(resolve(leaf.hashes[i]));
    }
  }

  /** Adds a node on the right of the child that the path leads to. */
  private void insertChild(StoredRecord separator, Node right) {
    StoredRecord up = separator;
    Node added = right;
    for (int level = depth - 1; level >= 0; level--) {
      Inner inner = onPath(level);
      int at = pathChild[level];
      if (inner.size < Inner.LARGEST) {
        inner.insert(at, up, added);
        return;
      }
      int cut = at == inner.size ? inner.size - 1 : inner.size / 2;
      StoredRecord middle = inner.separator(cut);
      Inner split = inner.split(cut);
      if (at <= cut) {
        inner.insert(at, up, added);
      } else {
        split.insert(at - cut - 1, up, added);
      }
      up = middle;
      added = split;
    }
    Inner top = new Inner(8, root);
    top.insert(0, up, added);
    root = top;
  }

  /** Removes the child that the path leads to, and every node that is empty then. */
  private void removeChild() {
    int level = depth - 1;
    while (level >= 0 && onPath(level).size == 0) {
      level--;
    }
    if (level < 0) {
      root = new Leaf(8);
      return;
    }
    onPath(level).remove(pathChild[level]);
    while (root instanceof Inner inner && inner.size == 0) {
      root = inner.child(0);
    }
  }

  private void joinNeighbour(Leaf leaf) {
    Inner parent = onPath(depth - 1);
    int child = pathChild[depth - 1];
    if (child < parent.size && join(leaf, (Leaf) parent.child(child + 1))) {
      parent.recount(child);
      pathChild[depth - 1] = child + 1;
      removeChild();
    } else if (child > 0 && join((Leaf) parent.child(child - 1), leaf)) {
      parent.recount(child - 1);
      removeChild();
    }
  }

  private boolean join(Leaf left, Leaf right) {
    if (!left.canJoin(right)) {
      return false;
    }
    sort(left);
    sort(right);
    left.join(right);
    return true;
  }

  private Inner onPath(int level) {
    Inner inner = path[level];
    if (inner == null) {
      throw new IllegalStateException("The path of the ordered index has a hole.");
    }
    return inner;
  }

  private static StoredRecord separator(StoredRecord low, StoredRecord high) {
    int size = shared(low, high) + 1;
    byte[] bytes = new byte[size];
    high.copyTo(0, bytes, 0, size);
    return StoredRecord.ofData(bytes, size, false, true, 0, 0);
  }

  private static Leaf leafOf(StoredRecord[] records, int from, int to) {
    Leaf leaf = new Leaf(to - from);
    leaf.commonFrom(records[from], shared(records[from], records[to - 1]));
    if (to - from == 1) {
      leaf.commonFrom(records[from], records[from].keySize());
    }
    for (int i = from; i < to; i++) {
      leaf.windows[i - from] = leaf.windowOf(records[i]);
      leaf.hashes[i - from] = records[i].hash();
    }
    leaf.size = to - from;
    leaf.sorted = leaf.size;
    return leaf;
  }

  /** Adds a leaf on the far right while building. */
  private void append(Inner[] right, StoredRecord separator, Node leaf) {
    Node added = leaf;
    for (int level = 0; level < depth; level++) {
      if (right[level].size < BUILT_INNER) {
        right[level].insert(right[level].size, separator, added);
        return;
      }
      right[level].recount(right[level].size);
      right[level] = new Inner(Inner.LARGEST, added);
      added = right[level];
    }
    Inner top = new Inner(Inner.LARGEST, root);
    top.insert(0, separator, added);
    right[depth++] = top;
    root = top;
  }
}
