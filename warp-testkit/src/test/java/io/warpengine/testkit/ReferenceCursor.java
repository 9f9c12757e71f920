package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.ReferenceDatabase.Bug;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A walk through a copy. */
final class ReferenceCursor implements ScanCursor {

  private static final byte TOKEN = 0x54;

  private final List<Entry> entries = new ArrayList<>();
  private Optional<Bytes> last = Optional.empty();
  private Bytes token;

  ReferenceCursor(NavigableMap<Bytes, StoredRecord> records, Scan scan, Set<Bug> bugs) {
    token = scan.resume().orElse(Bytes.EMPTY);
    for (StoredRecord record : range(records, scan, bugs).values()) {
      if (entries.size() < scan.limit()) {
        entries.add(ReferenceDatabase.entryOf(record));
      }
    }
  }

  /** What a scan goes through, in its direction. */
  static NavigableMap<Bytes, StoredRecord> range(
      NavigableMap<Bytes, StoredRecord> records, Scan scan, Set<Bug> bugs) {
    NavigableMap<Bytes, StoredRecord> run = records.tailMap(scan.from(), true);
    if (scan.to().isPresent()) {
      boolean none = scan.from().compareTo(scan.to().get()) >= 0;
      run = none ? new TreeMap<>() : run.headMap(scan.to().get(), bugs.contains(Bug.SCANS_THE_END));
    }
    run = scan.backwards() ? run.descendingMap() : run;
    Bytes token = scan.resume().orElse(Bytes.EMPTY);
    if (!token.isEmpty()) {
      if (token.at(0) != TOKEN && !bugs.contains(Bug.TAKES_ANY_TOKEN)) {
        throw ReferenceDatabase.refused(CoreError.TOKEN_INVALID);
      }
      run = run.tailMap(token.slice(1, token.size()), bugs.contains(Bug.RESUMES_AT_THE_TOKEN));
    }
    return run;
  }

  /** The key returned last. */
  Optional<Bytes> last() {
    return last;
  }

  @Override
  public boolean hasNext() {
    return !entries.isEmpty();
  }

  @Override
  public Entry next() {
    Entry entry = entries.removeFirst();
    byte[] bytes = new byte[1 + entry.key().size()];
    bytes[0] = TOKEN;
    entry.key().copyTo(0, bytes, 1, entry.key().size());
    token = Bytes.wrap(bytes, 0, bytes.length);
    last = Optional.of(entry.key());
    return entry;
  }

  @Override
  public Bytes token() {
    return token;
  }

  @Override
  public void close() {
    entries.clear();
  }
}
