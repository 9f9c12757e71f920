package io.warpengine.cli.transfer;

import io.warpengine.api.Entry;
import java.io.IOException;
import java.io.OutputStream;

/** Writes records to a file, one after the other. */
public sealed interface RecordWriter permits JsonLinesWriter, CsvWriter {

  /**
   * Writes one record.
   *
   * @param entry the record; its sequence is not written
   * @throws IOException if the stream refuses
   */
  void write(Entry entry) throws IOException;

  /**
   * A writer.
   *
   * @param format how records are written
   * @param out where to, best a buffered stream
   * @param heading whether a format with a heading begins with it
   * @return the writer
   * @throws IOException if the stream refuses the heading
   */
  static RecordWriter of(Format format, OutputStream out, boolean heading) throws IOException {
    return switch (format) {
      case JSONL -> new JsonLinesWriter(out);
      case CSV -> new CsvWriter(out, heading);
    };
  }
}
