package io.warpengine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BytesTest {

  @Test
  void copiesWhatItIsGiven() {
    byte[] source = {1, 2, 3};
    Bytes whole = Bytes.copyOf(source);
    Bytes part = Bytes.copyOf(source, 1, 2);
    source[1] = 9;
    assertThat(whole.toArray()).containsExactly(1, 2, 3);
    assertThat(part.toArray()).containsExactly(2, 3);
  }

  @Test
  void givesCopiesAndViewsOfItsBytes() {
    Bytes bytes = Bytes.copyOf(new byte[] {1, 2, 3, 4});
    bytes.toArray()[0] = 9;
    assertThat(bytes.at(0)).isEqualTo((byte) 1);
    assertThat(bytes.slice(1, 3).toArray()).containsExactly(2, 3);
    assertThat(bytes.slice(0, 4)).isSameAs(bytes);
    byte[] target = new byte[3];
    bytes.copyTo(2, target, 1, 2);
    assertThat(target).containsExactly(0, 3, 4);
  }

  @Test
  void emptyIsOneObject() {
    assertThat(Bytes.copyOf(new byte[0])).isSameAs(Bytes.EMPTY);
    assertThat(Bytes.copyOf(new byte[3], 1, 0)).isSameAs(Bytes.EMPTY);
    assertThat(Bytes.utf8("")).isSameAs(Bytes.EMPTY);
    assertThat(Bytes.EMPTY.isEmpty()).isTrue();
    assertThat(Bytes.utf8("a").isEmpty()).isFalse();
  }

  @Test
  void refusesWhatIsOutOfRange() {
    Bytes bytes = Bytes.wrap(new byte[20], 2, 9);
    assertThatThrownBy(() -> bytes.at(9)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.longAt(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.intAt(6)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.slice(3, 10)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.copyTo(5, new byte[9], 0, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.wrap(new byte[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.copyOf(new byte[3], -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void readsNumbersLittleEndian() {
    Bytes bytes = Bytes.wrap(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, 1, 8);
    assertThat(bytes.longAt(0)).isEqualTo(0x0807060504030201L);
    assertThat(bytes.intAt(4)).isEqualTo(0x08070605);
  }

  @Test
  void orderIsUnsignedBytewise() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      byte[] left = new byte[random.nextInt(5)];
      byte[] right = new byte[random.nextInt(5)];
      random.nextBytes(left);
      random.nextBytes(right);
      assertThat(Integer.signum(Bytes.copyOf(left).compareTo(Bytes.copyOf(right))))
          .as("seed %d step %d", seed, i)
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(left, right)));
    }
  }

  @Test
  void equalityIsOfContentWhereverItLies() {
    Bytes one = Bytes.wrap(new byte[] {9, 1, 2}, 1, 2);
    Bytes other = Bytes.copyOf(new byte[] {1, 2});
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(Bytes.copyOf(new byte[] {1, 3})).isNotEqualTo("text");
    assertThat(one.contentEquals(new byte[] {1, 2, 3}, 0, 3)).isFalse();
  }

  @Test
  void knowsItsPrefixes() {
    Bytes bytes = Bytes.utf8("wormhole");
    assertThat(bytes.startsWith(Bytes.utf8("worm"))).isTrue();
    assertThat(bytes.startsWith(Bytes.EMPTY)).isTrue();
    assertThat(bytes.startsWith(bytes)).isTrue();
    assertThat(bytes.startsWith(Bytes.utf8("hole"))).isFalse();
    assertThat(bytes.startsWith(Bytes.utf8("wormholes"))).isFalse();
  }

  @Test
  void textSurvivesTheRoundTrip() {
    assertThat(Bytes.utf8("grün ✓").toUtf8()).isEqualTo("grün ✓");
  }

  @Test
  void showsAtMostThirtyTwoBytes() {
    assertThat(Bytes.copyOf(new byte[] {1, (byte) 0xff})).hasToString("Bytes[2: 01ff]");
    assertThat(Bytes.copyOf(new byte[40]).toString()).startsWith("Bytes[40: 00").endsWith("00...]");
  }
}
