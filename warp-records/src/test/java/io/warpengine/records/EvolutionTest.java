package io.warpengine.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records that were stored when their classes had other components. */
final class EvolutionTest {

  private static final Bytes STORED = Codec.of(User.class).encode(User.ada());

  @Removed("balance")
  private record Later(
      @Renamed(from = "mail_address") String email,
      long id,
      @Renamed(from = "name") String fullName,
      int age,
      @Added("active") String state,
      @Added List<String> groups,
      @Added Optional<String> phone) {}

  @Test
  void addedRemovedRenamedAndMovedComponentsAreReadAsDeclared() {
    Later expected =
        new Later("ada@example.org", 1815, "Ada", 36, "active", List.of(), Optional.empty());
    for (int i = 0; i < 3; i++) {
      assertThat(Codec.of(Later.class).decode(STORED)).isEqualTo(expected);
    }
    Bytes anew = Codec.of(Later.class).encode(expected);
    assertThat(Codec.of(Later.class).decode(anew)).isEqualTo(expected);
  }

  private record Changed(long id, String nick, String email, long age, double balance) {}

  @Test
  void everyChangeThatIsNotDeclaredIsNamed() {
    assertThatThrownBy(() -> Codec.of(Changed.class).decode(STORED))
        .isInstanceOfSatisfying(
            WarpException.class,
            e -> {
              assertThat(e.code()).isEqualTo(RecordsError.SHAPE_CHANGED);
              assertThat(e.problems()).hasSize(3);
            })
        .hasMessageContaining("component [name]: is stored, and the class does not have it")
        .hasMessageContaining("component [nick]: is not in the stored record")
        .hasMessageContaining("component [age]: is stored as [int], and the class says [long]");
  }

  @Test
  void aNewerShapeIsRefusedByAnOlderClass() {
    Later newer = new Later("", 1, "", 1, "", List.of(), Optional.empty());
    Bytes stored = Codec.of(Later.class).encode(newer);
    assertThatThrownBy(() -> Codec.of(User.class).decode(stored))
        .hasMessageContaining("component [state]")
        .hasMessageContaining("component [balance]");
  }

  private enum Color {
    RED
  }

  @SuppressWarnings("unused")
  private record Base(int id) {}

  private record Grown(
      int id,
      @Added("true") boolean truth,
      @Added("-1") byte small,
      @Added("2") short shorter,
      @Added("c") char letter,
      @Added("3") int number,
      @Added("4") Long large,
      @Added("0.5") float fraction,
      @Added("1e3") double precise,
      @Added Bytes bytes,
      @Added("xy") byte[] array,
      @Added("00000000-0000-0001-0000-000000000002") UUID uuid,
      @Added("1970-01-01T00:00:01Z") Instant at,
      @Added("PT5S") Duration life,
      @Added("1970-01-02") LocalDate day,
      @Added("9.90") java.math.BigDecimal price,
      @Added("RED") Color color,
      @Added("7") Optional<Integer> maybe) {}

  @Test
  void aDefaultOfEachTypeIsItsText() {
    Grown grown = Codec.of(Grown.class).decode(Codec.of(Base.class).encode(new Base(9)));
    assertThat(grown.array()).containsExactly('x', 'y');
    assertThat(grown)
        .usingRecursiveComparison()
        .isEqualTo(
            new Grown(
                9,
                true,
                (byte) -1,
                (short) 2,
                'c',
                3,
                4L,
                0.5f,
                1000,
                Bytes.EMPTY,
                new byte[] {'x', 'y'},
                new UUID(1, 2),
                Instant.ofEpochSecond(1),
                Duration.ofSeconds(5),
                LocalDate.ofEpochDay(1),
                new java.math.BigDecimal("9.90"),
                Color.RED,
                Optional.of(7)));
  }

  private record Everything(
      boolean truth,
      char letter,
      String text,
      Optional<String> maybe,
      List<Base> bases,
      DayOfWeek day,
      Base base,
      Blank blank,
      Shape shape,
      Instant at,
      java.math.BigDecimal price,
      int id) {}

  private record Blank() {}

  private sealed interface Shape permits Dot, Line {}

  private record Dot(int at) implements Shape {}

  private record Line(int from, int to) implements Shape {}

  @Removed({
    "truth", "letter", "text", "maybe", "bases", "day", "base", "blank", "shape", "at", "price"
  })
  private record Little(int id) {}

