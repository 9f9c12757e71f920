package io.warpengine.cli.transfer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Walks through one JSON text (RFC 8259) in an array of UTF-8 bytes, checking its grammar, and
 * knows where each value begins and ends: values are stored as they are written, not as a parser
 * would print them again.
 */
final class JsonScanner {

  /** The deepest nesting that is taken. */
  static final int MAX_DEPTH = 512;

  private final byte[] bytes;
  private final int origin;
  private final int end;
  private final boolean compact;
  private int at;

  /**
   * A scanner.
   *
   * @param bytes the array
   * @param start index of the first byte
   * @param end index after the last byte
   * @param compact whether white space between tokens is refused
   */
  JsonScanner(byte[] bytes, int start, int end, boolean compact) {
    this.bytes = bytes;
    this.origin = start;
    this.at = start;
    this.end = end;
    this.compact = compact;
  }

  /** Whether bytes are one JSON object or array without white space between tokens. */
  static boolean isCompactContainer(byte[] bytes, int start, int end) {
    if (end - start < 2 || (bytes[start] != '{' && bytes[start] != '[')) {
      return false;
    }
    try {
      JsonScanner scanner = new JsonScanner(bytes, start, end, true);
      scanner.value();
      return scanner.at == end;
    } catch (InvalidRecord invalid) {
      return false;
    }
  }

  /** Index of the next byte to read. */
  int at() {
    return at;
  }

  /** The next byte that is no white space; 0 at the end. */
  int peek() {
    while (at < end && isSpace(bytes[at])) {
      if (compact) {
        throw invalid("White space.");
      }
      at++;
    }
    return at < end ? bytes[at] : 0;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  /** Reads one punctuation character, or fails. */
  void expect(char c) {
    if (peek() != c) {
      throw invalid("A [" + c + "] is missing here.");
    }
    at++;
  }

  /** Fails if something follows. */
  void expectEnd() {
    if (peek() != 0 || at < end) {
      throw invalid("Something follows the record.");
    }
  }

  /** A finding at the current place. */
  InvalidRecord invalid(String sentence) {
    return new InvalidRecord(at - origin + 1, sentence);
  }

  /** Passes over one value of any type. */
  void value() {
    value(0);
  }

  private void value(int depth) {
    switch (peek()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void object(int depth) {
    open(depth);
    if (peek() != '}') {
      while (true) {
        if (peek() != '"') {
          throw invalid("A name in quotes is missing here.");
        }
        string();
        expect(':');
        value(depth);
        if (peek() != ',') {
          break;
        }
        at++;
      }
    }
    expect('}');
  }

  private void array(int depth) {
    open(depth);
    if (peek() != ']') {
      while (true) {
        value(depth);
        if (peek() != ',') {
          break;
        }
        at++;
      }
    }
    expect(']');
  }

  private void open(int depth) {
    if (depth > MAX_DEPTH) {
      throw invalid("The nesting is deeper than [" + MAX_DEPTH + "].");
    }
    at++;
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (at >= end || bytes[at] != word.charAt(i)) {
        throw invalid("This is no JSON value.");
      }
    }
  }

  private void number() {
    if (at < end && bytes[at] == '-') {
      at++;
    }
    if (at < end && bytes[at] == '0') {
      at++;
    } else {
      digits();
    }
    if (at < end && bytes[at] == '.') {
      at++;
      digits();
    }
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      digits();
    }
  }

  private void digits() {
    int from = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw invalid(at >= end ? "The line ends too early." : "This is no JSON value.");
    }
  }

  /** Passes over a string; true if it has no escapes, so that its bytes are its text. */
  private boolean string() {
    boolean plain = true;
    at++;
    while (at < end) {
      byte b = bytes[at];
      if (b == '"') {
        at++;
        return plain;
      }
      if (b >= 0 && b < 0x20) {
        throw invalid("A control character in a string must be written as an escape.");
      }
      if (b == '\\') {
        plain = false;
        escape();
      } else {
        at++;
      }
    }
    throw invalid("The string has no closing quote.");
  }

  private void escape() {
    int kind = at + 1 < end ? bytes[at + 1] : 0;
    if (kind == 'u') {
      if (at + 6 > end) {
        throw invalid("The escape is not complete.");
      }
      hex(at + 2);
      at += 6;
    } else if (kind != 0 && "\"\\/bfnrt".indexOf(kind) >= 0) {
      at += 2;
    } else {
      throw invalid("This escape is unknown.");
    }
  }

  private int hex(int from) {
    int number = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        throw invalid("The escape needs four hexadecimal digits.");
      }
      number = number << 4 | digit;
    }
    return number;
  }

  /** Reads a string and gives its text as UTF-8. */
  byte[] text() {
    if (peek() != '"') {
      throw invalid("A text in quotes is missing here.");
    }
    int from = at + 1;
    int begin = at;
    boolean plain = string();
    if (plain) {
      return java.util.Arrays.copyOfRange(bytes, from, at - 1);
    }
    int after = at;
    at = begin;
    byte[] decoded = decoded(from, after - 1);
    at = after;
    return decoded;
  }

  private byte[] decoded(int from, int to) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(to - from);
    int i = from;
    while (i < to) {
      if (bytes[i] != '\\') {
        text.write(bytes[i++]);
        continue;
      }
      int kind = bytes[i + 1];
      i += 2;
      switch (kind) {
        case 'b' -> text.write('\b');
        case 'f' -> text.write('\f');
        case 'n' -> text.write('\n');
        case 'r' -> text.write('\r');
        case 't' -> text.write('\t');
        case 'u' -> {
          int code = hex(i);
          i += 4;
          if (Character.isSurrogate((char) code)) {
            boolean pair =
                Character.isHighSurrogate((char) code)
                    && i + 6 <= to
                    && bytes[i] == '\\'
                    && bytes[i + 1] == 'u'
                    && Character.isLowSurrogate((char) hex(i + 2));
            if (!pair) {
              at = i - 6;
              throw invalid("Half of a surrogate pair is no text.");
            }
            code = Character.toCodePoint((char) code, (char) hex(i + 2));
            i += 6;
          }
          text.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
        }
        default -> text.write(kind);
      }
    }
    return text.toByteArray();
  }
}
