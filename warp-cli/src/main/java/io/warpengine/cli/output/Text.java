package io.warpengine.cli.output;

import io.warpengine.api.Bytes;

/** Tells text from other bytes. */
public final class Text {

  private Text() {}

  /**
   * Whether bytes are well-formed UTF-8.
   *
   * @param bytes any bytes
   * @return true if decoding and encoding gives the same bytes
   */
  public static boolean isUtf8(Bytes bytes) {
    int size = bytes.size();
    int i = 0;
    while (i < size) {
      int first = bytes.at(i);
      int length = first >= 0 ? 1 : sequence(bytes, i, size);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /**
   * The length of the sequence that begins at a byte above 0x7f, after table 3-7 of the Unicode
   * standard: no overlong forms, no surrogates, nothing past U+10FFFF.
   */
  private static int sequence(Bytes bytes, int at, int size) {
    int first = bytes.at(at) & 0xff;
    int length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length == 0 || at + length > size) {
      return 0;
    }
    int second = bytes.at(at + 1) & 0xff;
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes.at(i) & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /**
   * A key or value for a person's eyes: text as it is with control characters escaped, other bytes
   * as base64.
   *
   * @param bytes any bytes
   * @return one line
   */
  public static String shown(Bytes bytes) {
    if (!isUtf8(bytes)) {
      return "base64:" + java.util.Base64.getEncoder().encodeToString(bytes.toArray());
    }
    String text = bytes.toUtf8();
    if (text.chars().noneMatch(c -> c < 0x20 || (c >= 0x7f && c < 0xa0))) {
      return text;
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    return line.toString();
  }
}
