package io.warpengine.cli.transfer;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.cli.output.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Writes comma-separated values (RFC 4180, lines end with CR LF) from which {@link CsvReader} makes
 * the same bytes again. Bytes that are not UTF-8, or that hold control characters other than
 * tabulators and line ends, go to the columns {@code key64} and {@code value64} as base64.
 */
final class CsvWriter implements RecordWriter {

  private final OutputStream out;

  CsvWriter(OutputStream out, boolean heading) throws IOException {
    this.out = out;
    if (heading) {
      ascii(String.join(",", Fields.ALL) + "\r\n");
    }
  }

  @Override
  public void write(Entry entry) throws IOException {
    pair(entry.key());
    ascii(",");
    pair(entry.value());
    ascii(",");
    if (entry.expiresAt().isPresent()) {
      ascii(entry.expiresAt().get().toString());
    }
    ascii("\r\n");
  }

  private void pair(Bytes bytes) throws IOException {
    byte[] array = bytes.toArray();
    if (isText(bytes)) {
      field(array);
      ascii(",");
    } else {
      ascii(",");
      out.write(Base64.getEncoder().encode(array));
    }
  }

  private static boolean isText(Bytes bytes) {
    for (int i = 0; i < bytes.size(); i++) {
      byte b = bytes.at(i);
      if ((b >= 0 && b < 0x20 && b != '\t' && b != '\n' && b != '\r') || b == 0x7f) {
        return false;
      }
    }
    return Text.isUtf8(bytes);
  }

  private void field(byte[] text) throws IOException {
    boolean quote = false;
    for (byte b : text) {
      quote |= b == '"' || b == ',' || b == '\n' || b == '\r';
    }
    if (!quote) {
      out.write(text);
      return;
    }
    out.write('"');
    for (byte b : text) {
      if (b == '"') {
        out.write('"');
      }
      out.write(b);
    }
    out.write('"');
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
