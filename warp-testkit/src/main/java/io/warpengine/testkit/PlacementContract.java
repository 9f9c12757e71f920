package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.spi.store.PlacementPolicy;
import io.warpengine.spi.store.SlotTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link PlacementPolicy} keeps for a new database. Extend it and give a policy. */
public abstract class PlacementContract {

  private static final List<Integer> COUNTS = List.of(1, 2, 3, 7, 24, 64, 256, 1_000, 4_096);

  /** For subclasses. */
  protected PlacementContract() {}

  /**
   * Makes a policy for shards of equal weight.
   *
   * @return a new policy
   */
  protected abstract PlacementPolicy newPolicy();

  /**
   * How far from an equal share of the slots a shard may be.
   *
   * @return number of standard deviations of a random placement, 6 unless overridden; 0 if shares
   *     differ by at most one slot
   */
  protected double spread() {
    return 6;
  }

  private static int[] slotsPerShard(SlotTable table) {
    int[] slots = new int[table.shards()];
    for (int slot = 0; slot < SlotTable.SLOTS; slot++) {
      slots[table.owner(slot)]++;
    }
    return slots;
  }

  @Test
  void tableIsForTheShardsAskedFor() {
    for (int shards : COUNTS) {
      assertThat(newPolicy().place(shards).shards()).isEqualTo(shards);
    }
  }

  @Test
  void sameShardsGiveTheSameTable() {
    PlacementPolicy policy = newPolicy();
    for (int shards : COUNTS) {
      SlotTable table = policy.place(shards);
      assertThat(policy.place(shards)).isEqualTo(table);
      assertThat(newPolicy().place(shards)).isEqualTo(table);
    }
  }

  @Test
  void shardsGetEqualSharesWithinTheSpread() {
    for (int shards : COUNTS) {
      double mean = (double) SlotTable.SLOTS / shards;
      double allowed = 1 + spread() * Math.sqrt(mean * (1 - 1.0 / shards));
      for (int slots : slotsPerShard(newPolicy().place(shards))) {
        assertThat((double) slots)
            .as("slots of one of %s shards", shards)
            .isBetween(mean - allowed, mean + allowed);
      }
    }
  }

  @Test
  void neighbouringSlotsDoNotFavourAShard() {
    SlotTable table = newPolicy().place(8);
    int[] first = new int[8];
    for (int slot = 0; slot < SlotTable.SLOTS / 4; slot++) {
      first[table.owner(slot)]++;
    }
    for (int slots : first) {
      assertThat(slots).as("slots in the first quarter").isBetween(256, 1_024);
    }
  }
}
