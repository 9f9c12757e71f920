package io.warpengine.cli.transfer;

import io.warpengine.api.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** The fields of a record in a file, the same in both formats. */
final class Fields {

  static final String KEY = "key";
  static final String KEY64 = "key64";
  static final String VALUE = "value";
  static final String VALUE64 = "value64";
  static final String EXPIRES = "expires";

  /** All of them, in the order in which they are written. */
  static final List<String> ALL = List.of(KEY, KEY64, VALUE, VALUE64, EXPIRES);

  private Fields() {}

  static Bytes base64(byte[] text, int column) {
    try {
      byte[] decoded = Base64.getDecoder().decode(text);
      return Bytes.wrap(decoded, 0, decoded.length);
    } catch (IllegalArgumentException invalid) {
      throw new InvalidRecord(column, "The text is no base64.");
    }
  }

  static Instant instant(byte[] text, int column) {
    try {
      return Instant.parse(new String(text, StandardCharsets.UTF_8));
    } catch (DateTimeException invalid) {
      throw new InvalidRecord(column, "The time is not written as in [2026-01-31T12:00:00Z].");
    }
  }

  static Bytes checkedKey(Bytes key, int column) {
    if (key.isEmpty()) {
      throw new InvalidRecord(column, "The key is empty.");
    }
    return key;
  }
}
