package io.warpengine.cli.transfer;

import io.warpengine.api.Bytes;
import io.warpengine.cli.output.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads comma-separated values (RFC 4180) whose first record names the columns: {@code key} or
 * {@code key64}, {@code value} or {@code value64}, {@code expires}, in any order. Of a pair of
 * columns each record fills at most one.
 */
final class CsvReader implements RecordReader {

  private final LineReader lines;
  private final List<byte[]> cells = new ArrayList<>();
  private final List<Integer> columns = new ArrayList<>();
  private List<String> header = List.of();

  CsvReader(LineReader lines) {
    this.lines = lines;
  }

  @Override
  public LineReader lines() {
    return lines;
  }

  @Override
  public Optional<RecordItem> next() throws IOException {
    if (header.isEmpty()) {
      if (!split()) {
        return Optional.empty();
      }
      header = header();
    }
    while (split()) {
      boolean blank = cells.size() == 1 && cells.getFirst().length == 0;
      if (!blank) {
        return Optional.of(record());
      }
    }
    return Optional.empty();
  }

  private List<String> header() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String name = new String(cells.get(i), StandardCharsets.UTF_8);
      if (i == 0 && name.startsWith("\ufeff")) {
        name = name.substring(1);
      }
      if (!Fields.ALL.contains(name) || names.contains(name)) {
        throw InvalidRecord.last(
            "The column ["
                + name
                + "] is not one of "
                + String.join(", ", Fields.ALL)
                + ", each at most once.");
      }
      names.add(name);
    }
    if (!(names.contains(Fields.KEY) || names.contains(Fields.KEY64))
        || !(names.contains(Fields.VALUE) || names.contains(Fields.VALUE64))) {
      throw InvalidRecord.last("The first line names no columns [key] and [value].");
    }
    return names;
  }

  private RecordItem record() {
    if (cells.size() != header.size()) {
      throw new InvalidRecord(
          1, "There are [" + cells.size() + "] fields for [" + header.size() + "] columns.");
    }
    Bytes key = either(Fields.KEY, Fields.KEY64);
    Bytes value = either(Fields.VALUE, Fields.VALUE64);
    int place = header.indexOf(Fields.EXPIRES);
    Optional<Instant> expires =
        place < 0 || cells.get(place).length == 0
            ? Optional.empty()
            : Optional.of(Fields.instant(cells.get(place), columns.get(place)));
    return new RecordItem(Fields.checkedKey(key, 1), value, expires);
  }

  private Bytes either(String plain, String encoded) {
    int first = header.indexOf(plain);
    int second = header.indexOf(encoded);
    byte[] text = first < 0 ? new byte[0] : cells.get(first);
    byte[] base64 = second < 0 ? new byte[0] : cells.get(second);
    if (text.length > 0 && base64.length > 0) {
      throw new InvalidRecord(
          columns.get(second), "Both [" + plain + "] and [" + encoded + "] are filled.");
    }
    if (base64.length > 0) {
      return Fields.base64(base64, columns.get(second));
    }
    Bytes bytes = Bytes.wrap(text, 0, text.length);
    if (!Text.isUtf8(bytes)) {
      throw new InvalidRecord(
          columns.get(first), "The field is not UTF-8; other bytes are written as base64.");
    }
    return bytes;
  }

  /** Splits the next record, which goes over several lines if a quoted field does. */
  private boolean split() throws IOException {
    cells.clear();
    columns.clear();
    if (!lines.next()) {
      return false;
    }
    int at = 0;
    while (true) {
      columns.add(at + 1);
      at = quoted(at) ? quotedField(at + 1) : plainField(at);
      if (at >= length()) {
        return true;
      }
      at++;
    }
  }

  private int length() {
    return lines.end() - lines.start();
  }

  private int byteAt(int at) {
    return at < length() ? lines.buffer()[lines.start() + at] : -1;
  }

  private boolean quoted(int at) {
    return byteAt(at) == '"';
  }

  private int plainField(int from) {
    int at = from;
    while (at < length() && byteAt(at) != ',') {
      if (byteAt(at) == '"') {
        throw new InvalidRecord(at + 1, "A quote in a field that does not begin with one.");
      }
      at++;
    }
    cells.add(copy(from, at));
    return at;
  }

  /** Reads from after the opening quote; the line grows until the closing one is found. */
  private int quotedField(int from) throws IOException {
    long line = lines.lines();
    int column = columnOf(from - 1);
    int at = from;
    int quotes = 0;
    while (true) {
      byte[] buffer = lines.buffer();
      int start = lines.start();
      int length = length();
      while (at < length) {
        if (buffer[start + at] == '"') {
          if (at + 1 < length && buffer[start + at + 1] == '"') {
            quotes++;
            at++;
          } else {
            return closed(from, at, quotes);
          }
        }
        at++;
      }
      if (!lines.extend()) {
        throw InvalidRecord.last(
            line, column, "The quoted field that begins here has no closing quote.");
      }
    }
  }

  /** The column of a byte of the record in its own line. */
  private int columnOf(int at) {
    int column = 1;
    while (at - column >= 0 && byteAt(at - column) != '\n') {
      column++;
    }
    return column;
  }

  private int closed(int from, int at, int quotes) {
    byte[] field = copy(from, at);
    if (quotes > 0) {
      byte[] plain = new byte[field.length - quotes];
      int size = 0;
      for (int i = 0; i < field.length; i++) {
        plain[size++] = field[i];
        if (field[i] == '"') {
          i++;
        }
      }
      field = plain;
    }
    cells.add(field);
    int next = byteAt(at + 1);
    if (next != -1 && next != ',') {
      throw new InvalidRecord(at + 2, "Something follows the closing quote.");
    }
    return at + 1;
  }

  private byte[] copy(int from, int to) {
    return Arrays.copyOfRange(lines.buffer(), lines.start() + from, lines.start() + to);
  }
}
