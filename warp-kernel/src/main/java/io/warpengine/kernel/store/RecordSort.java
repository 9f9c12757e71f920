package io.warpengine.kernel.store;

import io.warpengine.spi.store.StoredRecord;

/**
 * Sorts records by key: a merge sort of eight-byte windows that carries the records along and looks
 * at them only when windows are equal. The window begins after the bytes that all keys share.
 */
final class RecordSort {

  private static final int RUN = 16;

  private RecordSort() {}

  /**
   * Sorts all of an array.
   *
   * @param records records with different keys
   */
  static void sort(StoredRecord[] records) {
    int count = records.length;
    if (count < 2) {
      return;
    }
    int shared = records[0].keySize();
    for (StoredRecord record : records) {
      shared = Math.min(shared, OrderedIndex.shared(records[0], record));
    }
    long[] windows = new long[count];
    for (int i = 0; i < count; i++) {
      windows[i] = records[i].keyPrefix(shared) ^ Long.MIN_VALUE;
    }
    for (int from = 0; from < count; from += RUN) {
      insertionSort(windows, records, from, Math.min(count, from + RUN));
    }
    mergeRuns(windows, records);
  }

  private static void mergeRuns(long[] windows, StoredRecord[] records) {
    int count = records.length;
    long[] fromWindows = windows;
    StoredRecord[] fromRecords = records;
    long[] toWindows = new long[count];
    StoredRecord[] toRecords = new StoredRecord[count];
    boolean swapped = false;
    for (long run = RUN; run < count; run *= 2) {
      for (long low = 0; low < count; low += 2 * run) {
        int middle = (int) Math.min(count, low + run);
        int high = (int) Math.min(count, low + 2 * run);
        merge(fromWindows, fromRecords, (int) low, middle, high, toWindows, toRecords);
      }
      long[] swappedWindows = fromWindows;
      fromWindows = toWindows;
      toWindows = swappedWindows;
      StoredRecord[] swappedRecords = fromRecords;
      fromRecords = toRecords;
      toRecords = swappedRecords;
      swapped = !swapped;
    }
    if (swapped) {
      System.arraycopy(fromRecords, 0, records, 0, count);
    }
  }

  private static void merge(
      long[] windows,
      StoredRecord[] records,
      int low,
      int middle,
      int high,
      long[] toWindows,
      StoredRecord[] toRecords) {
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      if (right == high
          || (left < middle
              && before(windows[left], records[left], windows[right], records[right]))) {
        toWindows[i] = windows[left];
        toRecords[i] = records[left++];
      } else {
        toWindows[i] = windows[right];
        toRecords[i] = records[right++];
      }
    }
  }

  private static void insertionSort(long[] windows, StoredRecord[] records, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long window = windows[i];
      StoredRecord record = records[i];
      int at = i;
      while (at > from && before(window, record, windows[at - 1], records[at - 1])) {
        windows[at] = windows[at - 1];
        records[at] = records[at - 1];
        at--;
      }
      windows[at] = window;
      records[at] = record;
    }
  }

  private static boolean before(
      long window, StoredRecord record, long otherWindow, StoredRecord other) {
    return window != otherWindow ? window < otherWindow : record.compareKey(other) < 0;
  }
}
