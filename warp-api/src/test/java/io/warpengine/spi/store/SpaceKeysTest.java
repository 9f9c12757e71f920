package io.warpengine.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpaceKeysTest {

  private static final int[] SPACES = {
    SpaceKeys.DEFAULT, SpaceKeys.CATALOG, 1, 0x7b, 0xff, 0x100, 0xffff, Integer.MAX_VALUE
  };

  private static Bytes key(int... bytes) {
    byte[] key = new byte[bytes.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) bytes[i];
    }
    return Bytes.wrap(key, 0, key.length);
  }

  @Test
  void keyOfTheDefaultSpaceIsStoredAsItIs() {
    for (Bytes key : List.of(key(0), key(0xfe, 0xff), Bytes.utf8("key"))) {
      assertThat(SpaceKeys.stored(SpaceKeys.DEFAULT, key)).isSameAs(key);
      assertThat(SpaceKeys.keyOf(key)).isSameAs(key);
      assertThat(SpaceKeys.spaceOf(key)).isEqualTo(SpaceKeys.DEFAULT);
    }
  }

  @Test
  void storedKeysAreWhatTheDocumentationSays() {
    assertThat(SpaceKeys.stored(SpaceKeys.DEFAULT, key(0xff, 1))).isEqualTo(key(0xff, 0xff, 1));
    assertThat(SpaceKeys.stored(0x01020304, key(9))).isEqualTo(key(0xff, 1, 2, 3, 4, 9));
    assertThat(SpaceKeys.stored(SpaceKeys.CATALOG, key(9))).isEqualTo(key(0xff, 0, 0, 0, 0, 9));
    assertThat(SpaceKeys.FIRST_MARKED).isEqualTo(key(0xff));
    assertThat(SpaceKeys.isMarked((byte) 0xff)).isTrue();
    assertThat(SpaceKeys.isMarked((byte) 0xfe)).isFalse();
  }

  @Test
  void spaceAndKeyComeBack() {
    Random random = new Random(1);
    for (int space : SPACES) {
      for (int size = 1; size < 20; size++) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        for (int first : new int[] {0, 1, 0x7f, 0xfe, 0xff}) {
          bytes[0] = (byte) first;
          Bytes key = Bytes.copyOf(bytes);
          Bytes stored = SpaceKeys.stored(space, key);
          assertThat(SpaceKeys.spaceOf(stored)).as("%s in %s", key, space).isEqualTo(space);
          assertThat(SpaceKeys.keyOf(stored)).as("%s in %s", key, space).isEqualTo(key);
          assertThat(stored.size() - key.size())
              .isEqualTo(first == 0xff || space >= 0 ? SpaceKeys.addedBytes(space) : 0);
        }
      }
    }
  }

  @Test
  void orderWithinASpaceIsKept() {
    Random random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      int space = SPACES[random.nextInt(SPACES.length)];
      Bytes one = random(random);
      Bytes other = random(random);
      assertThat(
              Integer.signum(
                  SpaceKeys.stored(space, one).compareTo(SpaceKeys.stored(space, other))))
          .as("%s and %s in %s", one, other, space)
          .isEqualTo(Integer.signum(one.compareTo(other)));
    }
  }

  private static Bytes random(Random random) {
    byte[] key = new byte[1 + random.nextInt(4)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(4));
    }
    return Bytes.wrap(key, 0, key.length);
  }

  @Test
  void bytesThatNoSpaceMadeAreStillRead() {
    for (Bytes stored : List.of(Bytes.EMPTY, key(0xff), key(0xff, 0), key(0xff, 0, 0, 0))) {
      assertThat(SpaceKeys.spaceOf(stored)).isEqualTo(SpaceKeys.DEFAULT);
      assertThat(SpaceKeys.keyOf(stored).size()).isLessThanOrEqualTo(stored.size());
    }
  }
}
