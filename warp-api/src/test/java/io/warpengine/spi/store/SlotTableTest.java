package io.warpengine.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SlotTableTest {

  @Test
  void slotComesFromTheUpperBits() {
    assertThat(SlotTable.slotOf(0)).isZero();
    assertThat(SlotTable.slotOf(-1)).isEqualTo(SlotTable.SLOTS - 1);
    assertThat(SlotTable.slotOf(1L << 50)).isEqualTo(1);
    assertThat(SlotTable.slotOf((1L << 50) - 1)).isZero();
  }

  @Test
  void tableKeepsItsOwnCopy() {
    short[] owners = new short[SlotTable.SLOTS];
    owners[3] = 1;
    SlotTable table = new SlotTable(owners, 2);
    owners[3] = 0;
    assertThat(table.owner(3)).isEqualTo(1);
    assertThat(table.owner(4)).isZero();
    assertThat(table.shards()).isEqualTo(2);
    assertThat(table).hasToString("SlotTable[2 shards]");
  }

  @Test
  void equalityIsOfOwnersAndShards() {
    SlotTable table = new SlotTable(new short[SlotTable.SLOTS], 2);
    assertThat(table).isEqualTo(new SlotTable(new short[SlotTable.SLOTS], 2));
    assertThat(table).hasSameHashCodeAs(new SlotTable(new short[SlotTable.SLOTS], 2));
    assertThat(table).isNotEqualTo(new SlotTable(new short[SlotTable.SLOTS], 3)).isNotEqualTo("x");
  }

  @Test
  void impossibleTablesAreRefused() {
    short[] owners = new short[SlotTable.SLOTS];
    assertThatThrownBy(() -> new SlotTable(new short[3], 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SlotTable(owners, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SlotTable(owners, 5_000))
        .isInstanceOf(IllegalArgumentException.class);
    owners[9] = 2;
    assertThatThrownBy(() -> new SlotTable(owners, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2]");
  }
}