  @Test
  void aRemovedComponentOfAnyTypeIsPassedOver() {
    Everything everything =
        new Everything(
            true,
            'x',
            "\u00e9",
            Optional.of("m"),
            List.of(new Base(1), new Base(2)),
            DayOfWeek.MONDAY,
            new Base(3),
            new Blank(),
            new Line(1, 2),
            Instant.EPOCH,
            java.math.BigDecimal.TEN,
            77);
    Bytes stored = Codec.of(Everything.class).encode(everything);
    assertThat(Codec.of(Little.class).decode(stored)).isEqualTo(new Little(77));
  }

  private record Marked(@Added("x") String mark) {}

  private record Marks(List<Marked> blanks) {}

  private record Blanks(List<Blank> blanks) {}

  @Test
  void aRecordWithoutComponentsGetsSome() {
    Marked marked = new Marked("x");
    assertThat(Codec.of(Marked.class).decode(Codec.of(Blank.class).encode(new Blank())))
        .isEqualTo(marked);
    Bytes blanks = Codec.of(Blanks.class).encode(new Blanks(List.of(new Blank(), new Blank())));
    assertThat(Codec.of(Marks.class).decode(blanks)).isEqualTo(new Marks(List.of(marked, marked)));
  }

  private record Address(String street, String city) {}

  private record Person(String name, Address home, List<Address> other, Optional<Address> work) {}

  @Removed("street")
  private record Town(@Renamed(from = "city") String name, @Added("?") String country) {}

  private record Citizen(String name, Town home, List<Town> other, Optional<Town> work) {}

  @Test
  void recordsWithinRecordsEvolveToo() {
    Address address = new Address("Main", "Oslo");
    Person person = new Person("Ada", address, List.of(address), Optional.of(address));
    Town town = new Town("Oslo", "?");
    assertThat(Codec.of(Citizen.class).decode(Codec.of(Person.class).encode(person)))
        .isEqualTo(new Citizen("Ada", town, List.of(town), Optional.of(town)));
    Person homeless = new Person("Ada", address, List.of(), Optional.empty());
    assertThat(Codec.of(Citizen.class).decode(Codec.of(Person.class).encode(homeless)).work())
        .isEmpty();
  }

  private record Mixed(List<String> name, Optional<String> home, Address other, Shape work) {}

  @Test
  void aChangeOfTypeIsNamedWithBothTypes() {
    Person person = new Person("", new Address("", ""), List.of(), Optional.empty());
    Bytes stored = Codec.of(Person.class).encode(person);
    assertThatThrownBy(() -> Codec.of(Mixed.class).decode(stored))
        .hasMessageContaining("[name]: is stored as [text], and the class says [list of text]")
        .hasMessageContaining("[home]: is stored as [record], and the class says [optional text]")
        .hasMessageContaining("[other]: is stored as [list of record], and the class says [record]")
        .hasMessageContaining(
            "[work]: is stored as [optional record], and the class says [sealed]");
  }

  /** The classes of {@link Shape} some time later. */
  private sealed interface Form permits Spot, Area, Line2 {}

  @Renamed(from = "Dot")
  private record Spot(int at, @Added("black") String color) implements Form {}

  private record Area(int size) implements Form {}

  private record Line2(int from, int to) implements Form {}

  private record Holder(List<Shape> shapes) {}

  @Renamed(from = "Holder")
  private record Keeper(List<Form> shapes) {}

  @Test
  void aVariantIsFoundByItsNameOrAFormerOneAndEvolves() {
    Spot spot = new Spot(5, "black");
    assertThat(Codec.of(Form.class).decode(Codec.of(Shape.class).encode(new Dot(5))))
        .isEqualTo(spot);
    Bytes held = Codec.of(Holder.class).encode(new Holder(List.of(new Dot(5))));
    assertThat(Codec.of(Keeper.class).decode(held)).isEqualTo(new Keeper(List.of(spot)));
  }

  @Test
  void aVariantThatIsGoneIsNamedWhereItIsMet() {
    assertThatThrownBy(
            () -> Codec.of(Form.class).decode(Codec.of(Shape.class).encode(new Line(1, 2))))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.SHAPE_CHANGED))
        .hasMessageContaining("the variant [Line], which [Form] does not have");
  }

  @Test
  void aRecordIsNoSealedInterfaceAndTheOtherWayRound() {
    assertThatThrownBy(() -> Codec.of(Shape.class).decode(STORED))
        .hasMessageContaining("is stored as [record], and the class says [sealed]");
    Bytes dot = Codec.of(Shape.class).encode(new Dot(1));
    assertThatThrownBy(() -> Codec.of(User.class).decode(dot))
        .hasMessageContaining("is stored as [sealed], and the class says [record]");
  }
}
