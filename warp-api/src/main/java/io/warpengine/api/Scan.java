package io.warpengine.api;

import java.util.Optional;

/**
 * Which keys to go through, and which way. Order is unsigned bytewise over the whole database.
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
    return new Scan(Bytes.EMPTY, Optional.empty(), false, Long.MAX_VALUE, Optional.empty());
  }

  /**
   * Every key that begins with a prefix.
   *
   * @param prefix the prefix; empty means every key
   * @return a forward scan without limit
   */
  public static Scan prefix(Bytes prefix) {
    return new Scan(prefix, successor(prefix), false, Long.MAX_VALUE, Optional.empty());
  }

  /**
   * Every key in a half-open range.
   *
   * @param from the first key included
   * @param to the first key excluded
   * @return a forward scan without limit
   */
  public static Scan range(Bytes from, Bytes to) {
    return new Scan(from, Optional.of(to), false, Long.MAX_VALUE, Optional.empty());
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

  private static Optional<Bytes> successor(Bytes prefix) {
    int last = prefix.size() - 1;
    while (last >= 0 && prefix.at(last) == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return Optional.empty();
    }
    byte[] end = prefix.slice(0, last + 1).toArray();
    end[last]++;
    return Optional.of(Bytes.wrap(end, 0, end.length));
  }
}
