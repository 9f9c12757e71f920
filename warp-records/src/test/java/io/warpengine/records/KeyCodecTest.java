package io.warpengine.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Mutations;
import io.warpengine.testkit.Seeds;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KeyCodecTest {

  private record Place(String country, String city, int number) {}

  private record Tagged(@ShardHint String owner, Place place, boolean last) {}

  private static final Comparator<Place> PLACES =
      Comparator.comparing((Place place) -> place.country, KeyCodecTest::byCodePoints)
          .thenComparing(place -> place.city, KeyCodecTest::byCodePoints)
          .thenComparing(place -> place.number);

  private static int byCodePoints(String left, String right) {
    return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
  }

  static String text(Generator random) {
    int length = random.below(4);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          random.choose(List.of(0, 1, 0x20, 0x61, 0x7b, 0x7c, 0x7d, 0x7f, 0xe9, 0xffff, 0x1f600)));
    }
    return text.toString();
  }

  private static Place place(Generator random) {
    return new Place(text(random), text(random), (int) random.number());
  }

  private static <K> void sortsAs(Class<K> type, Function<Generator, K> make, Comparator<K> order) {
    KeyCodec<K> codec = KeyCodec.of(type);
    Seeds.forEach(
        3_000,
        seed -> {
          Generator random = new Generator(seed);
          K left = make.apply(random);
          K right = make.apply(random);
          Bytes encoded = codec.encode(left);
          assertThat(codec.decode(encoded)).isEqualTo(left);
          assertThat(Integer.signum(encoded.compareTo(codec.encode(right))))
              .as("[%s] against [%s]", left, right)
              .isEqualTo(Integer.signum(order.compare(left, right)));
        });
  }

  @Test
  void numbersSortByValue() {
    sortsAs(Long.class, KeyCodecTest::number, Comparator.naturalOrder());
    sortsAs(Integer.class, random -> (int) number(random), Comparator.naturalOrder());
    sortsAs(Short.class, random -> (short) number(random), Comparator.naturalOrder());
    sortsAs(Byte.class, random -> (byte) number(random), Comparator.naturalOrder());
    sortsAs(Character.class, random -> (char) number(random), Comparator.naturalOrder());
    sortsAs(Boolean.class, random -> random.chance(0.5), Comparator.naturalOrder());
  }

  private static long number(Generator random) {
    return random.number() >> random.below(64);
  }

  @Test
  void fractionsSortByValue() {
    List<Double> limits =
        List.of(
            0.0,
            -0.0,
            Double.NaN,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            1.0,
            -1.0);
    sortsAs(
        Double.class,
        random ->
            random.chance(0.3)
                ? random.choose(limits)
                : (Double) Double.longBitsToDouble(random.number()),
        Comparator.naturalOrder());
    sortsAs(
        Float.class,
        random ->
            random.chance(0.3)
                ? (Float) random.choose(limits).floatValue()
                : (Float) Float.intBitsToFloat((int) random.number()),
        Comparator.naturalOrder());
  }

  @Test
  void textSortsByCodePointsAndBytesUnsigned() {
    sortsAs(String.class, KeyCodecTest::text, KeyCodecTest::byCodePoints);
    sortsAs(Bytes.class, random -> Bytes.utf8(text(random)), Comparator.naturalOrder());
    assertThat(KeyCodec.of(byte[].class).decode(Bytes.utf8("a"))).containsExactly('a');
  }

  @Test
  void identifiersSortAsTheirTextAndTimesByTime() {
    sortsAs(
        UUID.class,
        random -> new UUID(random.number(), random.number()),
        Comparator.comparing(UUID::toString));
    sortsAs(
        Instant.class,
        random -> Instant.ofEpochSecond(random.number() >> 30, random.below(3)),
        Comparator.naturalOrder());
    sortsAs(
        LocalDate.class,
        random -> LocalDate.ofEpochDay(random.number() >> 40),
        Comparator.naturalOrder());
  }

  @Test
  void enumsSortByName() {
    sortsAs(
        DayOfWeek.class,
        random -> DayOfWeek.of(1 + random.below(7)),
        Comparator.comparing(DayOfWeek::name));
  }

  @Test
  void recordsSortByTheirComponentsInOrder() {
    sortsAs(Place.class, KeyCodecTest::place, PLACES);
    sortsAs(
        Tagged.class,
        random -> new Tagged(text(random), place(random), random.chance(0.5)),
        Comparator.comparing((Tagged key) -> key.owner, KeyCodecTest::byCodePoints)
            .thenComparing(key -> key.place, PLACES)
            .thenComparing(key -> key.last));
  }

  @Test
  void aTagIsTheFirstInBracesAndHoldsNone() {
    KeyCodec<Tagged> codec = KeyCodec.of(Tagged.class);
    Seeds.forEach(
        500,
        seed -> {
          Generator random = new Generator(seed);
          Bytes key = codec.encode(new Tagged(text(random), place(random), true));
          assertThat(key.at(0)).isEqualTo((byte) '{');
          Bytes prefix = codec.prefix(List.of(codec.decode(key).owner()));
          assertThat(key.startsWith(prefix)).isTrue();
          assertThat(prefix.at(prefix.size() - 1)).isEqualTo((byte) '}');
          assertThat(new String(prefix.toArray(), java.nio.charset.StandardCharsets.ISO_8859_1))
              .containsOnlyOnce("}");
        });
  }

  @Test
  void aPrefixIsSharedByTheKeysWithThoseComponentsAndByNoOthers() {
    KeyCodec<Place> codec = KeyCodec.of(Place.class);
    Seeds.forEach(
        2_000,
        seed -> {
          Generator random = new Generator(seed);
          Place one = place(random);
          Place other = place(random);
          assertThat(codec.encode(other).startsWith(codec.prefix(List.of(one.country))))
              .isEqualTo(one.country.equals(other.country));
          assertThat(codec.encode(other).startsWith(codec.prefix(List.of(one.country, one.city))))
              .isEqualTo(one.country.equals(other.country) && one.city.equals(other.city));
        });
  }

  @Test
  void theBytesOfKeysNeverChange() {
    assertThat(hex(Long.class, 1L)).isEqualTo("8000000000000001");
    assertThat(hex(Integer.class, -1)).isEqualTo("7fffffff");
    assertThat(hex(Double.class, -1.0)).isEqualTo("400fffffffffffff");
    assertThat(hex(Double.class, 1.0)).isEqualTo("bff0000000000000");
    assertThat(hex(Float.class, 1f)).isEqualTo("bf800000");
    assertThat(hex(String.class, "a\0b")).isEqualTo("610062");
    assertThat(hex(DayOfWeek.class, DayOfWeek.MONDAY)).isEqualTo("4d4f4e4441590001");
    assertThat(hex(Instant.class, Instant.ofEpochSecond(1, 2)))
        .isEqualTo("800000000000000100000002");
    assertThat(hex(LocalDate.class, LocalDate.EPOCH)).isEqualTo("8000000000000000");
    assertThat(hex(Place.class, new Place("a\0b", "", 7)))
        .isEqualTo("6100ff62000100018000" + "0007");
    assertThat(hex(Tagged.class, new Tagged("|}~", new Place("", "", 0), true)))
        .isEqualTo("7b" + "7c017c027e0001" + "7d" + "0001" + "0001" + "80000000" + "01");
  }

  private static <K> String hex(Class<K> type, K key) {
    return HexFormat.of().formatHex(KeyCodec.of(type).encode(key).toArray());
  }

  @Test
  void bytesThatAreNoKeyAreRefusedOrReadAsTheKeyThatTheyAre() {
    refusesMutations(Tagged.class, new Tagged("a|}\0", new Place("x\0y", "\u00e9", 5), true));
    refusesMutations(DayOfWeek.class, DayOfWeek.MONDAY);
    refusesMutations(Instant.class, Instant.now());
    refusesMutations(LocalDate.class, LocalDate.MAX);
    refusesMutations(String.class, "\u00e9\ufffd");
    refusesMutations(UUID.class, new UUID(1, 2));
  }

  private static <K> void refusesMutations(Class<K> type, K example) {
    KeyCodec<K> codec = KeyCodec.of(type);
    Mutations.check(
        List.of(codec.encode(example).toArray()),
        3_000,
        bytes -> {
          Bytes input = Bytes.copyOf(bytes);
          assertThat(codec.encode(codec.decode(input))).isEqualTo(input);
        });
  }

  @Test
  void halfOfASurrogatePairIsRefused() {
    assertThatThrownBy(() -> KeyCodec.of(String.class).encode("a\ud800"))
        .isInstanceOfSatisfying(WarpException.class, KeyCodecTest::refused);
    assertThatThrownBy(() -> KeyCodec.of(Place.class).encode(new Place("a", "\udc00?", 1)))
        .isInstanceOfSatisfying(WarpException.class, KeyCodecTest::refused)
        .hasMessageContaining("Component [city] of the key [Place]");
    assertThat(KeyCodec.of(String.class).encode("what?")).isEqualTo(Bytes.utf8("what?"));
  }

  @Test
  void aPrefixOfOtherPartsIsRefused() {
    KeyCodec<Place> places = KeyCodec.of(Place.class);
    for (List<?> leading : List.of(List.of(1), List.of("a", "b", 1, 2), List.of("\ud800"))) {
      assertThatThrownBy(() -> places.prefix(leading))
          .isInstanceOfSatisfying(WarpException.class, KeyCodecTest::refused);
    }
    assertThatThrownBy(() -> KeyCodec.of(String.class).prefix(List.of(1)))
        .isInstanceOfSatisfying(WarpException.class, KeyCodecTest::refused);
    assertThatThrownBy(() -> KeyCodec.of(Long.class).prefix(List.of(1L)))
        .isInstanceOfSatisfying(WarpException.class, KeyCodecTest::refused);
  }

  private static void refused(WarpException e) {
    assertThat(e.code()).isEqualTo(RecordsError.VALUE_REFUSED);
  }

  private record Unordered(
      List<String> names, @ShardHint String owner, @Ttl long life, @Added("1") Object any) {}

  private record Nothing() {}

  private record Outer(Tagged inner) {}

  @Test
  void allProblemsOfAKeyAreToldTogether() {
    assertThatThrownBy(() -> KeyCodec.of(Unordered.class))
        .isInstanceOfSatisfying(
            WarpException.class,
            e -> {
              assertThat(e.code()).isEqualTo(RecordsError.TYPE_UNSUITABLE);
              assertThat(e.problems()).hasSize(5);
            })
        .hasMessageContaining("component [names]")
        .hasMessageContaining("component [owner]")
        .hasMessageContaining("@Ttl in a key")
        .hasMessageContaining("@Added in a key")
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> KeyCodec.of(Nothing.class)).hasMessageContaining("no component");
    assertThatThrownBy(() -> KeyCodec.of(Outer.class)).hasMessageContaining("@ShardHint");
    assertThatThrownBy(() -> KeyCodec.of(Object.class)).hasMessageContaining("no order");
  }

  private record Even(int number) {
    Even {
      if (number % 2 != 0) {
        throw new IllegalArgumentException("odd");
      }
    }
  }

  @Test
  void aKeyThatItsConstructorRefusesIsNamed() {
    Bytes odd = KeyCodec.of(Integer.class).encode(3);
    assertThatThrownBy(() -> KeyCodec.of(Even.class).decode(odd))
        .isInstanceOfSatisfying(
            WarpException.class,
            e -> assertThat(e.code()).isEqualTo(RecordsError.CONSTRUCTOR_REFUSED));
  }
}
