package io.warpengine.benchmarks;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, text, numbers and booleans as JSON. */
final class Json {

  private Json() {}

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, "\n");
    return out.append('\n').toString();
  }

  private static void write(Object value, StringBuilder out, String newLine) {
    switch (value) {
      case Map<?, ?> map -> {
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        out.append('{');
        while (entries.hasNext()) {
          Map.Entry<?, ?> entry = entries.next();
          out.append(newLine).append("  ");
          quote(entry.getKey().toString(), out);
          out.append(": ");
          write(entry.getValue(), out, newLine + "  ");
          out.append(entries.hasNext() ? "," : newLine);
        }
        out.append('}');
      }
      case Iterable<?> list -> {
        Iterator<?> elements = list.iterator();
        out.append('[');
        while (elements.hasNext()) {
          write(elements.next(), out, newLine + "  ");
          out.append(elements.hasNext() ? ", " : "");
        }
        out.append(']');
      }
      case Double number -> out.append(String.format(Locale.ROOT, "%.6g", number));
      case Number number -> out.append(number);
      case Boolean flag -> out.append(flag);
      default -> quote(value.toString(), out);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
