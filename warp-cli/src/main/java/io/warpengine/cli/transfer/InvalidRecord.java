package io.warpengine.cli.transfer;

/** Says why a line is no record. */
final class InvalidRecord extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int column;
  private final boolean last;

  /**
   * A finding.
   *
   * @param column where in the line, from 1
   * @param sentence what is wrong
   */
  InvalidRecord(int column, String sentence) {
    this(column, sentence, false);
  }

  private InvalidRecord(int column, String sentence, boolean last) {
    super(sentence, null, false, false);
    this.column = column;
    this.last = last;
  }

  /** A finding after which the rest of the file cannot be read. */
  static InvalidRecord last(String sentence) {
    return new InvalidRecord(1, sentence, true);
  }

  /** Whether reading must end here. */
  boolean isLast() {
    return last;
  }

  /** Where in the line, in bytes from 1. */
  int column() {
    return column;
  }
}
