package io.warpengine.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import java.net.URL;
import java.net.URLClassLoader;
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
    Codec<City> codec = JsonCodec.of(City.class, JsonMapper.builder().build());
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

  /** What a program does. */
  public static final class Caller {

    /** Asks for a codec. */
    public static Object call() {
      return JsonCodec.of(City.class);
    }
  }

  @Test
  void withoutJacksonRecordsWorkAndJsonSaysWhatIsMissing() throws Exception {
    URL[] path = {
      JsonCodec.class.getProtectionDomain().getCodeSource().getLocation(),
      WarpException.class.getProtectionDomain().getCodeSource().getLocation(),
      JsonCodecTest.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (URLClassLoader loader = new URLClassLoader(path, null)) {
      Class<?> records = loader.loadClass(RecordCodec.class.getName());
      Class<?> city = loader.loadClass(City.class.getName());
      assertThat(records.getMethod("of", Class.class).invoke(null, city)).isNotNull();
      Class<?> caller = loader.loadClass(Caller.class.getName());
      assertThatThrownBy(() -> caller.getMethod("call").invoke(null))
          .cause()
          .hasMessageContaining("W7006 Jackson was not found");
    }
  }
}
