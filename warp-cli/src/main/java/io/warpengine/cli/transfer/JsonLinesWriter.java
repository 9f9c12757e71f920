package io.warpengine.cli.transfer;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.cli.output.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON lines from which {@link JsonLinesReader} makes the same bytes again.
 *
 * <p>The rule for a value: bytes that are one JSON object or array without white space between
 * tokens, a decimal integer of at most 15 digits in its shortest form, {@code true} or {@code
 * false} are written as they are, under {@code value}; other UTF-8 text is written as a JSON
 * string, under {@code value}; everything else as base64, under {@code value64}. Keys are strings
 * under {@code key}, or base64 under {@code key64}.
 */
final class JsonLinesWriter implements RecordWriter {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_DIGITS = 15;

  private final OutputStream out;
  private byte[] line = new byte[1 << 12];
  private int size;

  JsonLinesWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(Entry entry) throws IOException {
    size = 0;
    ascii("{");
    field("key", entry.key(), false);
    ascii(",");
    field("value", entry.value(), true);
    if (entry.expiresAt().isPresent()) {
      ascii(",\"expires\":\"" + entry.expiresAt().get() + "\"");
    }
    ascii("}\n");
    out.write(line, 0, size);
  }

  private void field(String name, Bytes bytes, boolean verbatim) {
    byte[] array = bytes.toArray();
    if (!Text.isUtf8(bytes)) {
      ascii("\"" + name + "64\":\"");
      byte[] encoded = Base64.getEncoder().encode(array);
      room(encoded.length);
      System.arraycopy(encoded, 0, line, size, encoded.length);
      size += encoded.length;
      ascii("\"");
      return;
    }
    ascii("\"" + name + "\":");
    if (verbatim && isVerbatim(array)) {
      room(array.length);
      System.arraycopy(array, 0, line, size, array.length);
      size += array.length;
    } else {
      quote(array);
    }
  }

  /** Whether a value that is text stands in a line as it is. */
  static boolean isVerbatim(byte[] value) {
    return JsonScanner.isCompactContainer(value, 0, value.length)
        || isInteger(value)
        || Arrays.equals(value, TRUE)
        || Arrays.equals(value, FALSE);
  }

  private static boolean isInteger(byte[] value) {
    int from = value.length > 0 && value[0] == '-' ? 1 : 0;
    int digits = value.length - from;
    if (digits < 1 || digits > MAX_DIGITS || (value[from] == '0' && value.length > 1)) {
      return false;
    }
    for (int i = from; i < value.length; i++) {
      if (value[i] < '0' || value[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private void quote(byte[] text) {
    room(text.length * 2 + 2);
    line[size++] = '"';
    for (byte b : text) {
      if (b == '"' || b == '\\') {
        room(2);
        line[size++] = '\\';
        line[size++] = b;
      } else if (b >= 0 && b < 0x20) {
        control(b);
      } else {
        room(1);
        line[size++] = b;
      }
    }
    ascii("\"");
  }

  private void control(byte b) {
    switch (b) {
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        ascii("\\u00");
        room(2);
        line[size++] = HEX[b >> 4];
        line[size++] = HEX[b & 15];
      }
    }
  }

  private void ascii(String text) {
    int length = text.length();
    room(length);
    for (int i = 0; i < length; i++) {
      line[size++] = (byte) text.charAt(i);
    }
  }

  private void room(int more) {
    if (line.length - size < more) {
      line = Arrays.copyOf(line, Math.max(line.length * 2, size + more));
    }
  }
}
