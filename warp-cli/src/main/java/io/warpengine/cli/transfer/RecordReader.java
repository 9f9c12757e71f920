package io.warpengine.cli.transfer;

import java.io.IOException;
import java.util.Optional;

/** Reads the records of a file one after the other. */
sealed interface RecordReader permits JsonLinesReader, CsvReader {

  /**
   * Goes to the next record.
   *
   * @return the record; empty at the end
   * @throws InvalidRecord if what is there is no record; the next call goes on after it
   */
  Optional<RecordItem> next() throws IOException;

  /** Where the reader is. */
  LineReader lines();
}
