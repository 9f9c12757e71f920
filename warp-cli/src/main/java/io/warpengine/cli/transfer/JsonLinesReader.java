package io.warpengine.cli.transfer;

import io.warpengine.api.Bytes;
import io.warpengine.cli.output.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON lines: one object per line with {@code key} or {@code key64}, {@code value} or {@code
 * value64}, and {@code expires}. A value that is an object, an array, a number, {@code true} or
 * {@code false} stands for exactly the bytes written there; one that is a string stands for its
 * text.
 */
final class JsonLinesReader implements RecordReader {

  private final LineReader lines;

  JsonLinesReader(LineReader lines) {
    this.lines = lines;
  }

  @Override
  public LineReader lines() {
    return lines;
  }

  @Override
  public Optional<RecordItem> next() throws IOException {
    while (lines.next()) {
      int from = lines.start();
      int to = lines.end();
      if (lines.firstLine() == 1 && to - from >= 3 && startsWithMark(lines.buffer(), from)) {
        from += 3;
      }
      if (!isBlank(lines.buffer(), from, to)) {
        return Optional.of(record(lines.buffer(), from, to));
      }
    }
    return Optional.empty();
  }

  private static boolean startsWithMark(byte[] bytes, int at) {
    return bytes[at] == (byte) 0xef && bytes[at + 1] == (byte) 0xbb && bytes[at + 2] == (byte) 0xbf;
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private static RecordItem record(byte[] bytes, int from, int to) {
    if (!Text.isUtf8(Bytes.wrap(bytes, from, to - from))) {
      throw new InvalidRecord(1, "The line is not UTF-8; other bytes are written as base64.");
    }
    JsonScanner scanner = new JsonScanner(bytes, from, to, false);
    @Nullable Bytes key = null;
    @Nullable Bytes value = null;
    Optional<Instant> expires = Optional.empty();
    scanner.expect('{');
    while (scanner.peek() != '}') {
      int column = scanner.at() - from + 1;
      String name = new String(scanner.text(), StandardCharsets.UTF_8);
      scanner.expect(':');
      scanner.peek();
      int place = scanner.at() - from + 1;
      switch (name) {
        case Fields.KEY, Fields.KEY64 -> {
          once(key, column, "key");
          byte[] text = scanner.text();
          key =
              Fields.checkedKey(
                  name.equals(Fields.KEY)
                      ? Bytes.wrap(text, 0, text.length)
                      : Fields.base64(text, place),
                  place);
        }
        case Fields.VALUE -> {
          once(value, column, "value");
          value = value(scanner, bytes);
        }
        case Fields.VALUE64 -> {
          once(value, column, "value");
          value = Fields.base64(scanner.text(), place);
        }
        case Fields.EXPIRES -> {
          once(expires.orElse(null), column, "expires");
          expires = Optional.of(Fields.instant(scanner.text(), place));
        }
        default ->
            throw new InvalidRecord(
                column,
                "The field [" + name + "] is none of " + String.join(", ", Fields.ALL) + ".");
      }
      if (scanner.peek() != ',') {
        break;
      }
      scanner.expect(',');
      if (scanner.peek() == '}') {
        throw scanner.invalid("A name in quotes is missing here.");
      }
    }
    scanner.expect('}');
    scanner.expectEnd();
    if (key == null || value == null) {
      throw new InvalidRecord(
          1, "The field [" + (key == null ? Fields.KEY : Fields.VALUE) + "] is missing.");
    }
    return new RecordItem(key, value, expires);
  }

  private static void once(@Nullable Object former, int column, String name) {
    if (former != null) {
      throw new InvalidRecord(column, "The " + name + " is given twice.");
    }
  }

  private static Bytes value(JsonScanner scanner, byte[] bytes) {
    int first = scanner.peek();
    if (first == '"') {
      byte[] text = scanner.text();
      return Bytes.wrap(text, 0, text.length);
    }
    if (first == 'n') {
      throw scanner.invalid("A value cannot be null; the text is written [\"null\"].");
    }
    int from = scanner.at();
    scanner.value();
    byte[] verbatim = Arrays.copyOfRange(bytes, from, scanner.at());
    return Bytes.wrap(verbatim, 0, verbatim.length);
  }
}
