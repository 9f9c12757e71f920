package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.Manifest;
import io.warpengine.spi.store.StoredRecord;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps, in the manifest, the latest expiry of a record that was reported absent: written at close
 * and with each checkpoint. When the next process begins with an earlier time, what had expired by
 * then is deleted before anybody reads, and the mark is taken back, so that a clock that was wrong
 * once does not decide for ever.
 */
final class ExpiryMark {

  private static final String SECTION = "expiry";
  private static final String REPORTED = "reported-millis";
  private static final int RUN = 256;

  private final Manifest manifest;
  private final Expiry expiry;
  private final ReentrantLock lock = new ReentrantLock();
  private long kept;

  ExpiryMark(Manifest manifest, Expiry expiry) {
    this.manifest = manifest;
    this.expiry = expiry;
    kept = Long.parseLong(manifest.section(SECTION).getOrDefault(REPORTED, "0"));
  }

  /** Writes the mark if it has moved. */
  void keep() {
    lock.lock();
    try {
      if (expiry.reported() > kept) {
        commit(expiry.reported());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Deletes what had expired, if the clock has gone back. */
  void enforce(Writer writer, boolean readOnly) {
    lock.lock();
    try {
      if (kept <= expiry.now()) {
        return;
      }
      for (Shard shard : writer.shards.all) {
        enforce(writer, shard, readOnly);
      }
      if (!readOnly) {
        writer.settle();
        commit(0);
      }
    } finally {
      lock.unlock();
    }
  }

  private void enforce(Writer writer, Shard shard, boolean readOnly) {
    StoredRecord[] run = new StoredRecord[RUN];
    Bytes place = Bytes.EMPTY;
    int count = RUN;
    while (count == RUN) {
      shard.lock.lock();
      try {
        count = shard.store.scan(place, false, Optional.empty(), false, run);
      } finally {
        shard.lock.unlock();
      }
      for (int i = 0; i < count; i++) {
        StoredRecord record = run[i];
        if (record.expires() && record.expiresAtMillis() <= kept) {
          if (readOnly) {
            forget(shard, record);
          } else {
            writer.discard(shard, record);
          }
        }
      }
      if (count == RUN) {
        place = run[RUN - 1].key();
      }
    }
  }

  private static void forget(Shard shard, StoredRecord record) {
    shard.lock.lock();
    try {
      shard.forget(record);
    } finally {
      shard.lock.unlock();
    }
  }

  private void commit(long mark) {
    TreeMap<String, String> section = new TreeMap<>();
    section.put(REPORTED, Long.toString(mark));
    manifest.commit(SECTION, section);
    kept = mark;
  }
}
