package io.warpengine.kernel.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.SpaceKeys;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KeyHashTest {

  private final KeyHash hash = new KeyHash(7);

  private long slotHash(String key) {
    Bytes bytes = Bytes.utf8(key);
    return hash.ofSlot(bytes, hash.of(bytes));
  }

  private long whole(String key) {
    return hash.of(Bytes.utf8(key));
  }

  @Test
  void hashNeverChangesSinceSlotsAreStored() {
    assertThat(whole("a")).isEqualTo(GOLDEN[0]);
    assertThat(whole("abcd")).isEqualTo(GOLDEN[1]);
    assertThat(whole("key:000000001234")).isEqualTo(GOLDEN[2]);
    assertThat(whole("a key of more than sixteen bytes")).isEqualTo(GOLDEN[3]);
    assertThat(whole("k".repeat(200))).isEqualTo(GOLDEN[4]);
    assertThat(hash.of(Bytes.EMPTY)).isEqualTo(GOLDEN[5]);
  }

  private static final long[] GOLDEN = {
    5295591553861513919L,
    5453427711231070296L,
    -317665210473856085L,
    8845243940412783785L,
    9066887615105491547L,
    -7777304151494478521L
  };

  @Test
  void keysWithTheSameTagShareASlot() {
    assertThat(slotHash("{user1}:name")).isEqualTo(slotHash("orders of {user1} in full"));
    assertThat(slotHash("{user1}:name")).isEqualTo(whole("user1"));
    assertThat(slotHash("{user1}:name")).isNotEqualTo(slotHash("{user2}:name"));
    assertThat(slotHash("a{b}{c}")).isEqualTo(whole("b"));
    assertThat(slotHash("a{{b}}")).isEqualTo(whole("{b"));
  }

  @Test
  void markOfASpaceIsNoPartOfATag() {
    int braces = 0x7b7d7b61;
    for (String key : new String[] {"{t}", "x{t}y", "{t}{u}"}) {
      for (int space : new int[] {SpaceKeys.DEFAULT, 1, '{', braces}) {
        Bytes stored = SpaceKeys.stored(space, Bytes.utf8(key));
        assertThat(hash.ofSlot(stored, 1)).as("%s in %s", key, space).isEqualTo(whole("t"));
      }
    }
    Bytes untagged = SpaceKeys.stored(braces, Bytes.utf8("b}"));
    assertThat(hash.ofSlot(untagged, 1)).isEqualTo(1);
  }

  @Test
  void keysWithoutATagOrWithAnEmptyOneHashWhole() {
    for (String key :
        new String[] {"plain", "{}:x", "open{only", "close}only", "}{", "12345678{", "a{}{b}"}) {
      assertThat(slotHash(key)).as(key).isEqualTo(whole(key));
    }
  }

  @Test
  void braceIsFoundAtEveryPlace() {
    for (int before = 0; before < 40; before++) {
      for (int after = 0; after < 20; after++) {
        String key = "z".repeat(before) + "{tag}" + "|".repeat(after);
        assertThat(slotHash(key)).as(key).isEqualTo(whole("tag"));
      }
    }
  }

  @Test
  void everyLengthAndEveryBitCounts() {
    Random random = new Random(11);
    for (int size = 1; size < 150; size++) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      long before = hash.of(Bytes.copyOf(bytes));
      int changed = 0;
      for (int bit = 0; bit < size * 8; bit++) {
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        long difference = before ^ hash.of(Bytes.copyOf(bytes));
        assertThat(difference).as("size [%s] bit [%s]", size, bit).isNotZero();
        changed += Long.bitCount(difference);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      }
      assertThat(changed / (size * 8.0)).as("size [%s]", size).isBetween(26.0, 38.0);
    }
  }

  @Test
  void seedChangesEveryHash() {
    KeyHash other = new KeyHash(8);
    for (int i = 0; i < 1000; i++) {
      Bytes key = Bytes.utf8("k" + i);
      assertThat(other.of(key)).isNotEqualTo(hash.of(key));
    }
  }

  @Test
  void viewHashesLikeItsCopy() {
    byte[] bytes =
        "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz".getBytes(UTF_8);
    for (int from = 0; from < 10; from++) {
      for (int to = from + 1; to < bytes.length; to++) {
        Bytes view = Bytes.wrap(bytes, from, to - from);
        assertThat(hash.of(view)).isEqualTo(hash.of(Bytes.copyOf(bytes, from, to - from)));
      }
    }
  }

  @Test
  void numberedKeysSpreadEvenlyOverSlotsAndIndex() {
    int keys = 200_000;
    int[] slots = new int[SlotTable.SLOTS];
    int[] low = new int[SlotTable.SLOTS];
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < keys; i++) {
      long one = whole("key:" + i);
      slots[SlotTable.slotOf(one)]++;
      low[(int) one & (SlotTable.SLOTS - 1)]++;
      hashes.add((int) one);
    }
    assertThat(chiSquare(slots, keys)).isBetween(15_500.0, 17_300.0);
    assertThat(chiSquare(low, keys)).isBetween(15_500.0, 17_300.0);
    assertThat(keys - hashes.size()).as("equal index hashes").isLessThan(20);
  }

  private static double chiSquare(int[] counts, int total) {
    double expected = (double) total / counts.length;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
