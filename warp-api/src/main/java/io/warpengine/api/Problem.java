package io.warpengine.api;

/**
 * One thing that is wrong, in words for the person who can mend it.
 *
 * @param code what kind of failure
 * @param where the file, line, jar, key or plugin it is about; empty if nowhere in particular
 * @param what a sentence that says what is wrong, values in brackets after a noun, never stored
 *     data
 * @param help a sentence that says the next step; empty if there is none
 */
public record Problem(ErrorCode code, String where, String what, String help) {

  /** Renders as one line: id, place, sentence, next step. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder().append(code.id()).append(' ');
    if (!where.isEmpty()) {
      line.append(where).append(": ");
    }
    line.append(what);
    if (!help.isEmpty()) {
      line.append(' ').append(help);
    }
    return line.toString();
  }
}
