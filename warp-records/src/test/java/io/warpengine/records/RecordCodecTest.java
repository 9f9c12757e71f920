package io.warpengine.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.ErrorCode;
import io.warpengine.api.WarpException;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Mutations;
import io.warpengine.testkit.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RecordCodecTest {

  record Scalars(
      boolean truth,
      byte small,
      short shorter,
      char letter,
      int number,
      long large,
      float fraction,
      double precise,
      String text,
      Bytes bytes,
      UUID id,
      Instant at,
      Duration life,
      LocalDate day,
      BigDecimal price) {}

  record Boxes(Boolean truth, Integer number, Long large, Double precise) {}

  record Point(int x, int y) {}

  record Empty() {}

  sealed interface Figure permits Circle, Path, Blank {}

  record Circle(Point center, double radius) implements Figure {}

  record Path(List<Point> points, Optional<String> name) implements Figure {}

  record Blank() implements Figure {}

  record Drawing(List<Figure> figures, List<Empty> gaps, DayOfWeek day, Optional<Figure> frame) {}

  private static Scalars scalars(Generator random) {
    return new Scalars(
        random.chance(0.5),
        (byte) random.number(),
        (short) random.number(),
        (char) random.number(),
        (int) random.number() >> random.below(32),
        random.number() >> random.below(64),
        Float.intBitsToFloat((int) random.number()),
        Double.longBitsToDouble(random.number()),
        KeyCodecTest.text(random),
        random.value(),
        new UUID(random.number(), random.number()),
        Instant.ofEpochSecond(random.number() >> 30, random.below(1_000_000_000)),
        Duration.ofSeconds(random.number(), random.below(1_000_000_000)),
        LocalDate.ofEpochDay(random.number() >> 40),
        new BigDecimal(BigInteger.valueOf(random.number()), (int) random.number()));
  }

  private static Point point(Generator random) {
    return new Point((int) random.number(), random.below(3));
  }

  private static Figure figure(Generator random) {
    return switch (random.below(3)) {
      case 0 -> new Circle(point(random), random.below(9));
      case 1 -> {
        List<Point> points = new ArrayList<>();
        for (int i = random.below(5); i > 0; i--) {
          points.add(point(random));
        }
        yield new Path(points, Optional.of("p").filter(name -> random.chance(0.5)));
      }
      default -> new Blank();
    };
  }

  private static Drawing drawing(Generator random) {
    List<Figure> figures = new ArrayList<>();
    for (int i = random.below(4); i > 0; i--) {
      figures.add(figure(random));
    }
    return new Drawing(
        figures,
        Collections.nCopies(random.below(3), new Empty()),
        DayOfWeek.of(1 + random.below(7)),
        random.chance(0.5) ? Optional.of(figure(random)) : Optional.empty());
  }

  private static <T> void comesBack(Class<T> type, T value) {
    Codec<T> codec = Codec.of(type);
    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
  }

  @Test
  void everyValueComesBack() {
    Seeds.forEach(
        3_000,
        seed -> {
          Generator random = new Generator(seed);
          comesBack(Scalars.class, scalars(random));
          comesBack(Drawing.class, drawing(random));
          comesBack(Figure.class, figure(random));
          comesBack(Circle.class, new Circle(point(random), 1));
          comesBack(Boxes.class, new Boxes(true, (int) random.number(), random.number(), -0.0));
        });
    comesBack(Empty.class, new Empty());
  }

  @Test
  void largeTextAndNumbersAtTheirLimitsComeBack() {
    for (long limit : new long[] {0, -1, 63, 64, -64, -65, Long.MIN_VALUE, Long.MAX_VALUE}) {
      comesBack(User.class, new User(limit, "x".repeat(5_000), "\u00e9\ud83d\ude00?", 1, limit));
      comesBack(Point.class, new Point((int) limit, Integer.MIN_VALUE));
    }
  }

  /** A change of any of these is a change of the format, which needs a number of its own. */
  @Test
  void theBytesOfRecordsNeverChange() {
    assertThat(hex(User.class, User.ada()))
        .isEqualTo(
            "01"
                + "21"
                + "22"
                + "05"
                + "02"
                + "6964"
                + "06"
                + "04"
                + "6e616d65"
                + "09"
                + "05"
                + "656d61696c"
                + "09"
                + "03"
                + "616765"
                + "05"
                + "07"
                + "62616c616e6365"
                + "08"
                + "ae1c"
                + "03"
                + "416461"
                + "0f"
                + "616461406578616d706c652e6f7267"
                + "48"
                + "0000000000002940");
    assertThat(hex(Figure.class, new Blank()))
        .isEqualTo("01" + "0a" + "2301" + "05426c616e6b" + "2200" + "00" + "00");
    assertThat(hex(Empty.class, new Empty())).isEqualTo("01" + "02" + "2200" + "00");
    Scalars all =
        new Scalars(
            true,
            (byte) 1,
            (short) -1,
            'a',
            2,
            -2,
            1f,
            1,
            "\u00e9",
            Bytes.utf8("b"),
            new UUID(1, 2),
            Instant.ofEpochSecond(-1, 5),
            Duration.ofSeconds(3, 4),
            LocalDate.ofEpochDay(2),
            new BigDecimal("1.5"));
    Bytes encoded = Codec.of(Scalars.class).encode(all);
    assertThat(HexFormat.of().formatHex(encoded.toArray()))
        .endsWith(
            "01"
                + "01"
                + "01"
                + "61"
                + "04"
                + "03"
                + "0000803f"
                + "000000000000f03f"
                + "02c3a9"
                + "0162"
                + "0100000000000000"
                + "0200000000000000"
                + "0105"
                + "0604"
                + "04"
                + "02010f");
    Drawing drawing =
        new Drawing(
            List.of(new Circle(new Point(1, 2), 0)),
            List.of(new Empty()),
            DayOfWeek.FRIDAY,
            Optional.of(new Path(List.of(), Optional.of("p"))));
    assertThat(hex(Drawing.class, drawing))
        .endsWith(
            "01"
                + "00"
                + "0204"
                + "0000000000000000"
                + "0100"
                + "06465249444159"
                + "01"
                + "01"
                + "00"
                + "010170");
  }

  private static <T> String hex(Class<T> type, T value) {
    return HexFormat.of().formatHex(Codec.of(type).encode(value).toArray());
  }

  @Test
  void bytesThatAreNoValueAreRefused() {
    Generator random = new Generator(1);
    refusesMutations(User.class, User.ada());
    refusesMutations(Scalars.class, scalars(random));
    refusesMutations(Drawing.class, drawing(random));
    refusesMutations(Figure.class, new Path(List.of(new Point(1, 2)), Optional.of("p")));
    refusesMutations(Long.class, 12L);
  }

  private static <T> void refusesMutations(Class<T> type, T example) {
    Codec<T> codec = Codec.of(type);
    Set<ErrorCode> documented =
        Set.of(
            RecordsError.VALUE_UNREADABLE,
            RecordsError.SHAPE_CHANGED,
            RecordsError.FORMAT_UNKNOWN,
            RecordsError.CONSTRUCTOR_REFUSED);
    Mutations.check(
        List.of(codec.encode(example).toArray()),
        10_000,
        bytes -> {
          try {
            assertThat(codec.decode(Bytes.copyOf(bytes))).isNotNull();
          } catch (WarpException e) {
            assertThat(documented).contains(e.code());
            throw e;
          }
        });
  }

  @Test
  void everyValueThatIsCutOffNamesTheComponentThatIsMissing() {
    Codec<User> codec = Codec.of(User.class);
    Bytes whole = codec.encode(User.ada());
    assertThatThrownBy(() -> codec.decode(whole.slice(0, whole.size() - 1)))
        .isInstanceOf(WarpException.class)
        .hasMessageContaining("Component [balance] of a stored [User] ends too early.");
    for (int size = 0; size < whole.size(); size++) {
      Bytes part = whole.slice(0, size);
      assertThatThrownBy(() -> codec.decode(part))
          .isInstanceOfSatisfying(
              WarpException.class,
              e -> assertThat(e.code()).isEqualTo(RecordsError.VALUE_UNREADABLE));
    }
    byte[] longer = Arrays.copyOf(whole.toArray(), whole.size() + 1);
    assertThatThrownBy(() -> codec.decode(Bytes.copyOf(longer)))
        .hasMessageContaining("is followed by more bytes");
  }

  @Test
  void aNumberOfMoreBytesThanItNeedsIsRefused() {
    Codec<Point> codec = Codec.of(Point.class);
    byte[] point = codec.encode(new Point(0, 0)).toArray();
    byte[] longer = Arrays.copyOf(point, point.length + 1);
    longer[point.length - 1] = (byte) 0x80;
    assertThatThrownBy(() -> codec.decode(Bytes.copyOf(longer)))
        .hasMessageContaining("Component [y] of a stored [Point] holds a number that is too long.");
  }

  @Test
  void aNewerFormatIsRefused() {
    assertThatThrownBy(() -> Codec.of(User.class).decode(Bytes.copyOf(new byte[] {2, 0})))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.FORMAT_UNKNOWN));
  }

  @Test
  void theConstructorJudgesWhatIsRead() {
    byte[] bytes = Codec.of(User.class).encode(User.ada()).toArray();
    bytes[bytes.length - 9] = 1;
    assertThatThrownBy(() -> Codec.of(User.class).decode(Bytes.copyOf(bytes)))
        .isInstanceOfSatisfying(
            WarpException.class,
            e -> assertThat(e.code()).isEqualTo(RecordsError.CONSTRUCTOR_REFUSED))
        .hasRootCauseMessage("An age is not negative.");
  }

  record Throwing(String text) {
    @Override
    public String text() {
      throw new UnsupportedOperationException("no text");
    }
  }

  @Test
  void aValueThatCannotBeWrittenNamesTheComponent() {
    refused(User.class, nameless(), "Component [name] of [User] is null.");
    refused(
        User.class,
        new User(1, "a", "x\ud800y", 1, 1),
        "Component [email] of [User] holds half of a surrogate pair.");
    refused(
        Path.class,
        new Path(Collections.singletonList(nothing()), Optional.empty()),
        "Component [points] of [Path] holds null.");
    refused(
        Throwing.class,
        new Throwing("a"),
        "Component [text] of [Throwing] failed with [java.lang.UnsupportedOperationException].");
  }

  private static User nameless() {
    return new User(1, nothing(), "", 1, 1);
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T nothing() {
    return null;
  }

  private static <T> void refused(Class<T> type, T value, String message) {
    assertThatThrownBy(() -> Codec.of(type).encode(value))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.VALUE_REFUSED))
        .hasMessageContaining(message);
  }

  @Test
  void aValueOfAnotherClassIsRefused() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Codec<Object> codec = (Codec) Codec.of(User.class);
    assertThatThrownBy(() -> codec.encode(new Empty()))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.VALUE_REFUSED));
  }
}
