package io.warpengine.cli.transfer;

import io.warpengine.api.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far an import has come, stored in a space of its own by the same batch as the records it
 * speaks of: after a crash it is exactly as true as they are. The batch that ends the import
 * removes it.
 *
 * @param records records stored so far
 * @param lines lines of the file that are done
 * @param offset bytes of the file that are done
 * @param checksum CRC32C of those bytes
 */
record ImportState(long records, long lines, long offset, long checksum) {

  /** The space where it is stored. */
  static final String SPACE = "warp import";

  private static final Pattern FORM = Pattern.compile("1 (\\d+) (\\d+) (\\d+) (\\d+)");

  /** The key that holds the state of one source on its way into one space. */
  static Bytes key(String source, String space) {
    return Bytes.utf8(source + "\0" + space);
  }

  /** The state as it is stored. */
  Bytes stored() {
    return Bytes.utf8("1 " + records + " " + lines + " " + offset + " " + checksum);
  }

  /** Reads what {@link #stored} wrote; empty if it is something else. */
  static Optional<ImportState> of(Bytes stored) {
    Matcher matcher = FORM.matcher(new String(stored.toArray(), StandardCharsets.US_ASCII));
    return matcher.matches()
        ? Optional.of(
            new ImportState(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4))))
        : Optional.empty();
  }
}
