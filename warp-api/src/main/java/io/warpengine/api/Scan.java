package io.warpengine.api;

import java.util.Optional;

/**
 * Which keys to go through, and which way. Order is unsigned bytewise over the whole space.
 *
 * @param from the first key included; empty bytes mean from the very first
 * @param to the first key excluded; empty means to the very last
 * @param backwards whether the last key comes first
 * @param limit the most entries to return, 1 or more
 * @param resume a token from {@link ScanCursor#token()}: go on after the entry it was taken at
 */
public record Scan(
    Bytes from, Optional<Bytes> to, boolean backwards, long limit, Optional<Bytes> resume) {

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if the limit is below 1
   */
  public Scan {
    if (limit < 1) {
      throw new IllegalArgumentException("The limit [" + limit + "] of a scan must be 1 or more.");
    }
  }

  /**
   * Every key.
   *
   * @return a forward scan without limit
   */
  public static Scan all() {
    return in(KeyRange.all());
  }

  /**
   * Every key that begins with a prefix.
   *
   * @param prefix the prefix; empty means every key
   * @return a forward scan without limit
   */
  public static Scan prefix(Bytes prefix) {
    return in(KeyRange.prefix(prefix));
  }

  /**
   * Every key in a half-open range.
   *
   * @param from the first key included
   * @param to the first key excluded
   * @return a forward scan without limit
   */
  public static Scan range(Bytes from, Bytes to) {
    return in(KeyRange.of(from, to));
  }

  /**
   * Every key in a range.
   *
   * @param range the range
   * @return a forward scan without limit
   */
  public static Scan in(KeyRange range) {
    return new Scan(range.from(), range.to(), false, Long.MAX_VALUE, Optional.empty());
  }

  /**
   * The same keys, last first.
   *
   * @return a new scan
   */
  public Scan reversed() {
    return new Scan(from, to, !backwards, limit, resume);
  }

  /**
   * The same keys, at most so many.
   *
   * @param most 1 or more
   * @return a new scan
   */
  public Scan limit(long most) {
    return new Scan(from, to, backwards, most, resume);
  }

  /**
   * The same keys, going on after a token.
   *
   * @param token from {@link ScanCursor#token()} of a scan of the same keys
   * @return a new scan
   */
  public Scan resume(Bytes token) {
    return new Scan(from, to, backwards, limit, Optional.of(token));
  }
}
