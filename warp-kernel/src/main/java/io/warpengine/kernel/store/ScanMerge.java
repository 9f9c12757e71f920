package io.warpengine.kernel.store;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.StoredRecord;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Merges the keys that the {@link OrderedIndex} keeps aside into a run of a scan. */
final class ScanMerge {

  private ScanMerge() {}

  /**
   * Merges.
   *
   * @param target the run, replaced by the merged one
   * @param count number of records in it
   * @param index where the records of the keys aside are
   * @param aside keys and hashes in the direction of the scan, from its beginning
   * @param to where the scan ends
   * @param backwards the direction
   * @return number of records in the merged run
   */
  static int merge(
      StoredRecord[] target,
      int count,
      HashIndex index,
      SortedMap<Bytes, Integer> aside,
      Optional<Bytes> to,
      boolean backwards) {
    StoredRecord[] run = target.clone();
    int taken = 0;
    int merged = 0;
    for (Map.Entry<Bytes, Integer> entry : aside.entrySet()) {
      Bytes key = entry.getKey();
      if (to.isPresent()
          && (backwards ? key.compareTo(to.get()) < 0 : key.compareTo(to.get()) >= 0)) {
        break;
      }
      while (merged < target.length
          && taken < count
          && (backwards ? run[taken].compareKey(key) > 0 : run[taken].compareKey(key) < 0)) {
        target[merged++] = run[taken++];
      }
      if (merged == target.length) {
        break;
      }
      target[merged++] = index.at(index.slotOf(entry.getValue(), key));
    }
    while (merged < target.length && taken < count) {
      target[merged++] = run[taken++];
    }
    return merged;
  }
}
