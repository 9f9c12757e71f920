package io.warpengine.cli.transfer;

/** Says why a line is no record. */
final class InvalidRecord extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long line;
  private final int column;
  private final boolean last;

  /**
   * A finding.
   *
   * @param column where in the line, from 1
   * @param sentence what is wrong
   */
  InvalidRecord(int column, String sentence) {
    this(0, column, sentence, false);
  }

  private InvalidRecord(long line, int column, String sentence, boolean last) {
    super(sentence, null, false, false);
    this.line = line;
    this.column = column;
    this.last = last;
  }

  /** A finding after which the rest of the file cannot be read. */
  static InvalidRecord last(String sentence) {
    return last(0, 1, sentence);
  }

  /**
   * A finding after which the rest of the file cannot be read.
   *
   * @param line where in the file, from 1; 0 for the first line of the record
   * @param column where in the line, from 1
   * @param sentence what is wrong
   */
  static InvalidRecord last(long line, int column, String sentence) {
    return new InvalidRecord(line, column, sentence, true);
  }

  /** Whether reading must end here. */
  boolean isLast() {
    return last;
  }

  /** Where in the file, in lines from 1, if that is known better than where the record begins. */
  long lineOr(long first) {
    return line > 0 ? line : first;
  }

  /** Where in the line, in bytes from 1. */
  int column() {
    return column;
  }
}
