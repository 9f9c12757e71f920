package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.CacheTier;
import io.warpengine.spi.store.StoredRecord;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CacheTierContractTest extends CacheTierContract {

  /** The simplest cache that keeps the contract. */
  static class ReferenceCache implements CacheTier {
    final Map<Bytes, StoredRecord> copies = new ConcurrentHashMap<>();

    @Override
    public @Nullable StoredRecord get(int hash, Bytes key, long sequence) {
      StoredRecord found = copies.get(key);
      return found != null && found.sequence() == sequence ? found : null;
    }

    @Override
    public void offer(StoredRecord record) {
      copies.put(record.key(), record);
    }
  }

  @Override
  protected CacheTier newCache() {
    return new ReferenceCache();
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /** The contract over whatever is planted. */
  static final class Planted extends CacheTierContract {
    static Supplier<CacheTier> bug = ReferenceCache::new;

    @Override
    protected CacheTier newCache() {
      return bug.get();
    }

    @Override
    protected Set<Capability> capabilities() {
      return EnumSet.allOf(Capability.class);
    }
  }

  private static void assertCaught(String test, String name, Supplier<CacheTier> bug) {
    Planted.bug = bug;
    PlantedBugs.assertCaught(Planted.class, test, name);
  }

  @Test
  void plantedBugsAreCaught() {
    assertCaught(
        "onlyTheNamedSequenceCounts",
        "ignores the sequence",
        () ->
            new ReferenceCache() {
              @Override
              public @Nullable StoredRecord get(int hash, Bytes key, long sequence) {
                return copies.get(key);
              }
            });
    assertCaught(
        "sameHashDoesNotMeanSameKey",
        "ignores the key",
        () ->
            new ReferenceCache() {
              @Override
              public @Nullable StoredRecord get(int hash, Bytes key, long sequence) {
                return copies.values().stream()
                    .filter(r -> r.hash() == hash && r.sequence() == sequence)
                    .findFirst()
                    .orElse(null);
              }
            });
    assertCaught(
        "offeredRecordComesBackAsItWas",
        "forgets the expiry",
        () ->
            new ReferenceCache() {
              @Override
              public void offer(StoredRecord r) {
                super.offer(StoredRecord.of(r.key(), r.value(), r.hash(), r.sequence(), 0));
              }
            });
    assertCaught(
        "offeredRecordComesBackAsItWas",
        "takes nothing",
        () ->
            new ReferenceCache() {
              @Override
              public void offer(StoredRecord r) {}
            });
    StoredRecord stale = StoredRecord.of(Bytes.utf8("b"), Bytes.utf8("1"), 1, 1, 0);
    assertCaught(
        "whatWasNeverOfferedIsNotThere",
        "has something already",
        () -> {
          CacheTier cache = new ReferenceCache();
          cache.offer(stale);
          return cache;
        });
  }
}
