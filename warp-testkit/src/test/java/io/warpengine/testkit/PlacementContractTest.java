package io.warpengine.testkit;

import io.warpengine.spi.store.PlacementPolicy;
import io.warpengine.spi.store.SlotTable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class PlacementContractTest extends PlacementContract {

  private static SlotTable table(int shards, IntBinaryOperator owner) {
    short[] owners = new short[SlotTable.SLOTS];
    for (int slot = 0; slot < owners.length; slot++) {
      owners[slot] = (short) owner.applyAsInt(slot, shards);
    }
    return new SlotTable(owners, shards);
  }

  @Override
  protected PlacementPolicy newPolicy() {
    return shards -> table(shards, (slot, count) -> slot % count);
  }

  @Override
  protected double spread() {
    return 0;
  }

  /** The contract over whatever is planted. */
  static final class Planted extends PlacementContract {
    static PlacementPolicy bug = shards -> table(shards, (slot, count) -> 0);

    @Override
    protected PlacementPolicy newPolicy() {
      return bug;
    }
  }

  private static void assertCaught(String test, String name, PlacementPolicy bug) {
    Planted.bug = bug;
    PlantedBugs.assertCaught(Planted.class, test, name);
  }

  @Test
  void plantedBugsAreCaught() {
    AtomicInteger calls = new AtomicInteger();
    assertCaught(
        "sameShardsGiveTheSameTable",
        "changes from call to call",
        shards -> {
          int shift = calls.getAndIncrement();
          return table(shards, (slot, count) -> (slot + shift) % count);
        });
    assertCaught(
        "shardsGetEqualSharesWithinTheSpread",
        "forgets a shard",
        shards -> table(shards, (slot, count) -> slot % Math.max(1, count - 1)));
    assertCaught(
        "tableIsForTheShardsAskedFor",
        "makes more shards",
        shards -> table(shards + 1, (slot, count) -> slot % count));
    assertCaught(
        "neighbouringSlotsDoNotFavourAShard",
        "places ranges",
        shards -> table(shards, (slot, count) -> (int) ((long) slot * count / SlotTable.SLOTS)));
  }
}
