package io.warpengine.records;

import io.warpengine.api.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as UTF-8 and back, without the replacements that would make two texts one. */
final class Utf8 {

  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * The JDK's own encoder writes a question mark for half of a pair, so only those are doubtful.
   */
  static byte[] encode(String text) {
    byte[] quick = text.getBytes(StandardCharsets.UTF_8);
    for (byte each : quick) {
      if (each == '?') {
        return strictly(text);
      }
    }
    return quick;
  }

  private static byte[] strictly(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new Malformed("holds half of a surrogate pair");
    }
  }

  /** The bytes of a text that stands alone. */
  static Bytes whole(String text) {
    byte[] encoded = encode(text);
    return Bytes.wrap(encoded, 0, encoded.length);
  }

  static String decode(Bytes bytes) {
    String text = bytes.toUtf8();
    if (text.indexOf(REPLACEMENT) >= 0 && !Bytes.utf8(text).equals(bytes)) {
      throw new Malformed("is no UTF-8");
    }
    return text;
  }
}
