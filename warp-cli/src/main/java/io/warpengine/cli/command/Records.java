package io.warpengine.cli.command;

import io.warpengine.api.Entry;
import io.warpengine.api.WarpException;
import io.warpengine.cli.CliError;
import io.warpengine.cli.transfer.Format;
import io.warpengine.cli.transfer.RecordWriter;
import java.io.IOException;
import java.io.OutputStream;

/** Writes records as the lines of an export. */
final class Records {

  private final RecordWriter writer;

  private Records(RecordWriter writer) {
    this.writer = writer;
  }

  static Records to(OutputStream out) {
    try {
      return new Records(RecordWriter.of(Format.JSONL, out, false));
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  void write(Entry entry) {
    try {
      writer.write(entry);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private static WarpException unwritable(IOException failed) {
    return new WarpException(
        CliError.OUTPUT_UNWRITABLE, "Standard output cannot be written.", "", failed);
  }
}
