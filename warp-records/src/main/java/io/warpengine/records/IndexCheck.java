package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WarpTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntBiFunction;

/**
 * Compares an index with its records, and mends it.
 *
 * <p>The repair goes through the records and then through the entries, in transactions of a few
 * keys each. A transaction reads the record and its entry again before it writes, so what others
 * write meanwhile is either seen or makes it run again. Whoever writes to a record after its part
 * of the walk writes the entry himself.
 */
final class IndexCheck<I, K, V> {

  private static final int PART = 128;

  private final WarpSpace space;
  private final Types<K, V> types;
  private final Index<I, K, V> index;
  private long duplicates;

  IndexCheck(WarpSpace space, Types<K, V> types, Index<I, K, V> index) {
    this.space = space;
    this.types = types;
    this.index = index;
  }

  /** How many keys were looked at, and how many of them were wrong. */
  private record Found(long all, long wrong) {}

  IndexReport verify() {
    try (WarpSnapshot snapshot = space.snapshot()) {
      Found records = count(snapshot, Types.below(Scan.all()), this::isMissing);
      Found entries = count(snapshot, index.entries(), this::isStale);
      return new IndexReport(records.all(), entries.all(), records.wrong(), entries.wrong());
    }
  }

  private static Found count(
      WarpReader reader, Scan scan, ToIntBiFunction<WarpReader, Entry> judge) {
    long all = 0;
    long wrong = 0;
    try (ScanCursor cursor = reader.scan(scan)) {
      while (cursor.hasNext()) {
        all++;
        wrong += judge.applyAsInt(reader, cursor.next());
      }
    }
    return new Found(all, wrong);
  }

  private int isMissing(WarpReader reader, Entry record) {
    Optional<Bytes> entry = entryOf(record);
    return entry.isPresent() && reader.get(entry.get()).filter(record.key()::equals).isEmpty()
        ? 1
        : 0;
  }

  private int isStale(WarpReader reader, Entry entry) {
    return index.record(reader, entry).isPresent() ? 0 : 1;
  }

  private Optional<Bytes> entryOf(Entry record) {
    return index.entryOf(types.values().decode(record.value()), record.key());
  }

  IndexReport rebuild() {
    Found records = mend(Types.below(Scan.all()), this::add);
    Found entries = mend(index.entries(), this::removeIfStale);
    if (duplicates > 0) {
      throw new WarpException(
          RecordsError.UNIQUE_VIOLATED,
          "The unique index ["
              + index.name()
              + "] cannot find ["
              + duplicates
              + "] records, since others have the same value.",
          "Give these records values of their own and rebuild it again, or make an index that is"
              + " not unique.");
    }
    return new IndexReport(records.all(), entries.all(), records.wrong(), entries.wrong());
  }

  private Found mend(Scan whole, ToIntBiFunction<WarpTransaction, Entry> mender) {
    long all = 0;
    long wrong = 0;
    Scan rest = whole.limit(PART);
    while (true) {
      Scan part = rest;
      long before = duplicates;
      PartDone done =
          space.transact(transaction -> {
            duplicates = before;
            return mend(transaction, part, mender);
          });
      all += done.found.all();
      wrong += done.found.wrong();
      if (done.found.all() < PART) {
        return new Found(all, wrong);
      }
      rest = whole.limit(PART).resume(done.token);
    }
  }

  private record PartDone(Found found, Bytes token) {}

  private static PartDone mend(
      WarpTransaction transaction, Scan part, ToIntBiFunction<WarpTransaction, Entry> mender) {
    List<Entry> entries = new ArrayList<>();
    Bytes token;
    try (ScanCursor cursor = transaction.scan(part)) {
      cursor.forEachRemaining(entries::add);
      token = cursor.token();
    }
    long wrong = 0;
    for (Entry entry : entries) {
      wrong += mender.applyAsInt(transaction, entry);
    }
    return new PartDone(new Found(entries.size(), wrong), token);
  }

  private int add(WarpTransaction transaction, Entry record) {
    Optional<Bytes> entry = entryOf(record);
    if (entry.isEmpty() || transaction.get(entry.get()).filter(record.key()::equals).isPresent()) {
      return 0;
    }
    if (index.isTaken(transaction, entry.get(), record.key())) {
      duplicates++;
      return 1;
    }
    Optional<Duration> left =
        TypedTransaction.timeToLive(new Expiry(Optional.empty(), record.expiresAt()));
    Index.put(transaction, entry.get(), record.key(), left);
    return 1;
  }

  private int removeIfStale(WarpTransaction transaction, Entry entry) {
    if (index.record(transaction, entry).isPresent()) {
      return 0;
    }
    transaction.delete(entry.key());
    return 1;
  }
}
