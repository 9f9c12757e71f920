package io.warpengine.api;

import java.util.Optional;

/**
 * Which keys: a half-open range in unsigned bytewise order.
 *
 * @param from the first key included; empty bytes mean from the very first
 * @param to the first key excluded; empty means to the very last
 */
public record KeyRange(Bytes from, Optional<Bytes> to) {

  /**
   * Every key.
   *
   * @return the range without ends
   */
  public static KeyRange all() {
    return new KeyRange(Bytes.EMPTY, Optional.empty());
  }

  /**
   * Every key in a half-open range.
   *
   * @param from the first key included
   * @param to the first key excluded; a range that ends before it begins holds no key
   * @return the range
   */
  public static KeyRange of(Bytes from, Bytes to) {
    return new KeyRange(from, Optional.of(to));
  }

  /**
   * Every key that begins with a prefix.
   *
   * @param prefix the prefix; empty means every key
   * @return the range
   */
  public static KeyRange prefix(Bytes prefix) {
    int last = prefix.size() - 1;
    while (last >= 0 && prefix.at(last) == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return new KeyRange(prefix, Optional.empty());
    }
    byte[] end = prefix.slice(0, last + 1).toArray();
    end[last]++;
    return new KeyRange(prefix, Optional.of(Bytes.wrap(end, 0, end.length)));
  }

  /**
   * Whether no key can be in it.
   *
   * @return true if it ends where it begins, or before
   */
  public boolean isEmpty() {
    return to.isPresent() && to.get().compareTo(from) <= 0;
  }

  /**
   * About how much a range holds.
   *
   * @param records number of records
   * @param bytes bytes of their keys and values
   */
  public record Size(long records, long bytes) {}

  /**
   * What is known of an acknowledged delete of a range.
   *
   * @param records number of records that it removed
   * @param position where the last frame of it ends in the journal; if nothing was removed, the end
   *     of what it looked at; {@link Position#START} without a journal
   * @param durability what had really been reached for all of it when it was acknowledged
   */
  public record Deleted(long records, Position position, Durability durability) {}
}
