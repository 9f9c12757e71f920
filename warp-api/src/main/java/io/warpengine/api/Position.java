package io.warpengine.api;

import java.util.Arrays;

/**
 * A place in the history of a database: for each stream of the journal, a log sequence number
 * (LSN).
 *
 * <p>An LSN is the offset in bytes, from the beginning of its stream's history, of the end of the
 * last frame included. It only grows. Without a journal every LSN is 0.
 */
public final class Position {

  /** The beginning of a history with one stream. */
  public static final Position START = new Position(0, null);

  private final long first;
  private final long @org.jspecify.annotations.Nullable [] rest;

  private Position(long first, long @org.jspecify.annotations.Nullable [] rest) {
    this.first = first;
    this.rest = rest;
  }

  /**
   * A position in a journal of one stream.
   *
   * @param lsn 0 or more
   * @return the position
   */
  public static Position of(long lsn) {
    return new Position(lsn, null);
  }

  /**
   * A position in a journal of several streams.
   *
   * @param lsns one LSN per stream, at least one
   * @return the position
   */
  public static Position ofStreams(long... lsns) {
    return new Position(
        lsns[0], lsns.length == 1 ? null : Arrays.copyOfRange(lsns, 1, lsns.length));
  }

  /**
   * Number of streams.
   *
   * @return 1 or more
   */
  public int streams() {
    return rest == null ? 1 : rest.length + 1;
  }

  /**
   * The LSN of one stream.
   *
   * @param stream from 0 to {@code streams() - 1}
   * @return 0 or more
   * @throws IndexOutOfBoundsException if there is no such stream
   */
  public long lsn(int stream) {
    if (stream == 0) {
      return first;
    }
    if (rest == null) {
      throw new IndexOutOfBoundsException(stream);
    }
    return rest[stream - 1];
  }

  /**
   * Whether everything up to another position is also up to this one.
   *
   * @param other a position of the same database
   * @return true if no stream of {@code other} is further on
   */
  public boolean includes(Position other) {
    for (int stream = 0; stream < other.streams(); stream++) {
      if (stream >= streams() || lsn(stream) < other.lsn(stream)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Position position
        && first == position.first
        && Arrays.equals(rest, position.rest);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(first) + Arrays.hashCode(rest);
  }

  /** The LSNs, separated by commas. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(first);
    for (int stream = 1; stream < streams(); stream++) {
      text.append(',').append(lsn(stream));
    }
    return text.toString();
  }
}
