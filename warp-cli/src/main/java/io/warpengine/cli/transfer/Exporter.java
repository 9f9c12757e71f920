package io.warpengine.cli.transfer;

import io.warpengine.api.Bytes;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpReader;
import io.warpengine.cli.CliError;
import io.warpengine.cli.output.Progress;
import io.warpengine.cli.output.Streams;
import io.warpengine.cli.output.Text;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Writes the records of a scan to a stream, or to a file that appears under its name only when it
 * is complete: until then it is called {@code NAME.part}, and an interrupted export goes on after
 * the last whole record there.
 */
public final class Exporter {

  private static final int BUFFER = 1 << 16;

  private final WarpReader source;
  private final Scan scan;
  private final Format format;
  private final Progress progress;
  private final long expected;
  private long records;

  /**
   * An export.
   *
   * @param source where from
   * @param scan which records
   * @param format how they are written
   * @param progress told how far it is
   * @param expected number of records for the progress; 0 if unknown
   */
  public Exporter(WarpReader source, Scan scan, Format format, Progress progress, long expected) {
    this.source = source;
    this.scan = scan;
    this.format = format;
    this.progress = progress;
    this.expected = expected;
  }

  /**
   * Writes to standard output.
   *
   * @param streams the process's surroundings
   * @return number of records
   * @throws WarpException OUTPUT_UNWRITABLE as soon as it takes no more
   */
  public long toStandardOutput(Streams streams) {
    OutputStream checked =
        new FilterOutputStream(streams.out()) {
          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            streams.requireWritten();
          }
        };
    try {
      OutputStream buffered = new BufferedOutputStream(checked, BUFFER);
      write(RecordWriter.of(format, buffered, true), scan);
      buffered.flush();
      return records;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Writes to a file.
   *
   * @param file its final name; an existing file is replaced
   * @param resume whether to go on with {@code NAME.part}
   * @return number of records, those already there included
   */
  public long toFile(Path file, boolean resume) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Scan rest = scan;
      long size = 0;
      if (resume && Files.exists(part)) {
        Found found = found(part);
        size = found.size();
        records = found.records();
        if (found.last().isPresent() && records < scan.limit()) {
          byte[] after = new byte[found.last().get().size() + 1];
          found.last().get().copyTo(0, after, 0, after.length - 1);
          rest =
              new Scan(
                  Bytes.wrap(after, 0, after.length),
                  scan.to(),
                  false,
                  scan.limit() - records,
                  Optional.empty());
        }
      }
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.truncate(size).position(size);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        RecordWriter writer = RecordWriter.of(format, out, size == 0);
        if (records < scan.limit()) {
          write(writer, rest);
        }
        out.flush();
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return records;
    } catch (IOException failed) {
      throw unwritable(file.toString(), failed);
    }
  }

  private void write(RecordWriter writer, Scan which) throws IOException {
    try (ScanCursor cursor = source.scan(which)) {
      while (cursor.hasNext()) {
        writer.write(cursor.next());
        records++;
        progress.at(records, expected, records);
      }
    }
  }

  private record Found(long records, long size, Optional<Bytes> last) {}

  /** Reads an unfinished file up to its last whole record, or the last that was asked for. */
  private Found found(Path part) throws IOException {
    long total = Files.size(part);
    try (InputStream in = Files.newInputStream(part)) {
      LineReader lines = new LineReader(in, Integer.MAX_VALUE - 16);
      RecordReader reader =
          format == Format.CSV ? new CsvReader(lines) : new JsonLinesReader(lines);
      Found found = new Found(0, 0, Optional.empty());
      try {
        for (Optional<RecordItem> item = reader.next();
            item.isPresent() && found.records() < scan.limit();
            item = reader.next()) {
          requireWithin(part, item.get().key());
          if (lines.offset() < total || endsWithFeed(part, total)) {
            found = new Found(found.records() + 1, lines.offset(), Optional.of(item.get().key()));
          }
        }
      } catch (InvalidRecord torn) {
        if (lines.offset() < total) {
          throw new WarpException(
              CliError.LINE_INVALID,
              "The unfinished export [" + part + "] is damaged at line " + lines.firstLine() + ".",
              "Remove it, or export without --resume.");
        }
      }
      return found;
    }
  }

  private void requireWithin(Path part, Bytes key) {
    boolean within =
        key.compareTo(scan.from()) >= 0 && scan.to().map(to -> key.compareTo(to) < 0).orElse(true);
    if (!within) {
      throw new WarpException(
          CliError.USAGE_INVALID,
          "The unfinished export ["
              + part
              + "] holds the key ["
              + Text.shown(key)
              + "], which is not among the keys asked for.",
          "Ask for the same keys as before, or export without --resume.");
    }
  }

  private static boolean endsWithFeed(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      java.nio.ByteBuffer last = java.nio.ByteBuffer.allocate(1);
      return size > 0 && channel.read(last, size - 1) == 1 && last.get(0) == '\n';
    }
  }

  private static WarpException unwritable(String target, IOException failed) {
    String reason =
        failed instanceof NoSuchFileException
            ? "its directory does not exist"
            : failed.getMessage();
    return new WarpException(
        CliError.OUTPUT_UNWRITABLE,
        "Writing [" + target + "] failed: " + reason + ".",
        "Check its directory, its rights and the free space.",
        failed);
  }
}
