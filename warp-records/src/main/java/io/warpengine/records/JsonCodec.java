package io.warpengine.records;

import io.warpengine.api.WarpException;
import tools.jackson.databind.ObjectMapper;

/**
 * Codecs that store values as JSON text, by Jackson: readable for everybody, larger and slower than
 * {@link RecordCodec}. How a class evolves is then what Jackson's annotations say; of the
 * annotations of this package none has an effect.
 */
public final class JsonCodec {

  private JsonCodec() {}

  /**
   * A codec with Jackson's defaults.
   *
   * @param type the class of the values
   * @param <T> its type
   * @return the codec
   * @throws WarpException JSON_MISSING if Jackson is not there
   */
  public static <T> Codec<T> of(Class<T> type) {
    try {
      return JacksonCodec.of(type);
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
  public static <T> Codec<T> of(Class<T> type, ObjectMapper mapper) {
    return new JacksonCodec<>(mapper, type);
  }
}
