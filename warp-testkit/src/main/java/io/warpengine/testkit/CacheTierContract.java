package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.CacheTier;
import io.warpengine.spi.store.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link CacheTier} keeps. Extend it and give a cache. */
public abstract class CacheTierContract {

  /** What a cache may or may not do. */
  public enum Capability {
    /** It takes whatever is offered to it while it is empty. */
    TAKES_ALL_AT_FIRST
  }

  /** For subclasses. */
  protected CacheTierContract() {}

  /**
   * Makes an empty cache of a few MiB.
   *
   * @return a new cache
   */
  protected abstract CacheTier newCache();

  /**
   * What the cache does.
   *
   * @return nothing unless overridden
   */
  protected Set<Capability> capabilities() {
    return Set.of();
  }

  private static StoredRecord record(String key, String value, int hash, long sequence) {
    return StoredRecord.of(Bytes.utf8(key), Bytes.utf8(value), hash, sequence, 0);
  }

  private static boolean isRight(
      @Nullable StoredRecord found, StoredRecord offered, boolean mustBeThere) {
    if (found == null) {
      return !mustBeThere;
    }
    return found.compareKey(offered) == 0
        && found.sequence() == offered.sequence()
        && found.value().equals(offered.value())
        && found.expiresAtMillis() == offered.expiresAtMillis()
        && !found.isTombstone();
  }

  private boolean takesAll() {
    return capabilities().contains(Capability.TAKES_ALL_AT_FIRST);
  }

  @Test
  void whatWasNeverOfferedIsNotThere() {
    CacheTier cache = newCache();
    assertThat(cache.get(1, Bytes.utf8("a"), 1)).isNull();
    cache.offer(record("a", "1", 1, 1));
    assertThat(cache.get(1, Bytes.utf8("b"), 1)).isNull();
  }

  @Test
  void offeredRecordComesBackAsItWas() {
    CacheTier cache = newCache();
    StoredRecord expiring = StoredRecord.of(Bytes.utf8("a"), Bytes.utf8("1"), 7, 3, 99);
    StoredRecord empty = record("b", "", 8, 4);
    cache.offer(expiring);
    cache.offer(empty);
    assertThat(isRight(cache.get(7, Bytes.utf8("a"), 3), expiring, takesAll())).isTrue();
    assertThat(isRight(cache.get(8, Bytes.utf8("b"), 4), empty, takesAll())).isTrue();
  }

  @Test
  void onlyTheNamedSequenceCounts() {
    CacheTier cache = newCache();
    StoredRecord five = record("a", "five", 1, 5);
    cache.offer(five);
    assertThat(cache.get(1, Bytes.utf8("a"), 4)).isNull();
    assertThat(cache.get(1, Bytes.utf8("a"), 6)).isNull();
    StoredRecord six = record("a", "six", 1, 6);
    cache.offer(six);
    assertThat(isRight(cache.get(1, Bytes.utf8("a"), 5), five, false)).isTrue();
    assertThat(isRight(cache.get(1, Bytes.utf8("a"), 6), six, false)).isTrue();
    cache.offer(five);
    assertThat(isRight(cache.get(1, Bytes.utf8("a"), 6), six, false)).isTrue();
  }

  @Test
  void sameHashDoesNotMeanSameKey() {
    CacheTier cache = newCache();
    for (int i = 0; i < 100; i++) {
      cache.offer(record("k" + i, "v" + i, 1, 1));
    }
    for (int i = 0; i < 100; i++) {
      StoredRecord found = cache.get(1, Bytes.utf8("k" + i), 1);
      assertThat(isRight(found, record("k" + i, "v" + i, 1, 1), false)).isTrue();
    }
  }

  @Test
  void moreThanFitsCanBeOffered() {
    CacheTier cache = newCache();
    Generator data = new Generator(1);
    Bytes large = data.value(1 << 20);
    for (int i = 0; i < 64; i++) {
      cache.offer(StoredRecord.of(Bytes.utf8("k" + i), large, i, 1, 0));
    }
    for (int i = 0; i < 64; i++) {
      StoredRecord offered = StoredRecord.of(Bytes.utf8("k" + i), large, i, 1, 0);
      assertThat(isRight(cache.get(i, Bytes.utf8("k" + i), 1), offered, false)).isTrue();
    }
  }

  @Test
  void threadsNeverSeeAnythingButWhatWasOffered() throws Exception {
    CacheTier cache = newCache();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int t = 1; t <= 4; t++) {
        long seed = t;
        tasks.add(() -> offersAndReads(cache, new Generator(seed)));
      }
      for (Future<Boolean> right : pool.invokeAll(tasks)) {
        assertThat(right.get()).isTrue();
      }
    }
  }

  private static boolean offersAndReads(CacheTier cache, Generator data) {
    for (int i = 0; i < Seeds.times(5_000); i++) {
      int number = data.below(200);
      long sequence = 1L + data.below(5);
      StoredRecord record = record("k" + number, number + "/" + sequence, number % 16, sequence);
      if (data.chance(0.3)) {
        cache.offer(record);
      }
      if (!isRight(cache.get(number % 16, record.key(), sequence), record, false)) {
        return false;
      }
    }
    return true;
  }
}
