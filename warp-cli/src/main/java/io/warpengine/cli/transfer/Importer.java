package io.warpengine.cli.transfer;

import io.warpengine.api.Problem;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteOptions;
import io.warpengine.cli.CliError;
import io.warpengine.cli.output.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stores the records of a file in batches, each atomic, many of them waiting for durability at a
 * time.
 *
 * <p>Each batch also writes how far the file is done ({@link ImportState}). The journal keeps a
 * prefix of what was written, whatever happens, so after a crash the state is that of the last
 * batch that is there: resuming neither loses nor repeats a record. The checksum of the part that
 * is done tells a file that has changed since.
 */
public final class Importer {

  /** The most bad records that are told one by one. */
  public static final int MAX_TOLD = 20;

  /**
   * How to import.
   *
   * @param format how records are written
   * @param source the file's name in messages
   * @param identity what tells this source from others
   * @param batch records per batch
   * @param maxRecord bytes of the longest record
   * @param resume whether to go on where an interrupted import stopped
   * @param skipBad whether to leave out what is no record
   * @param space the space that the records go to; empty for the default one
   * @param options durability
   */
  public record Plan(
      Format format,
      String source,
      String identity,
      int batch,
      int maxRecord,
      boolean resume,
      boolean skipBad,
      String space,
      WriteOptions options) {}

  /**
   * What was done.
   *
   * @param records records stored, those of the interrupted import included
   * @param resumed how many of them were there before
   * @param expired records whose time is over: they are not stored, and a record that had the key
   *     before is removed, as it would be gone had they been stored in time
   * @param skipped places left out because they are no records
   * @param bad the first of those places
   */
  public record Result(long records, long resumed, long expired, long skipped, List<Problem> bad) {}

  private final WarpDatabase database;
  private final Plan plan;
  private final Progress progress;
  private final long size;
  private final List<Problem> bad = new ArrayList<>();
  private long skipped;
  private long expired;

  /**
   * An import.
   *
   * @param database where to
   * @param plan how
   * @param progress told how far it is
   * @param size bytes of the file; 0 if unknown
   */
  public Importer(WarpDatabase database, Plan plan, Progress progress, long size) {
    this.database = database;
    this.plan = plan;
    this.progress = progress;
    this.size = size;
  }

  /**
   * Reads the stream to its end.
   *
   * @param in the file
   * @return what was done
   * @throws WarpException with all bad records, up to a bound, or with what the database refused;
   *     whole batches before that place are stored
   */
  public Result run(InputStream in) {
    LineReader lines = new LineReader(in, plan.maxRecord());
    RecordReader reader =
        switch (plan.format()) {
          case JSONL -> new JsonLinesReader(lines);
          case CSV -> new CsvReader(lines);
        };
    try (ImportBatches batches = new ImportBatches(database, plan)) {
      Optional<ImportState> done = plan.resume() ? batches.former() : Optional.<ImportState>empty();
      long resumed = done.map(ImportState::records).orElse(0L);
      if (done.isPresent()) {
        pass(reader, done.get());
      }
      store(reader, batches, resumed);
      return new Result(batches.records(), resumed, expired, skipped, List.copyOf(bad));
    } catch (IOException failed) {
      throw new WarpException(
          CliError.INPUT_UNREADABLE,
          "Reading ["
              + plan.source()
              + "] failed at line "
              + lines.lines()
              + ": "
              + failed.getMessage()
              + ".",
          "What was stored stays; --resume goes on from there.",
          failed);
    }
  }

  /** Reads again what is done, to find the place and to see that it is the same. */
  private void pass(RecordReader reader, ImportState done) throws IOException {
    LineReader lines = reader.lines();
    boolean more = true;
    while (more && lines.offset() < done.offset()) {
      try {
        more = reader.next().isPresent();
      } catch (InvalidRecord invalid) {
        more = !invalid.isLast();
      }
      progress.at(lines.offset(), size, 0);
    }
    if (lines.offset() != done.offset() || lines.checksum() != done.checksum()) {
      throw new WarpException(
          CliError.INPUT_CHANGED,
          "The first "
              + done.lines()
              + " lines of ["
              + plan.source()
              + "] are not those that were imported.",
          "Import it without --resume to begin again from its first line.");
    }
  }

  private void store(RecordReader reader, ImportBatches batches, long resumed) throws IOException {
    LineReader lines = reader.lines();
    batches.begin(resumed, lines);
    boolean refused = false;
    while (true) {
      try {
        Optional<RecordItem> item = reader.next();
        if (item.isEmpty()) {
          break;
        }
        if (!refused && !batches.add(item.get(), lines)) {
          expired++;
        }
      } catch (InvalidRecord invalid) {
        skipped++;
        tell(lines, invalid);
        refused |= !plan.skipBad() || invalid.isLast();
        if (invalid.isLast() || (refused && bad.size() >= MAX_TOLD)) {
          break;
        }
      }
      progress.at(lines.offset(), size, batches.records());
    }
    if (refused) {
      batches.abandon();
      throw new WarpException(CliError.LINE_INVALID, bad);
    }
    batches.finish();
  }

  private void tell(LineReader lines, InvalidRecord invalid) {
    if (bad.size() < MAX_TOLD || invalid.isLast()) {
      bad.add(
          new Problem(
              CliError.LINE_INVALID,
              plan.source() + ":" + invalid.lineOr(lines.firstLine()) + ":" + invalid.column(),
              String.valueOf(invalid.getMessage()),
              help(invalid)));
    }
  }

  private String help(InvalidRecord invalid) {
    if (invalid.isLast()) {
      return "What follows cannot be read; mend the line and import with --resume.";
    }
    return bad.isEmpty() && !plan.skipBad()
        ? "Nothing of its batch was stored; mend the line and import with --resume, or"
            + " leave such lines out with --skip-bad."
        : "";
  }
}
