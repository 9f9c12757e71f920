package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The one class that cannot be linked without Jackson. */
final class JacksonCodec<T> implements Codec<T> {

  private final ObjectMapper mapper;
  private final Class<T> type;

  JacksonCodec(ObjectMapper mapper, Class<T> type) {
    this.mapper = mapper;
    this.type = type;
  }

  static <T> JacksonCodec<T> of(Class<T> type) {
    return new JacksonCodec<>(JsonMapper.shared(), type);
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
