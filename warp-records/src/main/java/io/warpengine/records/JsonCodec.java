package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as JSON text, by Jackson: readable for everybody, several times as large and as slow as
 * {@link RecordCodec}. How a class evolves is then what Jackson's annotations say; of the
 * annotations of this package none has an effect.
 *
 * @param <T> the type of the values
 */
public final class JsonCodec<T> implements Codec<T> {

  private final ObjectMapper mapper;
  private final Class<T> type;

  private JsonCodec(ObjectMapper mapper, Class<T> type) {
    this.mapper = mapper;
    this.type = type;
  }

  /**
   * A codec with Jackson's defaults.
   *
   * @param type the class of the values
   * @param <T> its type
   * @return the codec
   * @throws WarpException JSON_MISSING if Jackson is not there
   */
  public static <T> JsonCodec<T> of(Class<T> type) {
    try {
      return of(type, JsonMapper.shared());
    } catch (NoClassDefFoundError e) {
      throw new WarpException(
          RecordsError.JSON_MISSING,
          "Jackson was not found on the module path or class path.",
          "Add the artifact tools.jackson.core:jackson-databind; on the module path also"
              + " --add-modules tools.jackson.databind, unless a module requires it.",
          e);
    }
  }

  /**
   * A codec with a mapper of one's own.
   *
   * @param type the class of the values
   * @param mapper the mapper
   * @param <T> its type
   * @return the codec
   */
  public static <T> JsonCodec<T> of(Class<T> type, ObjectMapper mapper) {
    return new JsonCodec<>(mapper, type);
  }

  @Override
  public Bytes encode(T value) {
    try {
      byte[] json = mapper.writeValueAsBytes(value);
      return Bytes.wrap(json, 0, json.length);
    } catch (JacksonException e) {
      throw new WarpException(
          RecordsError.VALUE_REFUSED,
          "Jackson cannot write a [" + type.getSimpleName() + "].",
          "See the cause.",
          e);
    }
  }

  @Override
  public T decode(Bytes bytes) {
    try {
      T value = mapper.readValue(bytes.toArray(), type);
      if (value != null) {
        return value;
      }
    } catch (JacksonException e) {
      throw unreadable(e);
    }
    throw unreadable(new Malformed("is the word null"));
  }

  private WarpException unreadable(RuntimeException cause) {
    return new WarpException(
        RecordsError.VALUE_UNREADABLE,
        "A stored value is no JSON that Jackson reads as [" + type.getSimpleName() + "].",
        "Check that the space holds values of this type; see the cause.",
        cause);
  }
}
