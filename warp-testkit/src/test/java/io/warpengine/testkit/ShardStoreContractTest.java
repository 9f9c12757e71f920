package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.Storage;
import io.warpengine.spi.store.StoredRecord;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardStoreContractTest extends ShardStoreContract {

  @Override
  protected Storage newStorage() {
    return new ReferenceStorage();
  }

  /** The contract over whatever is planted. */
  static final class Planted extends ShardStoreContract {
    static Supplier<ShardStore> bug = ReferenceStorage.Store::new;

    @Override
    protected Storage newStorage() {
      return new Storage() {
        @Override
        public ShardStore newShard(int shard) {
          return bug.get();
        }

        @Override
        public int formatVersion() {
          return 1;
        }
      };
    }
  }

  private static void assertCaught(String test, String name, Supplier<ShardStore> bug) {
    Planted.bug = bug;
    PlantedBugs.assertCaught(Planted.class, test, name);
  }

  @Test
  void findIgnoringTheKeyIsCaught() {
    assertCaught(
        "sameHashDoesNotMeanSameKey",
        "find compares hashes only",
        () ->
            new ReferenceStorage.Store() {
              @Override
              public @Nullable StoredRecord find(int hash, Bytes key) {
                return records.values().stream()
                    .filter(r -> r.hash() == hash)
                    .findFirst()
                    .orElse(null);
              }
            });
  }

  @Test
  void putThatForgetsWhatWasThereIsCaught() {
    assertCaught(
        "putReturnsWhatWasThere",
        "put returns null",
        () ->
            new ReferenceStorage.Store() {
              @Override
              public @Nullable StoredRecord put(StoredRecord record) {
                super.put(record);
                return null;
              }
            });
  }

  @Test
  void putThatIsNotAtomicForReadersIsCaught() {
    assertCaught(
        "findDuringWritesSeesWholeRecordsAndNeverLosesOne",
        "put removes first",
        () ->
            new ReferenceStorage.Store() {
              @Override
              public @Nullable StoredRecord put(StoredRecord record) {
                StoredRecord former = records.remove(record.key());
                Thread.onSpinWait();
                records.put(record.key(), record);
                return former;
              }
            });
  }

  @Test
  void loadThatTakesTheLastIsCaught() {
    assertCaught(
        "highestSequenceWinsInWhateverOrderRecordsAreLoaded",
        "the last loaded wins",
        () ->
            new ReferenceStorage.Store() {
              @Override
              public void load(StoredRecord record) {
                records.put(record.key(), record);
              }
            });
  }

  @Test
  void loadThatForgetsTombstonesIsCaught() {
    assertCaught(
        "tombstoneThatComesFirstStillDeletesWhatIsOlder",
        "a tombstone removes at once",
        () ->
            new ReferenceStorage.Store() {
              @Override
              public void load(StoredRecord record) {
                if (record.isTombstone()) {
                  records.remove(record.key());
                } else {
                  super.load(record);
                }
              }
            });
  }

  @Test
  void tombstonesThatStayAreCaught() {
    assertCaught(
        "highestSequenceWinsInWhateverOrderRecordsAreLoaded",
        "loaded() does nothing",
        () ->
            new ReferenceStorage.Store() {
              @Override
              public void loaded() {}
            });
  }

  @Test
  void scanThatConfusesItsBoundsIsCaught() {
    assertCaught(
        "scansEqualTheModelInBothDirections",
        "inclusive is ignored",
        () ->
            new ReferenceStorage.Store() {
              @Override
              public int scan(
                  Bytes from,
                  boolean inclusive,
                  Optional<Bytes> to,
                  boolean backwards,
                  StoredRecord[] target) {
                return super.scan(from, true, to, backwards, target);
              }
            });
    assertCaught(
        "scansEqualTheModelInBothDirections",
        "going down, the end is left out",
        () ->
            new ReferenceStorage.Store() {
              @Override
              public int scan(
                  Bytes from,
                  boolean inclusive,
                  Optional<Bytes> to,
                  boolean backwards,
                  StoredRecord[] target) {
                int count = super.scan(from, inclusive, to, backwards, target);
                boolean atEnd =
                    backwards && count > 0 && to.isPresent() && target[count - 1].hasKey(to.get());
                return atEnd ? count - 1 : count;
              }
            });
    assertCaught(
        "keysAreOrderedWhateverOrderTheyComeIn",
        "a run ends early",
        () ->
            new ReferenceStorage.Store() {
              @Override
              public int scan(
                  Bytes from,
                  boolean inclusive,
                  Optional<Bytes> to,
                  boolean backwards,
                  StoredRecord[] target) {
                return Math.min(64, super.scan(from, inclusive, to, backwards, target));
              }
            });
  }

  @Test
  void wrongCountsAreCaught() {
    assertCaught(
        "everythingRemovedLeavesAnEmptyStoreThatWorks",
        "size counts removed records",
        () ->
            new ReferenceStorage.Store() {
              private long puts;

              @Override
              public @Nullable StoredRecord put(StoredRecord record) {
                puts++;
                return super.put(record);
              }

              @Override
              public long size() {
                return puts;
              }
            });
    assertCaught(
        "anySequenceOfWritesEqualsTheModel",
        "value bytes of the key",
        () ->
            new ReferenceStorage.Store() {
              @Override
              public long valueBytes() {
                return keyBytes();
              }
            });
  }

  @Test
  void shardsThatShareRecordsAreCaught() {
    ShardStore shared = new ReferenceStorage.Store();
    assertCaught("shardsKnowNothingOfEachOther", "one store for all shards", () -> shared);
  }
}
