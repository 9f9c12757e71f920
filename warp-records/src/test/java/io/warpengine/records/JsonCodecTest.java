package io.warpengine.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class JsonCodecTest {

  /** Public, in a package that tests open: what Jackson needs as well. */
  public record City(String name, int people) {}

  @Test
  void valuesAreJsonThatEverybodyReads() {
    try (WarpDatabase database = Warp.inMemory()) {
      TypedSpace<String, City> cities =
          Records.of(database).as(KeyCodec.of(String.class), JsonCodec.of(City.class));
      cities.put("oslo", new City("Oslo", 700_000));
      assertThat(database.get(Bytes.utf8("oslo")).map(Bytes::toUtf8))
          .contains("{\"name\":\"Oslo\",\"people\":700000}");
      assertThat(cities.get("oslo")).contains(new City("Oslo", 700_000));
    }
  }

  @Test
  void whatIsNoJsonOfTheTypeIsRefused() {
    JsonCodec<City> codec = JsonCodec.of(City.class, JsonMapper.builder().build());
    for (String text : new String[] {"", "{", "null", "[]", "{\"name\":[]}"}) {
      assertThatThrownBy(() -> codec.decode(Bytes.utf8(text)))
          .as(text)
          .isInstanceOfSatisfying(
              WarpException.class,
              e -> assertThat(e.code()).isEqualTo(RecordsError.VALUE_UNREADABLE));
    }
  }

  /** A value whose getter fails. */
  public static final class Failing {

    /** Fails. */
    public String getText() {
      throw new IllegalStateException("no text");
    }
  }

  @Test
  void whatJacksonCannotWriteIsRefused() {
    assertThatThrownBy(() -> JsonCodec.of(Failing.class).encode(new Failing()))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(RecordsError.VALUE_REFUSED));
  }
}
