package io.warpengine.cli.output;

import io.warpengine.api.Bytes;
import io.warpengine.api.Tree;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes plain values as compact JSON. */
public final class Json {

  private static final HexFormat HEX = HexFormat.of();

  private Json() {}

  /**
   * One value.
   *
   * @param tree the value
   * @return its JSON text in one line
   */
  public static String of(Tree tree) {
    StringBuilder text = new StringBuilder();
    append(text, tree.value());
    return text.toString();
  }

  private static void append(StringBuilder text, Object value) {
    switch (value) {
      case String string -> quote(text, string);
      case Bytes bytes -> appendBytes(text, bytes);
      case Double number when number.isNaN() || number.isInfinite() -> text.append("null");
      case List<?> list -> {
        text.append('[');
        String separator = "";
        for (Object element : list) {
          text.append(separator);
          append(text, element);
          separator = ",";
        }
        text.append(']');
      }
      case Map<?, ?> map -> {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(separator);
          quote(text, entry.getKey().toString());
          text.append(':');
          append(text, entry.getValue());
          separator = ",";
        }
        text.append('}');
      }
      default -> text.append(value);
    }
  }

  private static void appendBytes(StringBuilder text, Bytes bytes) {
    if (Text.isUtf8(bytes)) {
      quote(text, bytes.toUtf8());
    } else {
      text.append("{\"base64\":\"")
          .append(Base64.getEncoder().encodeToString(bytes.toArray()))
          .append("\"}");
    }
  }

  /**
   * Appends a JSON string.
   *
   * @param target where to
   * @param string any text
   */
  public static void quote(StringBuilder target, String string) {
    target.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> target.append("\\\"");
        case '\\' -> target.append("\\\\");
        case '\n' -> target.append("\\n");
        case '\r' -> target.append("\\r");
        case '\t' -> target.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029) {
            target.append("\\u").append(HEX.toHexDigits(c));
          } else {
            target.append(c);
          }
        }
      }
    }
    target.append('"');
  }
}
