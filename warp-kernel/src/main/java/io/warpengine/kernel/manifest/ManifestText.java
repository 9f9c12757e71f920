package io.warpengine.kernel.manifest;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The text form of a manifest, UTF-8:
 *
 * <pre>
 * format = 1
 * [section]
 * key = value
 * crc32c = 0123abcd
 * </pre>
 *
 * <p>Sections and keys are sorted, each line ends with one line feed, and a value is everything
 * after the first {@code " = "}. The last line is the checksum of all bytes before it, in every
 * format there will ever be, so that a newer format is told from damage.
 */
final class ManifestText {

  private static final String CHECK = "crc32c = ";
  private static final int CHECK_BYTES = CHECK.length() + 8 + 1;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");

  private ManifestText() {}

  /**
   * Whether a section or key can be written.
   *
   * @param name its name
   * @return true for lower-case letters, digits, dashes and dots
   */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Whether a value can be written and read back.
   *
   * @param value the value
   * @return false if it has line breaks or half characters
   */
  static boolean isValue(String value) {
    return value.indexOf('\n') < 0
        && value.indexOf('\r') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(value);
  }

  /**
   * Writes.
   *
   * @param format the format's version
   * @param sections sections, keys and values
   * @return the bytes of the file
   */
  static byte[] write(int format, SortedMap<String, SortedMap<String, String>> sections) {
    StringBuilder text = new StringBuilder("format = ").append(format).append('\n');
    sections.forEach((section, values) -> {
      text.append('[').append(section).append("]\n");
      values.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    });
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] check = check(body, body.length);
    byte[] file = Arrays.copyOf(body, body.length + check.length);
    System.arraycopy(check, 0, file, body.length, check.length);
    return file;
  }

  /**
   * Reads.
   *
   * @param where the file, for messages
   * @param file its bytes
   * @param newest the newest format that is understood
   * @return format and sections
   * @throws WarpException MANIFEST_DAMAGED or FORMAT_TOO_NEW
   */
  static Parsed read(String where, byte[] file, int newest) {
    int end = file.length - CHECK_BYTES;
    if (end < 0) {
      throw damaged(where, "it has only [" + file.length + "] bytes and no checksum");
    }
    byte[] expected = check(file, end);
    if (!Arrays.equals(expected, 0, CHECK_BYTES, file, end, file.length)) {
      throw damaged(
          where,
          "the checksum of its first ["
              + end
              + "] bytes does not match the last line at offset ["
              + end
              + "]"
              + firstStrangeLine(file));
    }
    String[] lines = decode(where, file, end).split("\n", -1);
    int format = format(where, lines[0]);
    if (format > newest) {
      throw new WarpException(
          CoreError.FORMAT_TOO_NEW,
          "The manifest ["
              + where
              + "] has format ["
              + format
              + "]; this engine knows up to ["
              + newest
              + "].",
          "Open it with the engine that wrote it, or a newer one.");
    }
    return new Parsed(format, sections(where, lines));
  }

  private static SortedMap<String, SortedMap<String, String>> sections(
      String where, String[] lines) {
    SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>();
    SortedMap<String, String> current = new TreeMap<>();
    for (int i = 1; i < lines.length - 1; i++) {
      String line = lines[i];
      if (line.startsWith("[") && line.endsWith("]")) {
        current = new TreeMap<>();
        sections.put(line.substring(1, line.length() - 1), current);
        continue;
      }
      int equals = line.indexOf(" = ");
      if (equals < 1 || sections.isEmpty()) {
        throw damaged(where, "line [" + (i + 1) + "] is neither a section nor a key");
      }
      current.put(line.substring(0, equals), line.substring(equals + 3));
    }
    return sections;
  }

  private static int format(String where, String line) {
    if (line.matches("format = [1-9][0-9]{0,8}")) {
      return Integer.parseInt(line.substring("format = ".length()));
    }
    throw damaged(where, "line [1] does not name the format");
  }

  private static String decode(String where, byte[] file, int end) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file, 0, end)).toString();
    } catch (CharacterCodingException e) {
      throw damaged(where, "it is not UTF-8 text");
    }
  }

  /** Where a person should look: the first line that could not have been written. */
  private static String firstStrangeLine(byte[] file) {
    int start = 0;
    int number = 1;
    for (int i = 0; i < file.length; i++) {
      if (file[i] != '\n') {
        continue;
      }
      String line = new String(file, start, i - start, StandardCharsets.UTF_8);
      if (isStrange(number, line)) {
        return ", and line [" + number + "] at offset [" + start + "] is malformed";
      }
      start = i + 1;
      number++;
    }
    return start == file.length
        ? ""
        : ", and line [" + number + "] at offset [" + start + "] has no end";
  }

  private static boolean isStrange(int number, String line) {
    if (number == 1) {
      return !line.startsWith("format = ");
    }
    int equals = line.indexOf(" = ");
    String name =
        line.startsWith("[") && line.endsWith("]")
            ? line.substring(1, line.length() - 1)
            : equals < 0 ? "" : line.substring(0, equals);
    return !isName(name) || line.indexOf('\uFFFD') >= 0;
  }

  private static byte[] check(byte[] bytes, int end) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, end);
    String line = CHECK + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The error for a damaged manifest.
   *
   * @param where the file
   * @param what what is wrong with it
   * @return MANIFEST_DAMAGED
   */
  static WarpException damaged(String where, String what) {
    return new WarpException(
        CoreError.MANIFEST_DAMAGED,
        "The manifest [" + where + "] is damaged: " + what + ".",
        "Change nothing in the directory; put back the manifest or the whole directory from a"
            + " backup.");
  }

  /**
   * What a manifest says.
   *
   * @param format the format's version
   * @param sections sections, keys and values
   */
  record Parsed(int format, Map<String, SortedMap<String, String>> sections) {}
}
